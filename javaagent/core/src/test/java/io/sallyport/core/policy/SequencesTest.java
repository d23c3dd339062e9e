package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.policy.decide.DryRun;
import io.sallyport.core.policy.decide.OutputPositions;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.CatalogueDraft;
import io.sallyport.core.sql.Corpus;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.sql.TargetCatalogue;
import io.sallyport.core.verdict.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What earlier statements of the process carried elsewhere stays masked in the last one: {@code dialect | catalogue read (s) or not
 * (n) | masked positions of the last statement | statement ==> statement …}; {@code all} where positions cannot be told.
 */
class SequencesTest {

    private static final CompiledPolicy POLICY = Policies.load("version: 1\nmode: enforce\n"
            + "default: {jdbc: allow, opaque: allow, unmatched: allow}\n"
            + "mask: [{name: contact, columns: [customers.email, customers.phone, '*.ssn']}]\n"
            + "guard: [{name: files, when: {copiesSensitive: true}, then: allow}]");

    private final SqlReader reader = new StandardSqlReader();
    private final TargetCatalogue target = new TargetCatalogue();

    static List<Corpus.Case> cases() {
        return Corpus.read("sequences", 4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aMaskedValueStaysMaskedWhereverItWasCarried(Corpus.Case c) {
        if (c.fields().get(1).equals("s")) {
            target.schema(schema(c.dialect()));
        }
        String[] steps = c.sql().split(" ==> ");
        for (int i = 0; i + 1 < steps.length; i++) {
            send(read(c.dialect(), steps[i]));
        }

        assertThat(masked(read(c.dialect(), steps[steps.length - 1])))
                .isEqualTo(c.fields().get(2));
    }

    @Test
    void corpusIsNotShrunkUnnoticed() {
        assertThat(cases()).hasSizeGreaterThan(180);
    }

    private SqlAnalysis read(Dialect dialect, String sql) {
        return reader.read(dialect, sql, target.current());
    }

    private void send(SqlAnalysis analysis) {
        Verdict.Allow allow = (Verdict.Allow)
                POLICY.decide(Policies.sql(Policies.postgres(), analysis), Policies.NOBODY, Policies.NOON)
                        .verdict();
        assertThat(target.inherit(allow.obligations().copies())).isTrue();
        target.changedBy(analysis);
    }

    private static String masked(SqlAnalysis analysis) {
        OutputPositions output = new DryRun(POLICY)
                .of(Policies.sql(Policies.postgres(), analysis), Policies.NOBODY, Policies.NOON, null, null)
                .output();
        String positions = output.masked().stream().map(String::valueOf).collect(Collectors.joining(","));
        return output.all() ? "all" : positions.isEmpty() ? "-" : positions;
    }

    private static Catalogue schema(Dialect dialect) {
        CatalogueDraft draft = new CatalogueDraft(dialect);
        draft.relation("public", "customers", List.of("id", "name", "email", "phone"));
        draft.relation("public", "orders", List.of("id", "customer_id", "note"));
        draft.relation("public", "logs", List.of("id", "message"));
        draft.path(List.of("public"));
        return draft.build();
    }
}
