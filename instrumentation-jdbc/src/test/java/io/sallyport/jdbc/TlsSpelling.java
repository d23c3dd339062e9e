package io.sallyport.jdbc;

import io.sallyport.jdbc.ManInTheMiddle.Protocol;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XADataSource;

/**
 * One way to tell one driver how to encrypt.
 *
 * @param server what the driver talks to
 * @param how URL with {@code PORT} in it, for {@code Driver.connect}, or a data source's class with its setters
 * @param refusedFrom level from which on it is refused before anything is sent; {@code never} where it is raised
 */
record TlsSpelling(Server server, List<String> how, String refusedFrom) {

    static final String USER = "user-canary";
    static final String PASSWORD = "password-canary";

    private static final List<String> LEVELS = List.of("require", "verify-ca", "verify-full", "never");
    private static final Map<String, ClassLoader> LOADERS = new ConcurrentHashMap<>();

    /** A driver, and what of TLS it meets. */
    enum Server {
        POSTGRESQL("postgresql-42.7.14", "org.postgresql.Driver", Protocol.POSTGRESQL),
        POSTGRESQL_42_2("postgresql-42.2.29", "org.postgresql.Driver", Protocol.POSTGRESQL),
        MYSQL("mysql-connector-j-26.10.0", "com.mysql.cj.jdbc.Driver", Protocol.MYSQL),
        MYSQL_8("mysql-connector-j-8.0.33", "com.mysql.cj.jdbc.Driver", Protocol.MYSQL),
        MARIADB("mariadb-java-client-4.0.0", "org.mariadb.jdbc.Driver", Protocol.MYSQL),
        MARIADB_3("mariadb-java-client-3.5.11", "org.mariadb.jdbc.Driver", Protocol.MYSQL),
        MARIADB_2("mariadb-java-client-2.7.12", "org.mariadb.jdbc.Driver", Protocol.MYSQL),
        SQL_SERVER("mssql-jdbc-13.6.2.jre11", "com.microsoft.sqlserver.jdbc.SQLServerDriver", Protocol.TDS),
        SQL_SERVER_STRICT("mssql-jdbc-13.6.2.jre11", "com.microsoft.sqlserver.jdbc.SQLServerDriver", Protocol.TLS),
        ORACLE("ojdbc11-23.26.4.0.0", "oracle.jdbc.OracleDriver", Protocol.TLS),
        ORACLE_19("ojdbc8-19.3.0.0", "oracle.jdbc.OracleDriver", Protocol.TLS),
        H2("h2-2.4.240", "org.h2.Driver", Protocol.TLS);

        private final String jar;
        private final String driver;
        private final Protocol protocol;

        Server(String jar, String driver, Protocol protocol) {
            this.jar = jar;
            this.driver = driver;
            this.protocol = protocol;
        }
    }

    static List<TlsSpelling> all() {
        List<TlsSpelling> all = new ArrayList<>();
        postgresql(all);
        mysql(all);
        mariadb(all);
        others(all);
        return all;
    }

