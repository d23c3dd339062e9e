package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A constraint that PostgreSQL checks at the end of a transaction quotes no masked value in whatever ends it. */
class DeferredErrorsTest {

    private static final String SECRET = "canary@acme.com";

    @RegisterExtension
    static final WovenPostgres SERVER = WovenPostgres.with(
            "CREATE TABLE people (id INT PRIMARY KEY, email TEXT UNIQUE DEFERRABLE INITIALLY DEFERRED)",
            "INSERT INTO people VALUES (1, 'b'), (2, '" + SECRET + "')",
            "CREATE TABLE plain (id INT UNIQUE DEFERRABLE INITIALLY DEFERRED)");

    @BeforeEach
    void govern() throws Exception {
        new UnderPolicy(
                "version: 1\ndefault: {jdbc: allow, opaque: allow}\nmask:\n  - {name: contact, columns: [people.email]}\n");
    }

    interface End {
        void of(Connection connection) throws SQLException;
    }

    static Stream<Named<End>> ends() {
        return Stream.of(
                Named.of("commit()", Connection::commit),
                Named.of("setAutoCommit(true)", c -> c.setAutoCommit(true)),
                sent("COMMIT"),
                sent("END"),
                sent("SET CONSTRAINTS ALL IMMEDIATE"),
                sent("PREPARE TRANSACTION 'one'"),
                sent("SELECT 1; COMMIT"),
                sent("DO $$ BEGIN COMMIT; END $$"));
    }

    private static Named<End> sent(String sql) {
        return Named.of(sql, c -> {
            try (Statement s = c.createStatement()) {
                s.execute(sql);
            }
        });
    }

    private static String everything(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whatEndsATransactionQuotesNoMaskedValue(End end) throws SQLException {
        try (Connection c = SERVER.connect();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.executeUpdate("UPDATE people SET email = (SELECT email FROM people WHERE id = 2) WHERE id = 1");
            Throwable thrown = catchThrowable(() -> end.of(c));
            assertThat(thrown).isInstanceOf(SQLException.class);
            assertThat(((SQLException) thrown).getSQLState()).isIn("23505", "2D000");
            assertThat(everything(thrown)).doesNotContain(SECRET);
            c.rollback();
        }
    }

    @Test
    void withoutMaskedTablesTheServersWordsStay() throws SQLException {
        try (Connection c = SERVER.connect();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.executeUpdate("INSERT INTO plain VALUES (7), (7)");
            assertThat(catchThrowable(c::commit))
                    .isExactlyInstanceOf(
                            catchThrowable(() -> s.executeQuery("bogus")).getClass())
                    .hasMessageContaining("(id)=(7)");
            c.rollback();
        }
    }

    @Test
    void anErrorOfARowThatIsFetchedLaterQuotesNoMaskedValue() throws SQLException {
        try (Connection c = SERVER.connect();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.setFetchSize(1);
            for (String output : new String[] {"id", "id, email"}) {
                Throwable thrown = catchThrowable(() -> {
                    try (ResultSet rows = s.executeQuery("SELECT " + output
                            + " FROM people WHERE CASE WHEN id = 1 THEN true ELSE email::int = 1 END")) {
                        while (rows.next()) {
                            rows.getInt(1);
                        }
                    }
                });
                assertThat(((SQLException) thrown).getSQLState()).isEqualTo("22P02");
                assertThat(everything(thrown)).doesNotContain(SECRET);
                c.rollback();
            }
        }
    }
}
