package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.SqlCommand;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Application code that looks like a driver's: by the name of its package, or by what it extends. */
class DriverCodeTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    private static final Map<String, String> SOURCES = Map.of(
            "org/h2/application/Calls.java",
            """
            package org.h2.application;
            public class Calls {
                public static Object session(java.sql.Connection c) {
                    return ((org.h2.jdbc.JdbcConnection) c).getSession();
                }
                public static Object engine(String url) {
                    return org.h2.engine.Engine.createSession(
                            new org.h2.engine.ConnectionInfo(url, new java.util.Properties(), "", new char[0]));
                }
            }
            """,
            "application/Sessions.java",
            """
            package application;
            public class Sessions {
                public static Object open(String url) throws Exception {
                    var info = new org.h2.engine.ConnectionInfo(url, new java.util.Properties(), "", new char[0]);
                    return new org.h2.engine.SessionRemote(info).connectEmbeddedOrServer(false);
                }
            }
            """,
            "org/sqlite/application/Calls.java",
            """
            package org.sqlite.application;
            public class Calls {
                public static Object database(java.sql.Connection c) throws java.sql.SQLException {
                    return ((org.sqlite.SQLiteConnection) c).getDatabase();
                }
                public static Object column(java.sql.Statement s) throws java.sql.SQLException {
                    return ((org.sqlite.core.CoreStatement) s).pointer.safeRun((db, p) -> db.column_text(p, 0));
                }
            }
            """,
            "org/h2/jdbc/JdbcLob.java",
            """
            package org.h2.jdbc;
            public class JdbcLob {
                public static Object session(java.sql.Connection c) { return ((JdbcConnection) c).getSession(); }
            }
            """,
            "application/Elsewhere.java",
            """
            package application;
            import java.sql.Connection;
            public class Elsewhere extends org.sqlite.jdbc4.JDBC4Statement {
                private final Connection said;
                public Elsewhere(Connection real, Connection said) {
                    super((org.sqlite.SQLiteConnection) real);
                    this.said = said;
                }
                @Override public Connection getConnection() { return said; }
            }
            """,
            "application/Wrapping.java",
            """
            package application;
            import java.sql.Connection;
            public class Wrapping extends org.h2.jdbc.JdbcConnection {
                private final Connection said;
                public Wrapping(String url, Connection said) throws java.sql.SQLException {
                    super(url, new java.util.Properties(), "", "", false);
                    this.said = said;
                }
                @Override public java.sql.DatabaseMetaData getMetaData() throws java.sql.SQLException {
                    return said.getMetaData();
                }
            }
            """);

    @TempDir
    static Path directory;

    /** A class of the driver's very name, which no driver is to find. */
    private static final String TWIN = "org/h2/jdbc/JdbcLob.class";

    private final List<Connection> open = new ArrayList<>();

    @BeforeAll
    static void compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-d", classes().toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn"));
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            Path file = directory.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        Files.createDirectories(classes());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])))
                .isZero();
        Files.move(classes().resolve(TWIN), directory.resolve("JdbcLob.class"));
    }

    private static Path classes() {
        return directory.resolve("classes");
    }

    @BeforeEach
    @AfterEach
    void reset() throws SQLException {
        for (Connection c : open) {
            c.close();
        }
        GATE.reset();
    }

    /** Where the application's class is, seen from the driver. */
    enum Home {
        ANOTHER_LOADER {
            @Override
            ClassLoader of(ClassLoader drivers) throws IOException {
                return new URLClassLoader(
                        new URL[] {new File(classes() + "/").toURI().toURL()}, drivers);
            }

            @Override
            ClassLoader drivers() {
                return WovenProcess.applicationWith("h2-", "sqlite-jdbc-", "slf4j-api");
            }
        },
        ANOTHER_JAR {
            @Override
            ClassLoader of(ClassLoader drivers) {
                return drivers;
            }

            @Override
            ClassLoader drivers() {
                return WovenProcess.applicationWith(classes(), "h2-", "sqlite-jdbc-", "slf4j-api");
            }
        };

        abstract ClassLoader drivers();

        abstract ClassLoader of(ClassLoader drivers) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aPackageOfTheDriversNameIsNotTheDriver(Home home) throws Exception {
        ClassLoader drivers = home.drivers();
        Class<?> h2 = home.of(drivers).loadClass("org.h2.application.Calls");
        Class<?> sqlite = home.of(drivers).loadClass("org.sqlite.application.Calls");
        Connection memory = connect(drivers, "org.h2.Driver", "jdbc:h2:mem:code");
        Connection file = connect(drivers, "org.sqlite.JDBC", "jdbc:sqlite::memory:");

        assertRefused(() -> h2.getMethod("session", Connection.class).invoke(null, memory));
        assertRefused(() -> h2.getMethod("engine", String.class).invoke(null, "jdbc:h2:mem:code"));
        assertRefused(() -> sqlite.getMethod("database", Connection.class).invoke(null, file));
        try (Statement s = file.createStatement()) {
            s.executeQuery("SELECT 1").next();
            assertRefused(() -> sqlite.getMethod("column", Statement.class).invoke(null, s));
        }
        assertThat(GATE.checks).containsExactly("engine", "engine", "driver-internals", "driver-internals");
    }

    @Test
    void aClassOfTheDriversVeryNameIsNotTheDriver() throws Exception {
        ClassLoader drivers = Home.ANOTHER_LOADER.drivers();
        Connection memory = connect(drivers, "org.h2.Driver", "jdbc:h2:mem:twin");
        byte[] twin = Files.readAllBytes(directory.resolve("JdbcLob.class"));
        Class<?> lob = new ClassLoader(drivers) {
            Class<?> define() {
                return defineClass("org.h2.jdbc.JdbcLob", twin, 0, twin.length);
            }
        }.define();

        assertRefused(() -> lob.getMethod("session", Connection.class).invoke(null, memory));
    }

    /** What R2DBC's driver for H2 does. */
    @Test
    void aSessionOfTheEngineIsNotOpenedThroughTheDriversOwnClasses() throws Exception {
        ClassLoader drivers = Home.ANOTHER_JAR.drivers();
        connect(drivers, "org.h2.Driver", "jdbc:h2:mem:sessions");
        Class<?> sessions = drivers.loadClass("application.Sessions");

        assertRefused(() -> sessions.getMethod("open", String.class).invoke(null, "jdbc:h2:mem:sessions"));
        assertThat(GATE.checks).containsExactly("engine");
    }

    @Test
    void aStatementThatNamesAnotherConnectionThanItsOwnIsRefused() throws Exception {
        ClassLoader drivers = Home.ANOTHER_JAR.drivers();
        Connection real = connect(drivers, "org.sqlite.JDBC", "jdbc:sqlite::memory:");
        Connection another = connect(drivers, "org.h2.Driver", "jdbc:h2:mem:another");
        Statement feigning = (Statement) drivers.loadClass("application.Elsewhere")
                .getConstructor(Connection.class, Connection.class)
                .newInstance(real, another);
        GATE.asked.clear();

        assertThatThrownBy(() -> feigning.execute("CREATE TABLE t (id INT)"))
                .hasMessageStartingWith("Refused by Sally");
        assertThat(GATE.asked).isEmpty();
    }

    @Test
    void aConnectionWhoseMetadataAreAnothersIsRefused() throws Exception {
        ClassLoader drivers = Home.ANOTHER_JAR.drivers();
        Connection another = connect(drivers, "org.h2.Driver", "jdbc:h2:mem:another");

        assertThatThrownBy(() -> {
                    Connection feigning = (Connection) drivers.loadClass("application.Wrapping")
                            .getConstructor(String.class, Connection.class)
                            .newInstance("jdbc:h2:mem:hidden", another);
                    feigning.createStatement().execute("CREATE TABLE t (id INT)");
                })
                .satisfiesAnyOf(
                        e -> assertThat(e).hasMessageStartingWith("Refused by Sallyport"),
                        e -> assertThat(e.getCause()).hasMessageStartingWith("Refused by Sallyport"));
        assertThat(GATE.asked.stream().filter(SqlCommand.class::isInstance)).isEmpty();
    }

    private Connection connect(ClassLoader drivers, String driver, String url) throws Exception {
        Connection connection =
                ((Driver) drivers.loadClass(driver).getConstructor().newInstance()).connect(url, new Properties());
        open.add(connection);
        return connection;
    }

    private interface Call {
        Object run() throws Exception;
    }

    private static void assertRefused(Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageStartingWith("Refused by Sallyport");
    }
}