    private static void postgresql(List<TlsSpelling> all) {
        String url = "jdbc:postgresql://localhost:PORT/app";
        for (Server s : List.of(Server.POSTGRESQL, Server.POSTGRESQL_42_2)) {
            for (String raised : List.of(
                    "",
                    "?sslmode=prefer",
                    "?sslmode=allow",
                    "?sslmode=require",
                    "?ssl=false",
                    "?ssl=true&sslmode=allow",
                    "?sslmode=disable&sslmode=prefer",
                    "?sslfactory=org.postgresql.ssl.NonValidatingFactory",
                    "?sslmode=require&sslfactory=org.postgresql.ssl.NonValidatingFactory&gssEncMode=prefer",
                    "?gssEncMode=allow")) {
                all.add(new TlsSpelling(s, List.of(url + raised), "never"));
            }
            for (String refused : List.of("?sslmode=disable", "?sslmode=DISABLE", "?sslmode=prefer&sslmode=disable")) {
                all.add(new TlsSpelling(s, List.of(url + refused), "require"));
            }
        }
        Server s = Server.POSTGRESQL;
        all.add(new TlsSpelling(s, List.of(url + "?gssEncMode=require"), "require"));
        all.add(new TlsSpelling(s, List.of(url, "sslmode=prefer"), "never"));
        all.add(new TlsSpelling(s, List.of(url, "sslmode=disable"), "require"));
        all.add(new TlsSpelling(s, List.of(url + "?sslmode=prefer", "sslmode=disable"), "never"));
        all.add(new TlsSpelling(
                s, List.of("jdbc:postgresql://localhost:PORT,localhost:PORT/app?sslmode=allow"), "never"));
        all.add(new TlsSpelling(
                s, List.of("jdbc:postgresql://localhost:PORT,localhost:PORT/app?sslmode=disable"), "require"));
        all.add(new TlsSpelling(s, List.of("jdbc:postgresql://?service=canary"), "never"));
        all.add(new TlsSpelling(s, List.of("jdbc:postgresql://?service=plain"), "require"));
        for (String type : List.of("PGSimpleDataSource", "PGConnectionPoolDataSource", "PGPoolingDataSource")) {
            String bean = "org.postgresql.ds." + type;
            all.add(new TlsSpelling(
                    s,
                    List.of(bean, "serverNames=localhost", "portNumbers=PORT", "databaseName=app", "sslMode=allow"),
                    "never"));
            all.add(new TlsSpelling(
                    s,
                    List.of(bean, "serverNames=localhost", "portNumbers=PORT", "databaseName=app", "sslMode=disable"),
                    "require"));
        }
        all.add(new TlsSpelling(
                s,
                List.of(
                        "org.postgresql.ds.PGSimpleDataSource",
                        "url=" + url,
                        "sslMode=require",
                        "sslfactory=org.postgresql.ssl.NonValidatingFactory"),
                "never"));
        all.add(new TlsSpelling(
                s, List.of("org.postgresql.xa.PGXADataSource", "url=" + url, "sslMode=disable"), "require"));
    }

    private static void mysql(List<TlsSpelling> all) {
        Server s = Server.MYSQL;
        String url = "jdbc:mysql://localhost:PORT/app";
        for (String raised : List.of(
                "",
                "?sslMode=PREFERRED",
                "?sslMode=preferred",
                "?useSSL=true",
                "?requireSSL=true",
                "?useSSL=true&requireSSL=false&verifyServerCertificate=false",
                "?verifyServerCertificate=false",
                "?sslMode=REQUIRED&trustCertificateKeyStoreUrl=")) {
            all.add(new TlsSpelling(s, List.of(url + raised), "never"));
        }
        for (String refused : List.of("?sslMode=DISABLED", "?useSSL=false", "?SSLMODE=disabled", "?usessl=FALSE")) {
            all.add(new TlsSpelling(s, List.of(url + refused), "require"));
        }
        all.add(new TlsSpelling(s, List.of(url, "sslMode=DISABLED"), "require"));
        all.add(new TlsSpelling(s, List.of(url + "?sslMode=PREFERRED", "useSSL=false"), "never"));
        all.add(new TlsSpelling(
                s, List.of("jdbc:mysql://address=(host=localhost)(port=PORT)(sslMode=DISABLED)/app"), "require"));
        all.add(new TlsSpelling(s, List.of("jdbc:mysql://(host=localhost,port=PORT,useSSL=false)/app"), "require"));
        all.add(new TlsSpelling(
                s,
                List.of(
                        "jdbc:mysql://(host=localhost,port=PORT),(host=localhost,port=PORT,sslMode=DISABLED)/app?retriesAllDown=1"),
                "require"));
        all.add(new TlsSpelling(
                s, List.of("jdbc:mysql:loadbalance://localhost:PORT,localhost:PORT/app?retriesAllDown=1"), "never"));
        all.add(new TlsSpelling(
                s,
                List.of("jdbc:mysql:replication://localhost:PORT,localhost:PORT/app?sslMode=DISABLED&retriesAllDown=1"),
                "require"));
        for (String bean : List.of(
                "com.mysql.cj.jdbc.MysqlDataSource",
                "com.mysql.cj.jdbc.MysqlConnectionPoolDataSource",
                "com.mysql.cj.jdbc.MysqlXADataSource")) {
            all.add(new TlsSpelling(s, List.of(bean, "url=" + url, "sslMode=PREFERRED"), "never"));
            all.add(new TlsSpelling(s, List.of(bean, "url=" + url, "sslMode=DISABLED"), "require"));
        }
    }

