package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a server says beside a result. */
class WarningsTest {
    @RegisterExtension
    static final WovenPostgres SERVER = WovenPostgres.with(
            "CREATE TABLE payments (id INT, card_number TEXT)",
            "INSERT INTO payments VALUES (1, '4111111111111111')",
            "CREATE FUNCTION shout(t TEXT) RETURNS TEXT LANGUAGE plpgsql AS"
                    + " $$ BEGIN RAISE NOTICE 'it is %', t; RETURN t; END $$");

    private static SQLWarning warning() throws SQLException {
        try (Connection c = SERVER.connect();
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
