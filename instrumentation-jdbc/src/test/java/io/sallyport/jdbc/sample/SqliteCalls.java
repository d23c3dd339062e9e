package io.sallyport.jdbc.sample;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.Collation;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.NativeDB;
import org.sqlite.javax.SQLiteConnectionPoolDataSource;
import org.sqlite.jdbc4.JDBC4Connection;

/** Calls of SQLite's own public API, as application code makes them. */
public final class SqliteCalls {

    private SqliteCalls() {}

    public static Object database(Connection c) throws SQLException {
        return ((SQLiteConnection) c).getDatabase();
    }

    public static Object databaseOfStatement(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            return ((CoreStatement) s).getDatabase();
        }
    }

    /** Reads a column of the current row past the result set. */
    public static Object column(ResultSet rows) throws SQLException {
        return ((CoreStatement) rows.getStatement()).pointer.safeRun((db, pointer) -> db.column_text(pointer, 0));
    }

    public static Object construct(Connection c) throws SQLException {
        return new JDBC4Connection("jdbc:sqlite::memory:", ":memory:", new java.util.Properties());
    }

    public static Object open(Connection c) throws SQLException {
        NativeDB db = new NativeDB("jdbc:sqlite::memory:", ":memory:", new SQLiteConfig());
        db.open(":memory:", 6);
        return db;
    }

    public static Object serialize(Connection c) throws SQLException {
        return ((SQLiteConnection) c).serialize("main");
    }

    public static Object deserialize(Connection c) throws SQLException {
        ((SQLiteConnection) c).deserialize("main", new byte[0]);
        return null;
    }

    public static Object function(Connection c) throws SQLException {
        Function.create(c, "seen", new Function() {
            @Override
            protected void xFunc() throws SQLException {
                result(value_text(0).length());
            }
        });
        return null;
    }

    public static Object collation(Connection c) throws SQLException {
        Collation.create(c, "seen", new Collation() {
            @Override
            protected int xCompare(String one, String other) {
                return one.compareTo(other);
            }
        });
        return null;
    }

    public static Connection dataSource(String url) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(url);
        return source.getConnection();
    }

    public static Connection poolDataSource(String url) throws SQLException {
        SQLiteConnectionPoolDataSource source = new SQLiteConnectionPoolDataSource();
        source.setUrl(url);
        return source.getPooledConnection().getConnection();
    }

    public static Connection loadingExtensions(String url) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(url);
        source.setLoadExtension(true);
        return source.getConnection();
    }
}
