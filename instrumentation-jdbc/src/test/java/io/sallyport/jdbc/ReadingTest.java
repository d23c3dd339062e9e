package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.core.mask.ColumnMask;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SimpleTimeZone;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every public getter of H2's result set, in both forms, on columns of every type: unmasked like the plain driver, masked not at all. */
class ReadingTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;
    private static final String URL = "jdbc:h2:mem:reading";
    private static final String SECRET = "4111";
    private Connection woven;

    @BeforeEach
    void open() throws SQLException {
        GATE.reset();
        woven = WovenProcess.connect(URL);
        Readings.prepare(woven);
    }

    @AfterEach
    void close() throws SQLException {
        GATE.reset();
        woven.close();
    }

    @Test
    void anUnmaskedColumnReadsLikeThePlainDriversInEveryForm() throws Exception {
        GATE.masksByLabel = Map.of("c_other", WovenProcess.textOnly("masked"));
        compareWithPlain();
    }

    @Test
    void aColumnBesideAMaskedOneReadsLikeThePlainDriversInEveryForm() throws Exception {
        GATE.masksByLabel = Map.of("c_null", WovenProcess.textOnly("masked"));
        compareWithPlain();
    }

    @Test
    void aMistakenColumnFailsAsWithTheDriverAloneBesideAMaskedOne() throws Exception {
        try (Statement plain = woven.createStatement();
                ResultSet clear = plain.executeQuery("SELECT 1 AS a")) {
            clear.next();
            GATE.masksByLabel = Map.of("a", WovenProcess.textOnly("masked"));
            try (Statement s = woven.createStatement();
                    ResultSet masked = s.executeQuery("SELECT 1 AS a")) {
                masked.next();
                for (int column : new int[] {0, 2, -1}) {
                    assertThat(failure(() -> masked.getString(column)))
                            .isEqualTo(failure(() -> clear.getString(column)));
                    assertThat(failure(() -> masked.getInt(column))).isEqualTo(failure(() -> clear.getInt(column)));
                }
                assertThat(failure(() -> masked.getObject("nope"))).isEqualTo(failure(() -> clear.getObject("nope")));
                assertThat(failure(() -> masked.getLong("nope"))).isEqualTo(failure(() -> clear.getLong("nope")));
            }
        }
    }

    private static String failure(ThrowingCallable call) {
        SQLException failure = catchThrowableOfType(SQLException.class, call);
        return failure.getClass().getName() + " " + failure.getSQLState() + " " + failure.getMessage();
    }

    private void compareWithPlain() throws Exception {
        Map<String, String> readings = Readings.of(woven);
        assertThat(readings.keySet())
                .isEqualTo(WovenProcess.PLAIN_READINGS.keySet())
                .hasSizeGreaterThan(1_000);
        readings.forEach((getter, shown) -> {
            // The engine's own object for NULL is no value, and not handed out for a masked column.
            boolean ownNull = getter.contains("getInternal") && getter.contains("c_null");
            if (!ownNull) {
                assertThat(shown).as(getter).isEqualTo(WovenProcess.PLAIN_READINGS.get(getter));
            }
        });
    }

    @Test
    void aMaskedColumnShowsItsValueInNoFormOfAnyPublicGetter() throws Exception {
        Map<String, ColumnMask> all = new HashMap<>();
        for (String label : Readings.LABELS) {
            all.put(label, WovenProcess.textOnly("masked"));
        }
        GATE.masksByLabel = all;
        Map<String, String> readings = Readings.of(woven);
        assertThat(readings).hasSizeGreaterThan(1_000);
        readings.forEach((getter, shown) -> assertThat(shown).as(getter).doesNotContain(SECRET, "2026", "true (was"));
    }

    @Test
    void aMaskedTextIsMaskedInEveryTextForm() throws Exception {
        GATE.masksByLabel =
                Map.of("c_text", WovenProcess.textOnly("masked"), "c_clob", WovenProcess.textOnly("masked"));
        try (Statement s = woven.createStatement();
                ResultSet rows = s.executeQuery("SELECT c_text, c_clob FROM v")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("masked");
            assertThat(rows.wasNull()).isFalse();
            assertThat(rows.getString("C_TEXT")).isEqualTo("masked");
            assertThat(rows.getNString("c_text")).isEqualTo("masked");
            assertThat(rows.getObject(1)).isEqualTo("masked");
            assertThat(rows.getObject(1, String.class)).isEqualTo("masked");
            assertThat(rows.getClob(2).getSubString(1, 100)).isEqualTo("masked");
        }
    }

    @Test
    void aRowSetKeepsWhatItsReaderWasShown() throws Exception {
        GATE.masksByLabel = Map.of("c_text", WovenProcess.textOnly("masked"));
        try (Statement s = woven.createStatement();
                ResultSet rows = s.executeQuery("SELECT c_text, c_big FROM v");
                CachedRowSet kept = RowSetProvider.newFactory().createCachedRowSet()) {
            kept.populate(rows);
            kept.next();
            assertThat(kept.getString(1)).isEqualTo("masked");
            assertThat(kept.getObject("c_text")).isEqualTo("masked");
            assertThat(kept.getLong(2)).isEqualTo(41110000L);
        }
    }

    @Test
    void aMaskThatGivesNullMakesAPrimitiveZeroAndWasNullTrue() throws Exception {
        GATE.masksByLabel = Map.of("c_int", WovenProcess.textOnly("masked"));
        try (Statement s = woven.createStatement();
                ResultSet rows = s.executeQuery("SELECT c_int, c_big FROM v")) {
            rows.next();
            assertThat(rows.getInt("c_int")).isZero();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getLong(2)).isEqualTo(41110000L);
            assertThat(rows.wasNull()).isFalse();
            assertThat(rows.getObject(1, Integer.class)).isNull();
            assertThat(rows.wasNull()).isTrue();
        }
    }

    @Test
    void aMaskThatFailsWithholdsTheValue() throws Exception {
        GATE.masksByLabel = Map.of("c_text", new ColumnMask() {
            @Override
            public String rule() {
                return "broken";
            }

            @Override
            public Object apply(Object value, Class<?> requested) {
                throw new IllegalStateException("broken");
            }
        });
        try (Statement s = woven.createStatement();
                ResultSet rows = s.executeQuery("SELECT c_text FROM v")) {
            rows.next();
            assertThat(rows.getString(1)).isNull();
        }
    }

    @Test
    void theDriversMessageDoesNotQuoteAMaskedValue() throws Exception {
        GATE.masksByLabel = Map.of("c_text", WovenProcess.textOnly("masked"));
        try (Statement s = woven.createStatement();
                ResultSet rows = s.executeQuery("SELECT c_text FROM v")) {
            rows.next();
            assertThatThrownBy(() -> rows.getInt(1))
                    .isInstanceOf(SQLException.class)
                    .hasMessageNotContaining(SECRET)
                    .hasNoCause();
        }
    }

    @Test
    void resultsOfEveryKindOfExecutionAreMasked() throws Exception {
        GATE.masksByLabel = Map.of("c_text", WovenProcess.textOnly("masked"));
        try (Statement s = woven.createStatement();
                PreparedStatement p = woven.prepareStatement("SELECT c_text FROM v")) {
            s.execute("SELECT c_text FROM v");
            assertThat(first(s.getResultSet())).isEqualTo("masked");
            assertThat(first(p.executeQuery())).isEqualTo("masked");
            p.execute();
            assertThat(first(p.getResultSet())).isEqualTo("masked");
            s.executeUpdate("UPDATE v SET c_int = 1", new String[] {"c_text"});
            assertThat(first(s.getGeneratedKeys())).isEqualTo("masked");
        }
    }

    @Test
    void metadataOfTheDatabaseAndItsResultsStayAsTheyAre() throws Exception {
        GATE.masksByLabel = Map.of("table_name", WovenProcess.textOnly("masked"));
        try (ResultSet tables = woven.getMetaData().getTables(null, null, "V", null)) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString("TABLE_NAME")).isEqualTo("V");
        }
    }

    @Test
    void aMaskedColumnIsNotUpdatedThroughItsResultAndAnotherOneIsDecided() throws Exception {
        GATE.masksByLabel = Map.of("c_text", WovenProcess.textOnly("masked"));
        try (Statement s = woven.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            s.execute("CREATE TABLE u (id INT PRIMARY KEY, c_text VARCHAR(20), n INT)");
            s.execute("INSERT INTO u VALUES (1, 'secret', 1)");
            try (ResultSet rows = s.executeQuery("SELECT id, c_text, n FROM u")) {
                rows.next();
                assertThatThrownBy(() -> rows.updateString("c_text", "x")).isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> rows.updateString(2, "x")).isInstanceOf(SQLException.class);
                rows.updateInt("n", 2);
                GATE.asked.clear();
                rows.updateRow();
                assertThat(GATE.statements()).singleElement().asString().startsWith("UPDATE \"PUBLIC\".\"U\"");
                assertThat(rows.getString("c_text")).isEqualTo("masked");
                assertThat(rows.getInt("n")).isEqualTo(2);
                assertThat(stored("SELECT c_text AS stored FROM u"))
                        .as("the driver's own copy is not masked")
                        .isEqualTo("secret");
                rows.refreshRow();
                assertThat(rows.getString("c_text")).isEqualTo("masked");
                GATE.denySql("DELETE");
                assertThatThrownBy(rows::deleteRow).isInstanceOf(SQLException.class);
                assertThatThrownBy(rows::deleteRow).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void theEnginesOwnResultIsNotHandedOut() throws Exception {
        GATE.masksByLabel = Map.of("c_text", WovenProcess.textOnly("masked"));
        try (Statement s = woven.createStatement();
                ResultSet rows = s.executeQuery("SELECT c_text FROM v")) {
            Method raw = rows.getClass().getMethod("getResult");
            assertThatThrownBy(() -> raw.invoke(rows)).hasCauseInstanceOf(SQLException.class);
        }
    }

    /** Reads under a label that the scripted policy does not mask. */
    private String stored(String sql) throws SQLException {
        try (Statement s = woven.createStatement()) {
            return first(s.executeQuery(sql));
        }
    }

    private static String first(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getString(1);
    }

    @Test
    void aGetterOfOneThreadOpensNothingForAnother() throws Exception {
        GATE.masksByLabel = Map.of("c_text", WovenProcess.textOnly("masked"));
        int rounds = Integer.getInteger("sallyport.soak", 20_000);
        try (Statement s = woven.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                ResultSet rows = s.executeQuery("SELECT c_text FROM v")) {
            rows.next();
            java.util.Set<String> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();
            Runnable reader = () -> {
                for (int i = 0; i < rounds; i++) {
                    try {
                        seen.add(String.valueOf(rows.getString("c_text")));
                    } catch (SQLException e) {
                        seen.add(e.getClass().getName());
                    }
                }
            };
            Thread other = new Thread(reader);
            other.start();
            reader.run();
            other.join();
            assertThat(seen).isNotEmpty().noneMatch(v -> v.contains(SECRET));
        }
    }

    @Test
    void aResultStaysMaskedWhateverTheStatementIsAskedForAfterIt() throws SQLException {
        try (Statement s = woven.createStatement()) {
            s.execute("CREATE TABLE IF NOT EXISTS cards (card VARCHAR(20))");
            s.execute("INSERT INTO cards VALUES ('4111')");
        }
        EarlierResults.assertStayMasked(woven, "SELECT card FROM cards", "card", SECRET);
        EarlierResults.assertNextIsItsOwn(woven, "SELECT card FROM cards", "card", "SELECT card FROM cards", SECRET);
    }

    @Test
    void aMaskedDateIsSetInNoCalendarOfTheApplicationsAndToldToNoTimeZoneOfIts() throws Exception {
        try (Connection lite = WovenProcess.connect("jdbc:sqlite::memory:");
                Statement s = lite.createStatement()) {
            s.executeUpdate("CREATE TABLE t (born DATE, seen DATE)");
            s.executeUpdate("INSERT INTO t VALUES ('1987-06-05 04:03:02.000', '1987-06-05 04:03:02.000')");
            GATE.masksByLabel = Map.of("born", WovenProcess.textOnly("masked"));
            try (ResultSet rows = s.executeQuery("SELECT born, seen FROM t")) {
                rows.next();
                AskedZone zone = new AskedZone();
                Calendar calendar = new GregorianCalendar(zone);
                for (Object column : List.of(1, "born", 2, "seen")) {
                    boolean masked = column.equals(1) || column.equals("born");
                    zone.asked.clear();
                    calendar.setTimeInMillis(0);
                    Timestamp read = column instanceof Integer index
                            ? rows.getTimestamp(index, calendar)
                            : rows.getTimestamp((String) column, calendar);
                    assertThat(read == null).as("%s", column).isEqualTo(masked);
                    assertThat(zone.asked.stream().anyMatch(year -> year == 1987))
                            .as("%s", column)
                            .isEqualTo(!masked);
                }
            }
        }
    }

    /** Remembers the years that it was asked about. */
    private static final class AskedZone extends SimpleTimeZone {
        private static final long serialVersionUID = 1;
        private static final long YEAR = 31_556_952_000L;
        private final transient List<Long> asked = new ArrayList<>();

        AskedZone() {
            super(0, "asked");
        }

        @Override
        public int getOffset(long date) {
            asked.add(1970 + date / YEAR);
            return 0;
        }

        @Override
        public int getOffset(int era, int year, int month, int day, int dayOfWeek, int milliseconds) {
            asked.add((long) year);
            return 0;
        }

        @Override
        public Object clone() {
            return this;
        }
    }
}
