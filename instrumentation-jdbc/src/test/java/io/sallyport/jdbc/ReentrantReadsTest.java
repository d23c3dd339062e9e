package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.testing.TlsPostgres;
import io.sallyport.weaving.StateField;
import java.io.FilterReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code of the application's that a driver runs inside a getter, or a write of a row, and that reads the same result. */
class ReentrantReadsTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;
    private static final ClassLoader APPLICATION = WovenProcess.applicationWith("derby");
    private static final String SELECT = "SELECT id, email FROM people";

    @TempDir
    private static Path directory;

    /** What the application has read meanwhile. */
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void mask() {
        GATE.reset();
        GATE.allowedUnproven = Set.of("derby");
    }

    @AfterEach
    void reset() {
        GATE.reset();
    }

    private static Connection derby() throws SQLException {
        System.setProperty("derby.stream.error.field", "java.lang.System.err");
        return WovenProcess.connect(
                WovenProcess.driver(APPLICATION, "org.apache.derby.iapi.jdbc.AutoloadedDriver"),
                "jdbc:derby:memory:reentrant;create=true");
    }

    /** @param type of {@link ResultSet} */
    private void withPeople(Connection c, int type, int concurrency, SqlAction action) throws Exception {
        try (Statement s = c.createStatement(type, concurrency)) {
            s.execute("CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR(50), note VARCHAR(50))");
            try {
                s.executeUpdate("INSERT INTO people VALUES (1, 'ann@example.org', 'n')");
                GATE.masksByLabel = Map.of("email", WovenProcess.textOnly("hidden"));
                action.run(s);
            } finally {
                GATE.masksByLabel = Map.of();
                s.execute("DROP TABLE people");
            }
        }
    }

    private interface SqlAction {
        void run(Statement statement) throws Exception;
    }

    private String email(ResultSet rows) {
        try {
            return rows.getString("email");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMapThatAGetterAsksReadsMaskedValuesOnly() throws Exception {
        try (Connection c = derby()) {
            withPeople(c, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, s -> {
                try (ResultSet rows = s.executeQuery(SELECT)) {
                    rows.next();
                    Map<String, Class<?>> asking = new HashMap<>() {
                        @Override
                        public boolean isEmpty() {
                            read.add(email(rows));
                            return true;
                        }
                    };
                    assertThat(rows.getObject("email", asking)).isEqualTo("hidden");
                    assertThat(rows.getObject(2, asking)).isEqualTo("hidden");
                    assertThat(rows.getString(2)).isEqualTo("hidden");
                }
            });
        }
        assertThat(read).isNotEmpty().containsOnly("hidden");
    }

    @Test
    void aStreamThatAWriteOfARowReadsSeesMaskedValuesOnly() throws Exception {
        try (Connection c = derby()) {
            withPeople(c, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE, s -> {
                try (ResultSet rows = s.executeQuery("SELECT id, note, email FROM people")) {
                    rows.next();
                    rows.updateCharacterStream("note", new Asking(rows, "later"));
                    rows.updateRow();
                }
                try (ResultSet rows = s.executeQuery("SELECT note FROM people")) {
                    rows.next();
                    assertThat(rows.getString(1)).isEqualTo("later");
                }
            });
        }
        assertThat(read).isNotEmpty().containsOnly("hidden");
    }

    private final class Asking extends FilterReader {
        private final ResultSet rows;

        Asking(ResultSet rows, String text) {
            super(new StringReader(text));
            this.rows = rows;
        }

        @Override
        public int read() throws IOException {
            read.add(email(rows));
            return super.read();
        }

        @Override
        public int read(char[] into, int from, int most) throws IOException {
            read.add(email(rows));
            return super.read(into, from, most);
        }
    }

    @Test
    void aHandlerOfTheDriversLogReadsMaskedValuesOnly() throws Exception {
        Logger log = Logger.getLogger("org.postgresql");
        try (TlsPostgres server = TlsPostgres.start(directory);
                Connection c =
                        WovenProcess.connect(server.url(), "user", server.user(), "password", server.password())) {
            withPeople(c, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, s -> {
                try (ResultSet rows = s.executeQuery(SELECT)) {
                    rows.next();
                    Handler handler = new Told(rows);
                    log.setUseParentHandlers(false);
                    log.setLevel(Level.ALL);
                    log.addHandler(handler);
                    try {
                        assertThat(rows.getString(2)).isEqualTo("hidden");
                        assertThat(rows.getObject("email")).isEqualTo("hidden");
                    } finally {
                        log.removeHandler(handler);
                        log.setLevel(null);
                        log.setUseParentHandlers(true);
                    }
                }
            });
        }
        assertThat(read).isNotEmpty().containsOnly("hidden");
    }

    private final class Told extends Handler {
        private final ResultSet rows;
        private boolean busy;

        Told(ResultSet rows) {
            this.rows = rows;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            if (!busy) {
                busy = true;
                read.add(email(rows));
                busy = false;
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** What an {@link Error} inside a getter's mask leaves behind. */
    @Test
    void aSpoiltResultShowsNothingAnyMore() throws Exception {
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:spoilt")) {
            withPeople(c, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, s -> {
                try (ResultSet rows = s.executeQuery(SELECT)) {
                    rows.next();
                    StateField.set(rows, SallyportGate.SPOILT);
                    assertThatThrownBy(() -> rows.getString(2)).hasMessageContaining("masked by policy");
                    assertThatThrownBy(() -> rows.getObject("email", String.class))
                            .hasMessageContaining("masked by policy");
                }
            });
        }
    }
}
