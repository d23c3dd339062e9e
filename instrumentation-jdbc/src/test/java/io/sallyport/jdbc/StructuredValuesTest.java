package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays, documents, rows, LOBs and the vendor's own classes: masked inside, of the class that was asked for, legal in their type. */
class StructuredValuesTest {

    /** Column, declaration, value. Every value carries 4711 where its type can. */
    private static final List<String[]> POSTGRESQL = List.of(
            new String[] {"texts", "TEXT[]", "ARRAY['secret 4711', NULL, 'x4711']"},
            new String[] {"ints", "INTEGER[]", "ARRAY[4711, NULL, 47110]"},
            new String[] {"bigs", "BIGINT[]", "ARRAY[4711]::BIGINT[]"},
            new String[] {"nums", "NUMERIC(9,2)[]", "ARRAY[4711.50]"},
            new String[] {"nested", "TEXT[]", "ARRAY[['4711a', '4711b'], ['4711c', '4711d']]"},
            new String[] {"dates", "DATE[]", "ARRAY[DATE '4711-04-07']"},
            new String[] {"stamps", "TIMESTAMP[]", "ARRAY[TIMESTAMP '4711-04-07 08:09:10']"},
            new String[] {"uuids", "UUID[]", "ARRAY['47114711-4711-4711-8711-471147114711']::UUID[]"},
            new String[] {"flags", "BOOLEAN[]", "ARRAY[true, false]"},
            new String[] {"doc", "JSONB", "'{\"pin\":\"4711\",\"n\":[4711]}'"},
            new String[] {"txt", "JSON", "'\"4711\"'"},
            new String[] {"docs", "JSONB[]", "ARRAY['{\"pin\":\"4711\"}']::JSONB[]"},
            new String[] {"addr", "INET", "'47.1.1.47'"},
            new String[] {"net", "CIDR", "'47.11.0.0/16'"},
            new String[] {"mac", "MACADDR", "'47:11:47:11:47:11'"},
            new String[] {"id", "UUID", "'47114711-4711-4711-8711-471147114711'"},
            new String[] {"span", "INT4RANGE", "'[4711,47110)'"},
            new String[] {"spans", "INT4MULTIRANGE", "'{[4711,47110)}'"},
            new String[] {"row_", "person", "ROW(4711, 'x4711, \"y\"')::person"},
            new String[] {"pt", "POINT", "'(4711,47)'"},
            new String[] {"ln", "LINE", "'{4711,1,1}'"},
            new String[] {"sg", "LSEG", "'[(4711,1),(2,2)]'"},
            new String[] {"bx", "BOX", "'(4711,4711),(1,1)'"},
            new String[] {"pa", "PATH", "'[(4711,1),(2,2)]'"},
            new String[] {"po", "POLYGON", "'((4711,1),(2,2),(3,3))'"},
            new String[] {"ci", "CIRCLE", "'<(4711,1),2>'"},
            new String[] {"iv", "INTERVAL", "'4711 hours'"},
            new String[] {"cash", "MONEY", "'47.11'"},
            new String[] {"bits", "BIT(16)", "B'0100011100010001'"},
            new String[] {"bit1", "BIT(1)", "B'1'"},
            new String[] {"vbits", "BIT VARYING(16)", "B'01000111'"},
            new String[] {"xm", "XML", "'<a>4711</a>'"},
            new String[] {"tv", "TSVECTOR", "'x4711:1'"},
            new String[] {"mood", "mood", "'m4711'"},
            new String[] {"moods", "mood[]", "ARRAY['m4711']::mood[]"},
            new String[] {"raw", "BYTEA", "'\\x4711'"},
            new String[] {"tz", "TIMESTAMPTZ", "'4711-04-07 08:09:10+00'"},
            new String[] {"ttz", "TIMETZ", "'04:07:11+01'"});

