package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.sql.Corpus;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.sql.TargetCatalogue;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A mask that keeps a part meets a column's own value only: of what is computed from it another part would show in each query. The
 * driver tells no base columns here, as PostgreSQL's does not.
 */
class PartialMaskTest {

    private static final String CARD = "4111111111111111";

    private final SqlReader reader = new StandardSqlReader();
    private final TargetCatalogue target = new TargetCatalogue();

    static List<Corpus.Case> cases() {
        return Corpus.read("partial", 3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aPartIsKeptOfTheColumnsOwnValueOnly(Corpus.Case c) {
        String expected = c.fields().get(1).equals("part") ? "************1111" : "***";

        assertThat(shown(policy("{keepLast: 4}"), c)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{hash: k}", "null", "{fixed: X}"})
    void aMaskThatKeepsNoPartIsTheSameForComputedValues(String with) {
        Corpus.Case plain = new Corpus.Case("", List.of("postgresql", "", "SELECT card_number FROM payments"));
        Corpus.Case computed =
                new Corpus.Case("", List.of("postgresql", "", "SELECT reverse(card_number) FROM payments"));

        assertThat(shown(policy(with), computed)).isEqualTo(shown(policy(with), plain));
    }

    @Test
    void corpusIsNotShrunkUnnoticed() {
        assertThat(cases()).hasSizeGreaterThan(70);
    }

    private static CompiledPolicy policy(String with) {
        return Policies.load("version: 1\nmode: enforce\n"
                + "default: {jdbc: allow, opaque: allow, unmatched: allow}\nkeys: {k: {from: 'env:K'}}\n"
                + "mask: [{name: cards, columns: [payments.card_number], with: " + with + "}]");
    }

    private String shown(CompiledPolicy policy, Corpus.Case c) {
        Obligations last = Obligations.NONE;
        for (String sql : c.sql().split(" ==> ")) {
            SqlAnalysis analysis = reader.read(c.dialect(), sql, target.current());
            last = ((Verdict.Allow)
                            policy.decide(Policies.sql(Policies.postgres(), analysis), Policies.NOBODY, Policies.NOON)
                                    .verdict())
                    .obligations();
            assertThat(target.inherit(last.copies())).isTrue();
            target.changedBy(analysis);
        }
        ColumnMask[] masks = last.columns().bind(List.of(new ResultColumn("x", null, null, null)));
        return masks == null || masks[0] == null ? "-" : String.valueOf(masks[0].apply(CARD, String.class));
    }
}
