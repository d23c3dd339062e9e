package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.weaving.StateField;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Neither an exception nor anything behind it quotes a masked value. */
class WithheldMessagesTest {
    private static final String POLICY = "version: 1\nmask:\n  - {name: contact, columns: [customers.email]}\n";

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void customers() throws SQLException {
        WovenProcess.GATE.reset();
        connection = WovenProcess.connect("jdbc:h2:mem:");
        statement = connection.createStatement();
        statement.execute("CREATE TABLE customers (id INT PRIMARY KEY, email VARCHAR(40))");
        statement.execute("CREATE TABLE numbers (n INT UNIQUE, note VARCHAR(40))");
        statement.execute("INSERT INTO customers VALUES (1, 'ann@acme.com'), (2, 'bob@acme.com')");
        Governed.by(POLICY, ApprovalDesk.NOBODY);
    }

    @AfterEach
    void close() throws SQLException {
        WovenProcess.GATE.reset();
        connection.close();
    }

    private static String everything(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        if (thrown instanceof SQLException e) {
            for (Throwable link : e) {
                text.append(link.toString());
            }
        }
        return text.toString();
    }

    @Test
    void anErrorOfARowThatIsComputedAsItIsReadLosesItsText() throws SQLException {
        try (Connection lazy = WovenProcess.connect("jdbc:h2:mem:lazy;LAZY_QUERY_EXECUTION=1");
                Statement s = lazy.createStatement()) {
            s.execute("CREATE TABLE customers (id INT PRIMARY KEY, email VARCHAR(40))");
            s.execute("INSERT INTO customers VALUES (1, 'ann@acme.com'), (2, 'bob@acme.com')");
            for (String sql : List.of(
                    "SELECT id, email, CASE WHEN id = 1 THEN 0 ELSE CAST(email AS INT) END FROM customers",
                    "SELECT id FROM customers WHERE CASE WHEN id = 1 THEN 0 ELSE CAST(email AS INT) END = 0")) {
                try (ResultSet rows = s.executeQuery(sql)) {
                    SQLException thrown = catchThrowableOfType(SQLException.class, () -> {
                        while (rows.next()) {
                            rows.getInt(1);
                        }
                    });
                    assertThat(everything(thrown)).contains("withheld").doesNotContain("bob@acme.com");
                    assertThat(thrown.getSQLState()).isEqualTo("22018");
                }
            }
        }
    }

    @Test
    void aResultWithoutMaskedColumnsThatIsWholeIsLetGoAndOneThatIsComputedLaterIsNot() throws SQLException {
        for (boolean late : new boolean[] {false, true}) {
            try (Statement s = connection.createStatement()) {
                s.execute("SET LAZY_QUERY_EXECUTION " + (late ? 1 : 0));
                try (ResultSet rows = s.executeQuery("SELECT id FROM customers WHERE email <> 'x'")) {
                    while (rows.next()) {
                        assertThat(rows.getInt(1)).isPositive();
                    }
                    assertThat(StateField.get(rows) == SallyportGate.NOTHING).isEqualTo(!late);
                }
            }
        }
    }

    @Test
    void whatADriverSaysOfAClosedResultStaysItsWord() throws SQLException {
        ResultSet rows = statement.executeQuery("SELECT email FROM customers");
        rows.next();
        assertThatThrownBy(rows::first).hasMessageContaining("not scrollable");
        rows.close();
        assertThatThrownBy(rows::next).hasMessageContaining("already closed");
    }

    @Test
    void aFailedConversionKeepsItsStateAndLosesItsText() {
        SQLException thrown = catchThrowableOfType(
                SQLException.class,
                () -> statement
                        .executeQuery("SELECT CAST(email AS INT) FROM customers")
                        .next());

        assertThat(thrown.getSQLState()).isEqualTo("22018");
        assertThat(everything(thrown)).contains("withheld").doesNotContain("acme");
    }

