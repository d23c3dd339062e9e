package io.sallyport.jdbc;

import io.sallyport.testing.MariaDb;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** One version of a driver that talks to MariaDB. */
enum MysqlDriver {
    MYSQL_26("mysql-connector-j-26.10.0"),
    MYSQL_9("mysql-connector-j-9.7.0"),
    MYSQL_8("mysql-connector-j-8.0.33"),
    MARIADB_4("mariadb-java-client-4.0.0"),
    MARIADB_3("mariadb-java-client-3.5.11"),
    MARIADB_2("mariadb-java-client-2.7.12");

    private static final ConcurrentHashMap<String, ClassLoader> LOADERS = new ConcurrentHashMap<>();

    private final String jar;

    MysqlDriver(String jar) {
        this.jar = jar;
    }

    static List<MysqlDriver> all() {
        return List.of(values());
    }

    boolean isMysql() {
        return jar.startsWith("mysql");
    }

    ClassLoader loader() {
        return LOADERS.computeIfAbsent(jar, WovenProcess::application);
    }

    Driver driver() {
        return WovenProcess.driver(loader(), isMysql() ? "com.mysql.cj.jdbc.Driver" : "org.mariadb.jdbc.Driver");
    }

    /** A URL of this driver, with {@code tail} behind the port. */
    String url(int port, String tail) {
        return (isMysql() ? "jdbc:mysql" : "jdbc:mariadb") + "://localhost:" + port + tail;
    }

    Connection connect(MariaDb server, String... settings) throws SQLException {
        return open(url(server.port(), "/" + server.database()), server, settings);
    }

    Connection open(String url, MariaDb server, String... settings) throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", server.user());
        info.setProperty("password", server.password());
        for (int i = 0; i < settings.length; i += 2) {
            info.setProperty(settings[i], settings[i + 1]);
        }
        return driver().connect(url, info);
    }
}
