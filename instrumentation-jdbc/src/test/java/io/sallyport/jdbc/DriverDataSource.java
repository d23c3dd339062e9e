package io.sallyport.jdbc;

import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.lang.reflect.Method;

/** The data sources that drivers bring, each of its own kind: plain, pooled, distributed or all of them in one class. */
enum DriverDataSource {
    PG_SIMPLE("org.postgresql.ds.PGSimpleDataSource", null),
    PG_POOLED("org.postgresql.ds.PGConnectionPoolDataSource", null),
    PG_POOLING("org.postgresql.ds.PGPoolingDataSource", null),
    PG_XA("org.postgresql.xa.PGXADataSource", null),
    PG_OLD_XA("org.postgresql.xa.PGXADataSource", null),
    MYSQL_SIMPLE("com.mysql.cj.jdbc.MysqlDataSource", MysqlDriver.MYSQL_26),
    MYSQL_POOLED("com.mysql.cj.jdbc.MysqlConnectionPoolDataSource", MysqlDriver.MYSQL_26),
    MYSQL_XA("com.mysql.cj.jdbc.MysqlXADataSource", MysqlDriver.MYSQL_26),
    MYSQL_8_XA("com.mysql.cj.jdbc.MysqlXADataSource", MysqlDriver.MYSQL_8),
    MARIADB("org.mariadb.jdbc.MariaDbDataSource", MysqlDriver.MARIADB_4),
    MARIADB_POOL("org.mariadb.jdbc.MariaDbPoolDataSource", MysqlDriver.MARIADB_4),
    MARIADB_2("org.mariadb.jdbc.MariaDbDataSource", MysqlDriver.MARIADB_2),
    MARIADB_2_POOL("org.mariadb.jdbc.MariaDbPoolDataSource", MysqlDriver.MARIADB_2),
    H2("org.h2.jdbcx.JdbcDataSource", null),
    SQLITE("org.sqlite.SQLiteDataSource", null),
    SQLITE_POOLED("org.sqlite.javax.SQLiteConnectionPoolDataSource", null);

    final String type;
    private final MysqlDriver mysql;

    DriverDataSource(String type, MysqlDriver mysql) {
        this.type = type;
        this.mysql = mysql;
    }

    /** What it may be asked for is told by its interfaces. SQLite's is of the file {@code sqlite}. */
    Object source(TlsPostgres postgres, MariaDb mariadb, String sqlite) throws Exception {
        ClassLoader loader = mysql == null ? WovenProcess.APPLICATION : mysql.loader();
        if (this == PG_OLD_XA) {
            loader = WovenProcess.application("postgresql-42.2.29");
        }
        Object source = loader.loadClass(type).getConstructor().newInstance();
        if (type.startsWith("org.postgresql.")) {
            set(source, "setUrl", postgres.url());
            login(source, postgres.user(), postgres.password());
        } else if (mysql != null) {
            // TLS cannot be raised for those of version 2: MysqlTlsTest.
            int port = mysql == MysqlDriver.MARIADB_2 ? mariadb.unwatchedPort() : mariadb.port();
            set(source, "setUrl", mysql.url(port, "/app") + (fillsPool() ? "?maxPoolSize=4" : ""));
            login(source, mariadb.user(), mariadb.password());
        } else if (this == H2) {
            set(source, "setURL", "jdbc:h2:mem:datasources;DB_CLOSE_DELAY=-1");
        } else {
            set(source, "setUrl", "jdbc:sqlite:" + sqlite);
        }
        return source;
    }

    /** Whether it opens connections when it likes, and keeps them. */
    boolean fillsPool() {
        return name().endsWith("POOL");
    }

    private static void login(Object source, String user, String password) throws Exception {
        set(source, "setUser", user);
        set(source, "setPassword", password);
    }

    private static void set(Object on, String method, String value) throws Exception {
        Method setter = on.getClass().getMethod(method, String.class);
        setter.invoke(on, value);
    }
}