    private static void mariadb(List<TlsSpelling> all) {
        Server s = Server.MARIADB;
        String url = "jdbc:mariadb://localhost:PORT/app";
        for (String raised : List.of(
                "",
                "?sslMode=trust",
                "?useSsl=true&trustServerCertificate=true",
                "?sslMode=TRUST",
                "?sslMode=verify-ca")) {
            all.add(new TlsSpelling(s, List.of(url + raised), "never"));
        }
        for (String refused : List.of("?sslMode=disable", "?useSsl=false", "?useSSL=false", "?sslMode=DISABLE")) {
            all.add(new TlsSpelling(s, List.of(url + refused), "require"));
        }
        all.add(new TlsSpelling(s, List.of(url, "sslMode=disable"), "require"));
        all.add(new TlsSpelling(
                s,
                List.of("jdbc:mariadb:sequential://localhost:PORT,localhost:PORT/app?sslMode=trust&retriesAllDown=1"),
                "never"));
        all.add(new TlsSpelling(
                s,
                List.of(
                        "jdbc:mariadb:loadbalance://address=(host=localhost)(port=PORT)/app?sslMode=disable&retriesAllDown=1"),
                "require"));
        // Its getConnection opens a parsed configuration, which does not tell the default from what was said: raised,
        // then, and not refused.
        String bean = "org.mariadb.jdbc.MariaDbDataSource";
        all.add(new TlsSpelling(s, List.of(bean, "url=" + url + "?sslMode=trust"), "never"));
        all.add(new TlsSpelling(s, List.of(bean, "url=" + url + "?sslMode=disable"), "never"));
    }

    private static void others(List<TlsSpelling> all) {
        Server s = Server.SQL_SERVER;
        String url = "jdbc:sqlserver://localhost:PORT;databaseName=app;connectRetryCount=0;loginTimeout=20";
        for (String raised :
                List.of("", ";encrypt=true", ";encrypt=mandatory", ";encrypt=true;trustServerCertificate=false")) {
            all.add(new TlsSpelling(s, List.of(url + raised), "never"));
        }
        for (String refused : List.of(";encrypt=false", ";encrypt=optional", ";encrypt=no", ";Encrypt={false}")) {
            all.add(new TlsSpelling(s, List.of(url + refused), "require"));
        }
        all.add(new TlsSpelling(s, List.of(url + ";ENCRYPT=True;trustServerCertificate=true"), "never"));
        all.add(new TlsSpelling(s, List.of(url, "encrypt=false"), "require"));
        all.add(new TlsSpelling(s, List.of(url + ";encrypt=true;hostNameInCertificate=other.example"), "verify-full"));
        String bean = "com.microsoft.sqlserver.jdbc.SQLServerDataSource";
        all.add(new TlsSpelling(
                s,
                List.of(bean, "serverName=localhost", "portNumber=PORT", "encrypt=false", "connectRetryCount=0"),
                "require"));
        all.add(new TlsSpelling(Server.SQL_SERVER_STRICT, List.of(url + ";encrypt=strict"), "never"));
        for (Server oracle : List.of(Server.ORACLE, Server.ORACLE_19)) {
            for (String plain : List.of(
                    "jdbc:oracle:thin:@//localhost:PORT/app",
                    "jdbc:oracle:thin:@localhost:PORT:app",
                    "jdbc:oracle:thin:@tcp://localhost:PORT/app",
                    "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=localhost)(PORT=PORT))(CONNECT_DATA=(SERVICE_NAME=app)))",
                    "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(PROTOCOL=tcps)(HOST=localhost)(PORT=PORT))"
                            + "(ADDRESS=(PROTOCOL=tcp)(HOST=localhost)(PORT=PORT)))(CONNECT_DATA=(SERVICE_NAME=app)))")) {
                all.add(new TlsSpelling(oracle, List.of(plain), "require"));
            }
            all.add(new TlsSpelling(
                    oracle,
                    List.of("oracle.jdbc.pool.OracleDataSource", "URL=jdbc:oracle:thin:@//localhost:PORT/app"),
                    "require"));
        }
        s = Server.H2;
        for (String plain : List.of("jdbc:h2:tcp://localhost:PORT/app", "jdbc:h2:tcp:localhost:PORT/app")) {
            all.add(new TlsSpelling(s, List.of(plain), "require"));
        }
        all.add(new TlsSpelling(s, List.of("jdbc:h2:ssl://localhost:PORT/app"), "never"));
        all.add(new TlsSpelling(
                s, List.of("org.h2.jdbcx.JdbcDataSource", "URL=jdbc:h2:tcp://localhost:PORT/app"), "require"));
    }

