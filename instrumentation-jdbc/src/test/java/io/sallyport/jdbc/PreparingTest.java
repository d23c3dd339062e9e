package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.tools.SimpleResultSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine does as soon as a statement is prepared is decided before. */
class PreparingTest {

    private static final List<String> TOLD = new CopyOnWriteArrayList<>();

    private UnderPolicy policy;

    @BeforeEach
    void govern() throws Exception {
        policy = new UnderPolicy("version: 1\nguard:\n"
                + "  - {name: files, when: {fileOrOsAccess: true}, then: deny}\n"
                + "  - {name: settings, when: {kind: [session]}, then: deny}\n");
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    @Test
    void h2ReadsNoFileToKnowItsColumns(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("x.csv"), "hidden,columns\n1,2\n");
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:")) {
            assertThatThrownBy(() -> c.prepareStatement("SELECT * FROM CSVREAD('" + file + "')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("files");
            assertThatThrownBy(() -> c.prepareCall("SELECT * FROM CSVREAD('" + file + "')"))
                    .hasMessageContaining("files");
        }
    }

    @Test
    void h2RunsNoAliasToKnowItsColumns() throws Exception {
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:");
                Statement s = c.createStatement()) {
            policy.close();
            s.execute("CREATE ALIAS told FOR '" + Told.class.getName() + ".told'");
            policy = new UnderPolicy("version: 1\nguard:\n  - {name: reads, when: {kind: [read]}, then: deny}\n");
            for (String sql : List.of(
                    "SELECT * FROM told()",
                    "SELECT 1 FROM dual, \"TOLD\"()",
                    "SELECT * FROM dual JOIN PUBLIC.told() t")) {
                assertThatThrownBy(() -> c.prepareStatement(sql)).hasMessageContaining("reads");
            }
            assertThat(TOLD).isEmpty();
        }
    }

    /** What H2 asks for its columns. */
    public static final class Told {
        private Told() {}

        public static ResultSet told() {
            TOLD.add("run");
            SimpleResultSet none = new SimpleResultSet();
            none.addColumn("X", Types.INTEGER, 10, 0);
            return none;
        }
    }

    @Test
    void sqliteSetsNothing() throws SQLException {
        try (Connection c = WovenProcess.connect("jdbc:sqlite::memory:");
                Statement s = c.createStatement()) {
            String before = foreignKeys(s);
            String other = before.equals("1") ? "OFF" : "ON";
            assertThatThrownBy(() -> c.prepareStatement("PRAGMA foreign_keys = " + other))
                    .hasMessageContaining("settings");
            assertThat(foreignKeys(s)).isEqualTo(before);
        }
    }

    @Test
    void whatOnlyReadsIsDecidedWhenItRuns() throws SQLException {
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:")) {
            policy.events.clear();
            try (PreparedStatement p = c.prepareStatement("SELECT X FROM SYSTEM_RANGE(1, 2)")) {
                assertThat(policy.events).isEmpty();
                try (ResultSet rows = p.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                }
            }
        }
        assertThat(policy.events).isNotEmpty();
    }

    private static String foreignKeys(Statement s) throws SQLException {
        try (ResultSet rows = s.executeQuery("PRAGMA foreign_keys")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