    @Test
    void aBatchsChainLosesItsTextAndKeepsItsCounts() throws SQLException {
        try (PreparedStatement batch = connection.prepareStatement(
                "INSERT INTO numbers (n) SELECT CAST(email AS INT) FROM customers WHERE id = ?")) {
            batch.setInt(1, 7);
            batch.addBatch();
            batch.setInt(1, 1);
            batch.addBatch();
            batch.setInt(1, 2);
            batch.addBatch();

            BatchUpdateException thrown = catchThrowableOfType(BatchUpdateException.class, batch::executeBatch);

            assertThat(thrown.getUpdateCounts()).startsWith(0);
            assertThat(thrown.getNextException() != null).isTrue();
            assertThat(everything(thrown)).contains("withheld").doesNotContain("acme");
        }
    }

    @Test
    void anErrorOfTablesWithoutMasksIsTheDatabasesOwn() {
        SQLException thrown = catchThrowableOfType(
                SQLException.class, () -> statement.executeQuery("SELECT CAST('seven' AS INT) FROM numbers_of"));

        assertThat(thrown.getMessage()).contains("NUMBERS_OF");
    }

    @Test
    void aStateOfTheCallersChoiceDoesNotCarryAValueOut() {
        for (String state : new String[] {"08000", "40001", "42S02", "57014", "0A000", "42122"}) {
            SQLException thrown = catchThrowableOfType(
                    SQLException.class,
                    () -> statement
                            .executeQuery("SELECT SIGNAL('" + state + "', email) FROM customers")
                            .next());

            assertThat(thrown.getSQLState()).isEqualTo(state);
            assertThat(everything(thrown)).contains("withheld").doesNotContain("acme");
        }
    }

    @Test
    void mistakesAreToldInTheDatabasesOwnWords() {
        assertThat(thrownBy("SELECT nowhere FROM customers").getMessage()).contains("\"NOWHERE\" not found");
        assertThat(thrownBy("SELECT email FORM customers").getMessage()).contains("Syntax error in SQL statement");
        assertThat(thrownBy("SELECT no_function(email) FROM customers").getMessage())
                .contains("NO_FUNCTION");
        assertThat(thrownBy("UPDATE customers SET mail = 'x'").getMessage()).contains("MAIL");
    }

    @Test
    void aViolatedConstraintIsNamedWithoutItsValues() {
        SQLException twice = thrownBy("UPDATE customers SET id = 2, email = 'x' WHERE email = 'ann@acme.com'");
        SQLException tooLong = thrownBy("UPDATE customers SET email = email || email || email || email");

        assertThat((Throwable) twice).isInstanceOf(java.sql.SQLIntegrityConstraintViolationException.class);
        assertThat(twice.getErrorCode()).isEqualTo(23505);
        assertThat(everything(twice)).contains("PUBLIC.CUSTOMERS(ID").doesNotContain("acme", "VALUES (");
        assertThat(everything(tooLong)).contains("EMAIL").doesNotContain("acme");
    }

    @Test
    void anInsertsErrorQuotesNoRowThatIsStored() {
        for (String insert :
                new String[] {"INSERT INTO customers (id) VALUES (2)", "INSERT INTO customers VALUES (2, 'eve')"}) {
            SQLException thrown = thrownBy(insert);

            assertThat(thrown.getErrorCode()).isEqualTo(23505);
            assertThat(everything(thrown)).contains("PUBLIC.CUSTOMERS(ID").doesNotContain("acme");
        }
    }

    @Test
    void whatAnInsertsErrorSaysOfItsOwnValuesIsSaid() {
        assertThat(thrownBy("INSERT INTO customers VALUES ('seven', 'eve')").getMessage())
                .contains("seven");
    }

    @Test
    void theTypeIsTheDriversOwn() {
        SQLException thrown = thrownBy("SELECT CAST(email AS INT) FROM customers");

        assertThat(thrown.getClass().getName()).isEqualTo("org.h2.jdbc.JdbcSQLDataException");
        assertThat(thrown.getErrorCode()).isEqualTo(22018);
    }

    private SQLException thrownBy(String sql) {
        return catchThrowableOfType(SQLException.class, () -> {
            if (statement.execute(sql)) {
                statement.getResultSet().next();
            }
        });
    }
}