    Protocol protocol() {
        return server.protocol;
    }

    /** Microsoft's driver speaks no TLS 1.3 inside pre-login. */
    String[] versions() {
        return server.protocol == Protocol.TDS ? new String[] {"TLSv1.2"} : new String[0];
    }

    /** Whether the driver can be given the policy's roots, which it needs to go on with a server of theirs. */
    boolean takesRoots() {
        return server != Server.H2 && !isOracle();
    }

    boolean isOracle() {
        return server == Server.ORACLE || server == Server.ORACLE_19;
    }

    boolean isRaised(String level) {
        return LEVELS.indexOf(level) < LEVELS.indexOf(refusedFrom);
    }

    /** Whether a server with a certificate of the policy's roots is told a name. A driver that cannot be given them trusts whom it likes. */
    boolean reaches(String level) {
        String told = String.join(" ", how);
        return isRaised(level)
                && switch (server.protocol) {
                    case POSTGRESQL, MYSQL -> true;
                    // Microsoft's verifies by itself, unless it is told not to; in strict mode the login waits for
                    // pre-login's answer.
                    default ->
                        server == Server.SQL_SERVER
                                && (level.equals("require")
                                        ? told.contains("trustServerCertificate=true")
                                        : !told.contains("hostNameInCertificate"));
                };
    }

    Connection connect(int port) throws Exception {
        ClassLoader loader = LOADERS.computeIfAbsent(server.jar, WovenProcess::application);
        List<String> told = how.stream()
                .map(text -> text.replace("PORT", String.valueOf(port)))
                .toList();
        if (!told.get(0).startsWith("jdbc:")) {
            return connect(loader.loadClass(told.get(0)).getConstructor().newInstance(), told);
        }
        Properties info = new Properties();
        info.setProperty("user", USER);
        info.setProperty("password", PASSWORD);
        for (String setting : told.subList(1, told.size())) {
            info.setProperty(setting.split("=")[0], setting.split("=")[1]);
        }
        return WovenProcess.driver(loader, server.driver).connect(told.get(0), info);
    }

    private static Connection connect(Object source, List<String> told) throws Exception {
        set(source, "user=" + USER);
        set(source, "password=" + PASSWORD);
        for (String setting : told.subList(1, told.size())) {
            set(source, setting);
        }
        if (source instanceof DataSource plain) {
            return plain.getConnection();
        }
        PooledConnection pooled = source instanceof XADataSource xa
                ? xa.getXAConnection()
                : ((ConnectionPoolDataSource) source).getPooledConnection();
        return pooled.getConnection();
    }

    private static void set(Object source, String setting) throws Exception {
        String[] parts = setting.split("=", 2);
        String name = "set" + Character.toUpperCase(parts[0].charAt(0)) + parts[0].substring(1);
        Method setter = Arrays.stream(source.getClass().getMethods())
                .filter(m -> m.getName().equals(name) && m.getParameterCount() == 1)
                .min(Comparator.comparing(m -> m.getParameterTypes()[0] == String.class ? 0 : 1))
                .orElseThrow(() -> new NoSuchMethodException(name));
        Class<?> type = setter.getParameterTypes()[0];
        Object value = parts[1];
        if (type == int.class) {
            value = Integer.valueOf(parts[1]);
        } else if (type == int[].class) {
            value = new int[] {Integer.parseInt(parts[1])};
        } else if (type == String[].class) {
            value = new String[] {parts[1]};
        }
        setter.invoke(source, value);
    }

    @Override
    public String toString() {
        return server + " " + how;
    }
}
