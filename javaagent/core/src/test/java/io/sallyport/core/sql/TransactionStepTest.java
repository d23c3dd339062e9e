package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What statements make of the transaction that they run in, by their own word and on servers that commit by themselves. */
class TransactionStepTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "COMMITS | POSTGRESQL | /* a */ commit",
                "COMMITS | POSTGRESQL | END TRANSACTION;",
                "COMMITS | MYSQL | COMMIT AND NO CHAIN NO RELEASE",
                "COMMITS | SQLITE | END TRANSACTION",
                "COMMITS | MYSQL | XA COMMIT 'a' ONE PHASE",
                "PREPARES | POSTGRESQL | PREPARE TRANSACTION 'a'",
                "PREPARES | MYSQL | XA PREPARE 'a'",
                "SUSPENDS | MYSQL | XA END 'a'",
                "UNDOES | POSTGRESQL | ROLLBACK",
                "UNDOES | POSTGRESQL | rollback work",
                "UNDOES | POSTGRESQL | ABORT AND NO CHAIN",
                "UNDOES | TSQL | ROLLBACK TRAN",
                "UNDOES | MYSQL | ROLLBACK RELEASE",
                "UNDOES | MYSQL | XA ROLLBACK 'a','b',7",
                "GOES_ON | POSTGRESQL | SAVEPOINT commit",
                "GOES_ON | POSTGRESQL | ROLLBACK TO SAVEPOINT s",
                "GOES_ON | POSTGRESQL | ROLLBACK PREPARED 'a'",
                "GOES_ON | POSTGRESQL | ROLLBACK AND CHAIN",
                "GOES_ON | H2 | ROLLBACK TRANSACTION other",
                "GOES_ON | TSQL | SAVE TRANSACTION s",
                "GOES_ON | TSQL | ROLLBACK TRANSACTION s",
                "GOES_ON | ORACLE | ROLLBACK FORCE '1.2.3'",
                "MAY_COMMIT | POSTGRESQL | COMMIT AND CHAIN",
                "MAY_COMMIT | POSTGRESQL | COMMIT PREPARED 'a'",
                "MAY_COMMIT | H2 | COMMIT TRANSACTION other",
                "MAY_COMMIT | ORACLE | COMMIT FORCE '1.2.3'",
                "MAY_COMMIT | POSTGRESQL | BEGIN",
                "MAY_COMMIT | POSTGRESQL | UPDATE t SET a = 1; COMMIT",
                "MAY_COMMIT | TSQL | IF @@TRANCOUNT > 0 COMMIT TRAN",
                "MAY_COMMIT | MYSQL | XA START 'a'",
                "COMMITS_BEFORE | MYSQL | CREATE TABLE t (a int)",
                "COMMITS_BEFORE | MYSQL | /* a */ TRUNCATE t",
                "COMMITS_BEFORE | MYSQL | GRANT SELECT ON t TO u",
                "COMMITS_BEFORE | ORACLE | DROP TABLE t",
                "COMMITS_BEFORE | H2 | ALTER TABLE t ADD autocommit int",
                "COMMITS_BEFORE | GENERIC | CREATE INDEX i ON t (a)",
                "MAY_COMMIT | MYSQL | LOCK TABLES t READ",
                "MAY_COMMIT | MYSQL | ANALYZE TABLE t",
                "MAY_COMMIT | MYSQL | SET AUTOCOMMIT = 1",
                "MAY_COMMIT | MYSQL | CALL p()",
                "MAY_COMMIT | H2 | SET LOCK_MODE 3",
                "MAY_COMMIT | H2 | SET @v = 1; SET LOCK_MODE 3",
                "MAY_COMMIT | POSTGRESQL | SET autocommit TO on",
                "MAY_COMMIT | TSQL | SET IMPLICIT_TRANSACTIONS OFF",
                "GOES_ON | MYSQL | /* a */ SET @v = 1",
                "GOES_ON | MYSQL | SET NAMES utf8mb4",
                "GOES_ON | MYSQL | USE shop",
                "GOES_ON | H2 | SET @v = 1",
                "GOES_ON | ORACLE | MERGE INTO t USING s ON (t.a = s.a) WHEN MATCHED THEN UPDATE SET b = 1",
                "GOES_ON | ORACLE | SELECT 1 FROM dual",
                "GOES_ON | POSTGRESQL | DROP TABLE t",
                "GOES_ON | TSQL | TRUNCATE TABLE t",
                "GOES_ON | SQLITE | CREATE TABLE t (a int)"
            })
    void isTold(TransactionStep expected, Dialect dialect, String sql) {
        assertThat(new StandardSqlReader().read(dialect, sql, Catalogue.EMPTY).step())
                .isEqualTo(expected);
    }
}
