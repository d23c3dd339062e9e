package io.example.probe;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;

/**
 * Prints everything about JDBC that an application could notice and that is the same at every run: values, types, exceptions, metadata,
 * what the pool does. Arguments: URL, user, password.
 */
public final class Noticeable {

    private static final String TYPES = "SELECT CAST(7 AS int) AS an_int, CAST(8 AS bigint) AS a_bigint,"
            + " CAST('text' AS varchar(20)) AS a_text, CAST(1.50 AS numeric(10,2)) AS a_numeric, CAST(2.5 AS double precision) AS a_double,"
            + " CAST('2024-02-29' AS date) AS a_date, CAST('2024-02-29 12:34:56' AS timestamp) AS a_timestamp, true AS a_boolean,"
            + " CAST(NULL AS int) AS a_null, CAST(NULL AS varchar(5)) AS a_null_text";

    private Noticeable() {}

    public static void main(String[] arguments) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername(arguments[1]);
        config.setPassword(arguments[2]);
        config.setMaximumPoolSize(2);
        config.setPoolName("noticeable");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (Connection c = pool.getConnection()) {
                connection(c);
                tables(c);
                prepared(c);
                transactions(c);
                cursors(c);
            }
            say("pool", pool.getHikariPoolMXBean().getTotalConnections() > 0, pool.isRunning());
        }
        // The rest provokes failures after which a pool would throw its connection away.
        try (Connection c = DriverManager.getConnection(arguments[0], arguments[1], arguments[2])) {
            connection(c);
            getters(c);
            batches(c);
            failures(c);
            closed(c);
        }
        System.out.println("end");
    }

    private static void say(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(word).append(' ');
        }
        System.out.println(line.toString().strip());
    }

    private static void failing(String what, Work work) {
        try {
            work.run();
            say(what, "passed");
        } catch (SQLException e) {
            for (SQLException at = e; at != null; at = at.getNextException()) {
                say(what, at.getClass().getName(), at.getSQLState(), at.getErrorCode(), at.getMessage());
                say(what, "cause", at.getCause() == null ? null : at.getCause().getClass());
            }
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static void connection(Connection c) throws SQLException {
        DatabaseMetaData meta = c.getMetaData();
        say(
                meta.getDatabaseProductName(),
                meta.getDatabaseProductVersion(),
                meta.getDriverName(),
                meta.getDriverVersion());
        say(meta.getURL(), meta.getUserName(), meta.getMaxConnections(), meta.getIdentifierQuoteString());
        say(c.getAutoCommit(), c.getTransactionIsolation(), c.isReadOnly(), c.getHoldability(), c.getSchema());
        say(c.getClass().getName(), c.isWrapperFor(Connection.class), c.isValid(5), c.getWarnings());
        Connection driver = c.unwrap(Connection.class);
        say(
                driver.getClass().getName(),
                Arrays.stream(driver.getClass().getInterfaces())
                        .map(Class::getName)
                        .filter(n ->
                                !n.contains("Sallyport")) // the marker of injected state, which only reflection shows
                        .sorted()
                        .toList());
        say(c.nativeSQL("SELECT {fn ucase('x')}"), c.getTypeMap());
    }

    private static void tables(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            say(
                    "create",
                    s.execute(
                            "CREATE TABLE noticed (id int PRIMARY KEY, label varchar(20) NOT NULL, amount numeric(10,2))"));
            say(s.getUpdateCount(), s.getResultSet(), s.getMoreResults(), s.getUpdateCount());
            say(
                    "insert",
                    s.executeUpdate(
                            "INSERT INTO noticed VALUES (1, 'one', 1.10), (2, 'two', 2.20), (3, 'three', NULL)"));
            say("large", s.executeLargeUpdate("UPDATE noticed SET amount = 9 WHERE id > 100"));
        }
        try (ResultSet columns = c.getMetaData().getColumns(null, null, null, null)) {
            int count = 0;
            while (columns.next()) {
                if (columns.getString("TABLE_NAME").equalsIgnoreCase("noticed")) {
                    count++;
                    say(
                            "column",
                            columns.getString("COLUMN_NAME"),
                            columns.getInt("DATA_TYPE"),
                            columns.getString("TYPE_NAME"));
                }
            }
            say("columns", count);
        }
    }

    private static void getters(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(TYPES)) {
            ResultSetMetaData meta = rows.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                say(
                        meta.getColumnLabel(i),
                        meta.getColumnType(i),
                        meta.getColumnTypeName(i),
                        meta.getColumnClassName(i),
                        meta.getPrecision(i),
                        meta.getScale(i),
                        meta.isNullable(i),
                        meta.getTableName(i));
            }
            say(
                    rows.getType(),
                    rows.getConcurrency(),
                    rows.isBeforeFirst(),
                    rows.getStatement() == s,
                    rows.next(),
                    rows.getRow());
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                Object value = rows.getObject(i);
                say(i, value == null ? null : value.getClass().getName(), value, rows.wasNull(), rows.getString(i));
            }
            say(rows.getInt(9), rows.wasNull(), rows.getInt("a_null"), rows.wasNull(), rows.findColumn("a_date"));
            failing("absent column", () -> rows.getString("nowhere"));
            failing("column 99", () -> rows.getInt(99));
            failing("int of text", () -> rows.getInt("a_text"));
        }
        for (String column : new String[] {"an_int", "a_text", "a_numeric", "a_timestamp", "a_null"}) {
            Getters.ALL.forEach((name, getter) -> {
                try (Statement s = c.createStatement();
                        ResultSet rows = s.executeQuery("SELECT " + column + " FROM (" + TYPES + ") x")) {
                    rows.next();
                    say(column, name, Getters.read(getter, rows).replaceAll("@[0-9a-f]+", "@"));
                } catch (SQLException e) {
                    say(column, name, "select", e.getSQLState());
                }
            });
        }
    }

    private static void prepared(Connection c) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("SELECT id, label FROM noticed WHERE id >= ? AND label <> ? ORDER BY id")) {
            ParameterMetaData parameters = s.getParameterMetaData();
            say("parameters", parameters.getParameterCount(), s.getMetaData().getColumnName(2));
            s.setInt(1, 2);
            failing("missing parameter", s::executeQuery);
            s.setString(2, "it's ; -- nothing");
            for (int i = 0; i < 7; i++) {
                // More often than pgjdbc's threshold for server-side statements.
                try (ResultSet rows = s.executeQuery()) {
                    int n = 0;
                    while (rows.next()) {
                        n += rows.getInt("id");
                    }
                    say("sum", n, rows.isAfterLast());
                }
            }
            s.clearParameters();
            s.setObject(1, 3, Types.INTEGER);
            s.setNull(2, Types.VARCHAR);
            say("execute", s.execute(), s.getResultSet().next(), s.getMaxRows(), s.getFetchSize(), s.getQueryTimeout());
        }
        try (PreparedStatement s =
                c.prepareStatement("INSERT INTO noticed (id, label) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            s.setInt(1, 4);
            s.setString(2, "four");
            say("keys", s.executeUpdate(), s.getGeneratedKeys().next());
        }
        try (CallableStatement s = c.prepareCall("{? = call abs(?)}")) {
            s.registerOutParameter(1, Types.INTEGER);
            s.setInt(2, -5);
            s.execute();
            say("call", s.getInt(1), s.wasNull(), s.getObject(1));
        } catch (SQLException e) {
            say("call", e.getClass().getName(), e.getSQLState(), e.getMessage());
        }
    }

    private static void batches(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.addBatch("UPDATE noticed SET label = 'ONE' WHERE id = 1");
            s.addBatch("DELETE FROM noticed WHERE id = 4");
            say("batch", Arrays.toString(s.executeBatch()));
            s.addBatch("UPDATE noticed SET label = 'TWO' WHERE id = 2");
            s.clearBatch();
            say("cleared", Arrays.toString(s.executeBatch()));
        }
        try (PreparedStatement s = c.prepareStatement("INSERT INTO noticed (id, label) VALUES (?, ?)")) {
            for (int id : new int[] {5, 6, 1}) {
                s.setInt(1, id);
                s.setString(2, "b" + id);
                s.addBatch();
            }
            try {
                s.executeBatch();
            } catch (BatchUpdateException e) {
                say("batch", e.getSQLState(), Arrays.toString(e.getUpdateCounts()), e.getMessage());
            }
        }
    }

    private static void transactions(Connection c) throws SQLException {
        c.setAutoCommit(false);
        try (Statement s = c.createStatement()) {
            s.executeUpdate("UPDATE noticed SET label = 'gone' WHERE id = 3");
            Savepoint point = c.setSavepoint("here");
            s.executeUpdate("DELETE FROM noticed");
            c.rollback(point);
            say("inside", count(c));
            c.rollback();
            say("outside", count(c));
            c.commit();
        }
        c.setAutoCommit(true);
    }

    private static int count(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT count(*) FROM noticed WHERE label <> 'gone'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void cursors(Connection c) throws SQLException {
        try (Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            s.setFetchSize(1);
            s.setMaxRows(2);
            ResultSet rows = s.executeQuery("SELECT id, label, amount FROM noticed ORDER BY id");
            say(
                    rows.last(),
                    rows.getRow(),
                    rows.first(),
                    rows.getInt(1),
                    rows.absolute(2),
                    rows.getString("label"),
                    rows.relative(-1));
            rows.updateString("label", "changed");
            rows.updateRow();
            say(rows.getString(2), rows.isLast(), rows.getFetchSize());
            s.close();
            failing("rows of a closed statement", rows::next);
        }
        try (Statement s = c.createStatement()) {
            Array array = null;
            try {
                array = c.createArrayOf("integer", new Object[] {1, 2});
                say("array", array.getBaseTypeName(), Arrays.toString((Object[]) array.getArray()));
            } catch (SQLException e) {
                say("array", e.getSQLState(), e.getMessage());
            }
        }
    }

    private static void failures(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            failing("syntax", () -> s.executeQuery("SELEKT 1"));
            failing("absent table", () -> s.executeQuery("SELECT * FROM nowhere"));
            failing("absent column", () -> s.executeQuery("SELECT nothing FROM noticed"));
            failing("duplicate", () -> s.executeUpdate("INSERT INTO noticed VALUES (1, 'x', 0)"));
            failing("null", () -> s.executeUpdate("INSERT INTO noticed VALUES (77, NULL, 0)"));
            failing(
                    "division",
                    () -> s.executeQuery("SELECT 1 / (id - id) FROM noticed").next());
            failing("query that is an update", () -> s.executeQuery("UPDATE noticed SET id = id WHERE id = 1"));
            failing("update that is a query", () -> s.executeUpdate("SELECT 1"));
            failing("empty", () -> s.execute(""));
            failing("null text", () -> s.execute("SELECT " + null));
            failing("two", () -> s.execute("SELECT 1; SELECT 2"));
        }
    }

    private static void closed(Connection c) throws SQLException {
        Statement s = c.createStatement();
        s.close();
        failing("closed statement", () -> s.execute("SELECT 1"));
        say(s.isClosed(), c.isClosed());
        try (Statement last = c.createStatement()) {
            say("drop", last.executeUpdate("DROP TABLE noticed"));
        }
        c.close();
        failing("closed connection", c::createStatement);
        say(c.isClosed());
    }
}
