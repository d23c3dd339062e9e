package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sqlite_master} says is followed on databases that were made before anything was governed. */
class SqliteCatalogueTest {

    private static final String CLEAR = "123-45-6789";

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - name: ssn
                columns: [people.ssn]
                with: redact
            """;

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    @Test
    void viewsAndGeneratedColumnsOfAFileAreFollowed(@TempDir Path directory) throws Exception {
        String made = "jdbc:sqlite:" + directory.resolve("made.db");
        WovenProcess.GATE.reset();
        try (Connection c = WovenProcess.connect(made);
                Statement s = c.createStatement()) {
            for (String sql : new String[] {
                "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, ssn TEXT, tail TEXT AS (substr(ssn, -4)))",
                "INSERT INTO people (id, name, ssn) VALUES (1, 'Ann', '" + CLEAR + "')",
                "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT)",
                "INSERT INTO orders VALUES (1, 'hello')",
                "CREATE VIEW renamed AS SELECT id, name AS called, ssn AS x FROM people",
                "CREATE VIEW \"over view\" (a, b) AS SELECT called, upper(x) FROM renamed"
            }) {
                s.execute(sql);
            }
        }
        // A copy under another name: nobody in this process has seen how it was made.
        Path copy = directory.resolve("copy.db");
        java.nio.file.Files.copy(directory.resolve("made.db"), copy);
        try (UnderPolicy policy = new UnderPolicy(POLICY);
                Connection c = WovenProcess.connect("jdbc:sqlite:" + copy)) {
            for (String sql : new String[] {
                "SELECT called, x FROM renamed",
                "SELECT * FROM renamed",
                "SELECT b FROM \"over view\"",
                "SELECT * FROM \"over view\"",
                "SELECT tail FROM people",
                "SELECT ssn FROM people"
            }) {
                assertThat(UnderPolicy.row(c, sql)).as(sql).doesNotContain(CLEAR, "6789");
            }
            assertThat(UnderPolicy.row(c, "SELECT id, called FROM renamed")).containsExactly("1", "Ann");
            assertThat(UnderPolicy.row(c, "SELECT a FROM \"over view\"")).containsExactly("Ann");
            assertThat(UnderPolicy.row(c, "SELECT note FROM orders")).containsExactly("hello");
            assertThat(policy.events).noneMatch(e -> e.type() == io.sallyport.core.record.Event.Type.ALARM);
        }
    }

    @Test
    void aDatabaseInMemoryIsNotMistakenForAnother() throws Exception {
        try (UnderPolicy policy = new UnderPolicy(POLICY);
                Connection first = WovenProcess.connect("jdbc:sqlite::memory:");
                Statement s = first.createStatement()) {
            s.execute("CREATE TABLE orders (id INTEGER, note TEXT)");
            s.execute("INSERT INTO orders VALUES (1, 'hello')");
            try (Connection second = WovenProcess.connect("jdbc:sqlite::memory:");
                    Statement t = second.createStatement()) {
                t.execute("CREATE TABLE carts (id INTEGER, note TEXT)");
                t.execute("INSERT INTO carts VALUES (2, 'bye')");
                assertThat(UnderPolicy.row(second, "SELECT id, note FROM carts"))
                        .containsExactly("2", "bye");
            }
            assertThat(UnderPolicy.row(first, "SELECT id, note FROM orders")).containsExactly("1", "hello");
            assertThat(policy.events).isNotEmpty();
        }
    }
}
