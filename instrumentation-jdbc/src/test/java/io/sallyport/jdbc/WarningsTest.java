package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server says beside a result. */
class WarningsTest {
    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = TlsPostgres.start(directory);
        server.execute(
                "CREATE TABLE payments (id INT, card_number TEXT)",
                "INSERT INTO payments VALUES (1, '4111111111111111')",
                "CREATE FUNCTION shout(t TEXT) RETURNS TEXT LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE NOTICE 'it is %', t; RETURN t; END $$");
    }

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    private static SQLWarning warning() throws SQLException {
        try (Connection c = WovenProcess.connect(server.url(), "user", server.user(), "password", server.password());
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT shout(card_number) AS card_number FROM payments")) {
            rows.next();
            return s.getWarnings();
        }
    }

    @Test
    void aNoticeIsTheServersOwnWhereNothingIsMasked() throws SQLException {
        assertThat(warning().getMessage()).contains("it is 4111111111111111");
    }

    @Test
    void aNoticeOfAStatementUnderMasksKeepsItsStateAndLosesItsText() throws SQLException {
        WovenProcess.GATE.masksByLabel = Map.of("card_number", WovenProcess.textOnly("masked"));

        assertThat(warning().getMessage()).contains("withheld").doesNotContain("4111");
        assertThat(warning().getSQLState()).isEqualTo("00000");
    }
}
