package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be a value in double quotes is not written down; names stay readable, and what grants and rules compare stays what it is. */
class RecordedShapeTest {

    private final StandardSqlReader reader = new StandardSqlReader();

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "SELECT a FROM t WHERE ssn = \"123-45-6789\" → SELECT a FROM t WHERE ssn = ?",
                "SELECT a FROM t WHERE \"123-45-6789\" = ssn → SELECT a FROM t WHERE ? = ssn",
                "SELECT a FROM t WHERE ssn IN (\"1\", \"2\") → SELECT a FROM t WHERE ssn IN (?, ?)",
                "SELECT a FROM t WHERE ssn LIKE \"1%\" → SELECT a FROM t WHERE ssn LIKE ?",
                "SELECT a FROM t WHERE ssn BETWEEN \"1\" AND \"2\" → SELECT a FROM t WHERE ssn BETWEEN ? AND ?",
                "INSERT INTO t (\"a\", \"b\") VALUES (\"x\", 1), (\"y\", 2) → INSERT INTO t (\"a\", \"b\") VALUES (?, ?), (?, ?)",
                "UPDATE \"t\" SET \"a\" = \"x\" WHERE \"id\" = 1 → UPDATE \"t\" SET \"a\" = ? WHERE \"id\" = ?",
                "SELECT CASE WHEN a = 1 THEN \"x\" ELSE \"y\" END FROM t → SELECT CASE WHEN a = ? THEN ? ELSE ? END FROM t",
                // names, as those write them who quote all of them
                "SELECT \"a\", count(\"b\") AS \"n\" FROM \"t\" WHERE \"id\" = ? ORDER BY \"a\" → SELECT \"a\", count(\"b\") AS \"n\" FROM \"t\" WHERE \"id\" = ? ORDER BY \"a\"",
                "SELECT 1 FROM \"o\" JOIN \"u\" ON \"o\".\"uid\" = \"u\".\"id\" → SELECT ? FROM \"o\" JOIN \"u\" ON \"o\".\"uid\" = \"u\".\"id\"",
            })
    void isWithoutWhatMayBeAValue(String sql, String recorded) {
        for (Dialect dialect : new Dialect[] {Dialect.SQLITE, Dialect.TSQL}) {
            SqlAnalysis analysis = reader.read(dialect, sql.strip(), Catalogue.EMPTY);
            assertThat(analysis.recorded().replaceAll(" ?, ?", ", "))
                    .as(dialect.name())
                    .isEqualTo(recorded.strip());
        }
        assertThat(reader.read(Dialect.GENERIC, sql.strip(), Catalogue.EMPTY).recorded())
                .doesNotContain("123-45-6789", "\"x\"", "\"1\"");
    }

    @Test
    void statementsThatDifferInItAreStillDifferentToGrantsAndRules() {
        SqlAnalysis one = reader.read(Dialect.SQLITE, "DELETE FROM t WHERE a = \"b\"", Catalogue.EMPTY);
        SqlAnalysis two = reader.read(Dialect.SQLITE, "DELETE FROM t WHERE a = \"c\"", Catalogue.EMPTY);
        assertThat(one.recorded()).isEqualTo(two.recorded());
        assertThat(one.shape()).isNotEqualTo(two.shape());
        assertThat(one.fingerprint()).isNotEqualTo(two.fingerprint());
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"POSTGRESQL", "ORACLE", "H2"})
    void whereDoubleQuotesAreNamesNothingIsTakenAway(Dialect dialect) {
        SqlAnalysis analysis = reader.read(dialect, "SELECT a FROM t WHERE \"a\" = \"b\"", Catalogue.EMPTY);
        assertThat(analysis.recorded()).isSameAs(analysis.shape());
    }
}