    private static final String COLUMNS = "mask: [{name: all, columns: ['secrets.*'], with: %s}]";
    private static final String DETECTORS = "mask: [{name: found, detect: [%s], with: redact}]";

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = TlsPostgres.start(directory);
        server.execute("CREATE TYPE person AS (id INTEGER, name TEXT)", "CREATE TYPE mood AS ENUM ('m4711', 'sad')");
        for (String table : List.of("secrets", "twin")) {
            server.execute("CREATE TABLE " + table + " ("
                    + String.join(
                            ", ",
                            POSTGRESQL.stream().map(c -> c[0] + " " + c[1]).toList()) + ")");
        }
        server.execute("INSERT INTO secrets VALUES ("
                + String.join(", ", POSTGRESQL.stream().map(c -> c[2]).toList()) + ")");
    }

    private static UnderPolicy policy(String masks) throws Exception {
        return new UnderPolicy("""
                version: 1
                mode: enforce
                default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
                keys: {k: {from: "env:K"}}
                """ + masks + "\n");
    }

    private static Connection connect() throws SQLException {
        return WovenProcess.connect(server.url(), "user", server.user(), "password", server.password());
    }

    private record Read(String column, Object value, String shown) {}

    private static List<Read> read(Connection connection) throws SQLException {
        List<Read> values = new ArrayList<>();
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT * FROM secrets")) {
            rows.next();
            for (String[] column : POSTGRESQL) {
                Object value = rows.getObject(column[0]);
                values.add(new Read(column[0], value, shown(value)));
            }
        }
        return values;
    }

    private static String shown(Object value) throws SQLException {
        if (value instanceof Array array) {
            return Arrays.deepToString((Object[]) array.getArray());
        } else if (value instanceof SQLXML xml) {
            return xml.getString();
        } else if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        return String.valueOf(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "{hash: k}", "{fpe: k}", "{keepLast: 1}", "'null'"})
    void nothingPassesUnmaskedAndTheClassStays(String with) throws Exception {
        List<Read> clear;
        try (UnderPolicy policy = policy("");
                Connection pg = connect()) {
            clear = read(pg);
        }
        try (UnderPolicy policy = policy(COLUMNS.formatted(with));
                Connection pg = connect()) {
            List<Read> masked = read(pg);
            for (int i = 0; i < clear.size(); i++) {
                Object before = clear.get(i).value();
                Object after = masked.get(i).value();
                String column = clear.get(i).column();
                if (after == null) {
                    assertThat(with).as(column + " is lost").isEqualTo("'null'");
                    continue;
                }
                assertThat(after).as(column).isInstanceOf(before.getClass());
                assertThat(masked.get(i).shown())
                        .as("%s with %s", column, with)
                        .doesNotContain("4711", "47.1", "47.11", "47:11");
                if (!with.equals("{fpe: k}")) {
                    assertThat(masked.get(i).shown())
                            .as("%s with %s", column, with)
                            .isNotEqualTo(clear.get(i).shown());
                }
            }
        }
    }

    @Test
    void redactedValuesAreLegalInTheirTypes() throws Exception {
        try (UnderPolicy policy = policy(COLUMNS.formatted("redact"));
                Connection pg = connect()) {
            for (Read read : read(pg)) {
                if (Set.of("mood", "moods", "cash", "bit1").contains(read.column())) {
                    // No metadata say which labels an enum has; pgjdbc binds no money and no BIT(1) as what it reads.
                    continue;
                }
                try (PreparedStatement p = pg.prepareStatement("INSERT INTO twin (" + read.column() + ") VALUES (?)")) {
                    p.setObject(1, read.value());
                    assertThat(p.executeUpdate()).as(read.column()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void anArrayStaysOneInEveryForm() throws Exception {
        try (UnderPolicy policy = policy(COLUMNS.formatted("redact"));
                Connection pg = connect();
                Statement s = pg.createStatement();
                ResultSet rows = s.executeQuery("SELECT texts, ints, nested FROM secrets")) {
            rows.next();
            Array texts = rows.getArray(1);
            assertThat((String[]) texts.getArray()).containsExactly("***", null, "***");
            assertThat((String[]) texts.getArray(3, 1)).containsExactly("***");
            assertThat((String[]) texts.getArray(1, 2, Collections.emptyMap())).containsExactly("***", null);
            assertThat(texts.getBaseTypeName()).isEqualTo("text");
            try (ResultSet elements = texts.getResultSet()) {
                elements.next();
                assertThat(elements.getInt(1)).isEqualTo(1);
                assertThat(elements.getString(2)).isEqualTo("***");
            }
            assertThat((Integer[]) rows.getArray("ints").getArray()).containsExactly(0, null, 0);
            assertThat((String[][]) rows.getArray("nested").getArray())
                    .isDeepEqualTo(new String[][] {{"***", "***"}, {"***", "***"}});
            assertThat(rows.getObject(1, Array.class).toString()).doesNotContain("4711");
            assertThat(rows.getString("ints")).doesNotContain("4711");
        }
    }

    @Test
    void aDocumentKeepsItsShapeUnderAFunctionThatKeepsAPart() throws Exception {
        try (UnderPolicy policy = policy(COLUMNS.formatted("{keepLast: 1}"));
                Connection pg = connect()) {
            Object doc = read(pg).stream()
                    .filter(r -> r.column().equals("doc"))
                    .findFirst()
                    .orElseThrow()
                    .value();
            assertThat(doc.toString().replace(" ", "")).isEqualTo("{\"n\":[1],\"pin\":\"***1\"}");
        }
    }

    @Test
    void whatDetectorsDoNotFindStaysTheSame() throws Exception {
        List<String> clear = new ArrayList<>();
        try (UnderPolicy policy = policy("");
                Connection pg = connect()) {
            for (Read read : read(pg)) {
                clear.add(read.value().getClass() + " " + read.shown());
            }
        }
        try (UnderPolicy policy = policy(DETECTORS.formatted("CREDIT_CARD, EMAIL, IBAN, PRIVATE_KEY"));
                Connection pg = connect()) {
            List<String> seen = new ArrayList<>();
            for (Read read : read(pg)) {
                seen.add(
                        read.value() == null
                                ? read.column() + " is lost"
                                : read.value().getClass() + " " + read.shown());
            }
            assertThat(seen).containsExactlyElementsOf(clear);
        }
    }

    @Test
    void detectorsFindInsideThem() throws Exception {
        try (UnderPolicy policy = policy(DETECTORS.formatted("EMAIL, IP"));
                Connection pg = connect();
                Statement s = pg.createStatement();
                ResultSet rows =
                        s.executeQuery("SELECT ARRAY['to ann@example.org', 'b'], '{\"a\":\"ann@example.org\"}'::jsonb,"
                                + " '93.184.216.34'::inet, '<a>ann@example.org</a>'::xml, ROW('ann@example.org')")) {
            rows.next();
            assertThat((String[]) rows.getArray(1).getArray()).containsExactly("to ***", "b");
            for (int i = 2; i <= 5; i++) {
                assertThat(shown(rows.getObject(i))).as("column %d", i).doesNotContain("ann@", "93.184");
            }
        }
    }

    @Test
    void h2ValuesAreMaskedInsideToo() throws Exception {
        try (UnderPolicy policy = policy(COLUMNS.formatted("redact"));
                Connection h2 = WovenProcess.connect("jdbc:h2:mem:structured");
                Statement s = h2.createStatement()) {
            s.execute("CREATE TABLE secrets (a VARCHAR ARRAY, n INTEGER ARRAY, b BLOB, c CLOB, u UUID,"
                    + " i INTERVAL DAY(4), j JSON, x BINARY(4), e ENUM('m4711', 'sad'))");
            s.execute("INSERT INTO secrets VALUES (ARRAY['x4711', NULL], ARRAY[4711], X'34373131', 'clob 4711',"
                    + " '47114711-4711-4711-8711-471147114711', INTERVAL '4711' DAY(4), JSON '{\"a\":4711}', X'34373131',"
                    + " 'm4711')");
            try (ResultSet rows = s.executeQuery("SELECT * FROM secrets")) {
                rows.next();
                assertThat((Object[]) rows.getArray("a").getArray()).containsExactly("***", null);
                assertThat((Object[]) rows.getArray("n").getArray()).containsExactly(0);
                assertThat((Object[]) ((Array) rows.getObject("n")).getArray()).containsExactly(0);
                try (ResultSet elements = rows.getArray("a").getResultSet()) {
                    elements.next();
                    assertThat(elements.getString(2)).isEqualTo("***");
                }
                Blob blob = rows.getBlob("b");
                assertThat(new String(blob.getBytes(1, 10), java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo("***");
                Clob clob = rows.getClob("c");
                assertThat(clob.getSubString(1, 100)).isEqualTo("***");
                assertThat(rows.getObject("u")).isEqualTo(new UUID(0, 0));
                assertThat(rows.getObject("i")).isNull();
                for (int i = 1; i <= 9; i++) {
                    assertThat(String.valueOf(rows.getString(i)))
                            .as("column %d", i)
                            .doesNotContain("4711");
                    Object value = rows.getObject(i);
                    String text = value instanceof byte[] bytes
                            ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                            : String.valueOf(value);
                    assertThat(text).as("column %d", i).doesNotContain("4711");
                }
            }
        }
    }

    @Test
    void anHstoreIsMaskedInItsValues() throws Exception {
        io.sallyport.core.mask.ColumnMask mask =
                io.sallyport.core.mask.ColumnMasks.of("r", io.sallyport.core.mask.function.MaskingFunctions.redact());
        assertThat(mask.apply("x", String.class)).isEqualTo("*");
        WovenProcess.GATE.reset();
        WovenProcess.GATE.masksByLabel = Map.of("h", mask);
        try (Connection pg = connect();
                Statement s = pg.createStatement();
                ResultSet made = extension(s)) {
            if (made == null) {
                return;
            }
            made.next();
            assertThat((Map<?, ?>) made.getObject("h")).isEqualTo(Map.of("pin", "***"));
        } finally {
            WovenProcess.GATE.reset();
        }
    }

    /** {@code null} where the server has no such extension. */
    private static ResultSet extension(Statement s) throws SQLException {
        try {
            s.execute("CREATE EXTENSION IF NOT EXISTS hstore");
        } catch (SQLException notInstalled) {
            return null;
        }
        return s.executeQuery("SELECT 'pin=>4711'::hstore AS h");
    }
}
