package io.sallyport.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StandardSqlReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts end the transaction of the session as a whole: whatever else they end, its debts and its rows stay. */
class TransactionTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "POSTGRESQL, ROLLBACK, true, true",
        "POSTGRESQL, rollback work, true, true",
        "POSTGRESQL, ABORT AND NO CHAIN, true, true",
        "POSTGRESQL, ROLLBACK PREPARED 'x', false, false",
        "POSTGRESQL, ROLLBACK TO s, false, false",
        "POSTGRESQL, ROLLBACK AND CHAIN, false, false",
        "POSTGRESQL, COMMIT, true, false",
        "POSTGRESQL, COMMIT PREPARED 'x', false, false",
        "SQLITE, END TRANSACTION, true, false",
        "H2, ROLLBACK TRANSACTION other, false, false",
        "H2, COMMIT TRANSACTION other, false, false",
        "TSQL, SAVE TRANSACTION s, false, false",
        "TSQL, ROLLBACK TRANSACTION s, false, false",
        "TSQL, ROLLBACK TRAN, true, true",
        "ORACLE, ROLLBACK FORCE '1.2.3', false, false",
        "ORACLE, COMMIT FORCE '1.2.3', false, false",
        "MYSQL, ROLLBACK RELEASE, true, true",
        "MYSQL, 'XA ROLLBACK ''x'',''y'',7', true, true",
        "MYSQL, XA PREPARE 'x', true, false",
        "MYSQL, XA COMMIT 'x' ONE PHASE, true, false",
        "MYSQL, XA START 'x', false, false",
        "MYSQL, XA END 'x', false, false",
    })
    void onlyTheSessionsOwnTransactionIsEnded(Dialect dialect, String sql, boolean ends, boolean undoes) {
        SqlAnalysis analysis = new StandardSqlReader().read(dialect, sql, Catalogue.EMPTY);
        assertThat(Transaction.ends(analysis)).isEqualTo(ends);
        assertThat(Transaction.undoes(analysis)).isEqualTo(undoes);
    }
}
