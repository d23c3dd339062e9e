package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What statements make of an open transaction, on servers that commit before DDL and on others. */
class ImplicitCommitTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CERTAIN | MYSQL | CREATE TABLE t (a int)",
                "CERTAIN | MYSQL | /* a */ TRUNCATE t",
                "CERTAIN | MYSQL | GRANT SELECT ON t TO u",
                "CERTAIN | ORACLE | DROP TABLE t",
                "CERTAIN | H2 | ALTER TABLE t ADD autocommit int",
                "CERTAIN | GENERIC | CREATE INDEX i ON t (a)",
                "POSSIBLE | MYSQL | LOCK TABLES t READ",
                "POSSIBLE | MYSQL | ANALYZE TABLE t",
                "POSSIBLE | MYSQL | SET AUTOCOMMIT = 1",
                "POSSIBLE | MYSQL | CALL p()",
                "POSSIBLE | H2 | SET LOCK_MODE 3",
                "POSSIBLE | H2 | SET @v = 1; SET LOCK_MODE 3",
                "POSSIBLE | POSTGRESQL | SET autocommit TO on",
                "NONE | MYSQL | /* a */ SET @v = 1",
                "NONE | MYSQL | SET NAMES utf8mb4",
                "NONE | MYSQL | USE shop",
                "NONE | H2 | SET @v = 1",
                "NONE | ORACLE | MERGE INTO t USING s ON (t.a = s.a) WHEN MATCHED THEN UPDATE SET b = 1",
                "NONE | ORACLE | SELECT 1 FROM dual",
                "NONE | POSTGRESQL | DROP TABLE t",
                "NONE | TSQL | TRUNCATE TABLE t",
                "NONE | SQLITE | CREATE TABLE t (a int)"
            })
    void commitsOrStays(ImplicitCommit expected, Dialect dialect, String sql) {
        assertThat(new StandardSqlReader().read(dialect, sql, Catalogue.EMPTY).implicitCommit())
                .isEqualTo(expected);
    }
}
