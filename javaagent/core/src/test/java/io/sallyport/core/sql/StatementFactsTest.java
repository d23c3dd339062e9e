package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kind and facts of the statements in {@code /sql/facts}: {@code dialect | kind | facts | sql}. */
class StatementFactsTest {

    private final SqlReader reader = new StandardSqlReader();

    static List<Corpus.Case> cases() {
        return Corpus.read("facts", 4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void kindAndFactsAreThoseOfTheServer(Corpus.Case c) {
        SqlAnalysis analysis = reader.read(c.dialect(), c.sql(), Catalogue.EMPTY);

        assertThat(analysis.kind().policyName() + " " + letters(analysis.facts()))
                .isEqualTo(c.fields().get(1) + " " + c.fields().get(2));
    }

    @Test
    void corpusIsNotShrunkUnnoticed() {
        assertThat(cases()).hasSizeGreaterThan(1_880);
    }

    private static String letters(SqlFacts f) {
        String letters = (f.destructive() ? "d" : "")
                + (f.unboundedWrite() ? "u" : "")
                + (f.ddl() ? "l" : "")
                + (f.privilege() ? "p" : "")
                + (f.fileOrOsAccess() ? "f" : "")
                + (f.multi() ? "m" : "")
                + (f.writes() ? "w" : "")
                + (f.opaque() ? "o" : "");
        return letters.isEmpty() ? "-" : letters;
    }
}
