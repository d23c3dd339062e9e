package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t DROP COLUMN a",
                "ALTER TABLE t ADD b int, DROP a",
                "ALTER TABLE t DROP CONSTRAINT c, COLUMN a",
                "ALTER TABLE t DROP PARTITION p"
            })
    void aDroppedColumnOrPartitionIsADropAndTheStatementStaysAnAlter(String sql) {
        SqlAnalysis analysis = reader.read(Dialect.TSQL, sql, Catalogue.EMPTY);

        assertThat(analysis.kind()).isEqualTo(StatementKind.ALTER);
        assertThat(analysis.kinds()).contains(StatementKind.DROP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE t ALTER COLUMN a DROP NOT NULL", "ALTER TABLE t DROP CONSTRAINT c"})
    void aDroppedConstraintIsNone(String sql) {
        assertThat(reader.read(Dialect.POSTGRESQL, sql, Catalogue.EMPTY).kinds())
                .doesNotContain(StatementKind.DROP);
    }

    @Test
    void corpusIsNotShrunkUnnoticed() {
        assertThat(cases()).hasSizeGreaterThan(2_200);
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
