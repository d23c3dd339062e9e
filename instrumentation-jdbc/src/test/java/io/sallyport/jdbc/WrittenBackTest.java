package io.sallyport.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mask does not come back into its column by any setter of JDBC, and what is no mask arrives whole. */
class WrittenBackTest {

    private static final String UPDATE = "UPDATE people SET email = ? WHERE id = 1";
    private static final String LONG = "0123456789".repeat(300);

    private interface Setter {
        void set(PreparedStatement statement, String value) throws SQLException;
    }

    private UnderPolicy policy;

    @BeforeEach
    void mask() throws Exception {
        policy = new UnderPolicy("version: 1\nmask: [{name: emails, columns: [people.email]}]");
    }

    @AfterEach
    void free() {
        policy.close();
    }

    private static Connection open(String url) throws SQLException {
        Connection connection = WovenProcess.connect(url);
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE people (id INT, email VARCHAR(5000))");
            s.execute("INSERT INTO people VALUES (1, 'real')");
        }
        return connection;
    }

    private static Map<String, Setter> setters(boolean h2) {
        Map<String, Setter> all = new LinkedHashMap<>();
        all.put("string", (p, v) -> p.setString(1, v));
        all.put("builder", (p, v) -> p.setObject(1, new StringBuilder(v)));
        all.put("reader", (p, v) -> p.setCharacterStream(1, new StringReader(v)));
        all.put("reader, length", (p, v) -> p.setCharacterStream(1, new StringReader(v), v.length()));
        all.put("ascii", (p, v) -> p.setAsciiStream(1, new ByteArrayInputStream(v.getBytes(US_ASCII)), v.length()));
        if (h2) {
            all.put("object", (p, v) -> p.setObject(1, new StringReader(v)));
            all.put("clob, reader", (p, v) -> p.setClob(1, new StringReader(v)));
            all.put("n reader", (p, v) -> p.setNCharacterStream(1, new StringReader(v)));
            all.put("n string", (p, v) -> p.setNString(1, v));
            all.put("clob", (p, v) -> {
                Clob clob = p.getConnection().createClob();
                clob.setString(1, v);
                p.setClob(1, clob);
            });
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:back", "jdbc:sqlite::memory:"})
    void noSetterStoresAMask(String url) throws SQLException {
        try (Connection c = open(url)) {
            setters(url.contains("h2"))
                    .forEach((name, setter) -> assertThatThrownBy(() -> {
                                try (PreparedStatement p = c.prepareStatement(UPDATE)) {
                                    setter.set(p, "***");
                                    p.executeUpdate();
                                }
                            })
                            .as(name)
                            .hasMessageContaining("people.email in place"));
            assertThat(matching(c, "real")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:back", "jdbc:sqlite::memory:"})
    void whatIsNoMaskArrivesWhole(String url) throws SQLException {
        try (Connection c = open(url)) {
            for (Map.Entry<String, Setter> setter : setters(url.contains("h2")).entrySet()) {
                if (setter.getKey().equals("builder")) {
                    continue;
                }
                for (String value : new String[] {"", "a@b.c", LONG}) {
                    try (PreparedStatement p = c.prepareStatement(UPDATE)) {
                        setter.getValue().set(p, value);
                        p.executeUpdate();
                    }
                    assertThat(matching(c, value)).as(setter.getKey()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void aBatchOfReadersIsLookedAt() throws SQLException {
        try (Connection c = open("jdbc:h2:mem:back");
                PreparedStatement p = c.prepareStatement(UPDATE)) {
            p.setCharacterStream(1, new StringReader("a@b.c"));
            p.addBatch();
            p.setCharacterStream(1, new StringReader("***"));
            p.addBatch();
            assertThatThrownBy(p::executeBatch).hasMessageContaining("people.email in place");
        }
    }

    @Test
    void aReaderIsReadFromWhereItStandsToItsEnd() throws Exception {
        try (Connection c = open("jdbc:h2:mem:back");
                PreparedStatement p = c.prepareStatement(UPDATE)) {
            Reader reader = new StringReader(LONG);
            assertThat(reader.skip(2)).isEqualTo(2);
            p.setCharacterStream(1, reader);
            p.executeUpdate();
            assertThat(matching(c, LONG.substring(2))).isEqualTo(1);
            assertThat(reader.read()).as("used up, as without us").isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE people SET email = CASE id WHEN 1 THEN ? ELSE email END",
                "UPDATE people SET id = CASE WHEN id = 1 THEN 1 ELSE 2 END, email = ?",
                "UPDATE people SET (id, email) = (SELECT 1, ?)",
                "MERGE INTO people p USING (SELECT 1 id, CAST(? AS VARCHAR) mail) s ON p.id = s.id"
                        + " WHEN MATCHED THEN UPDATE SET email = s.mail",
                "MERGE INTO people (id, email) KEY (id) VALUES (1, ?)",
                "INSERT INTO people (id, email) SELECT 2, x.v FROM (SELECT CAST(? AS VARCHAR) v) x"
            })
    void noFormOfAWriteStoresAMask(String write) throws SQLException {
        try (Connection c = open("jdbc:h2:mem:forms");
                PreparedStatement p = c.prepareStatement(write)) {
            p.setString(1, "***");
            assertThatThrownBy(p::executeUpdate).hasMessageContaining("in place");
            assertThat(matching(c, "real")).isEqualTo(1);
            p.setString(1, "new");
            p.executeUpdate();
            assertThat(matching(c, "new")).isEqualTo(1);
        }
    }

    private static int matching(Connection c, String value) throws SQLException {
        try (PreparedStatement p = c.prepareStatement("SELECT count(*) FROM people WHERE email = ?")) {
            p.setString(1, value);
            try (var rows = p.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
