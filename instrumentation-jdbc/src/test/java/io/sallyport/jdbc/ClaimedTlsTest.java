package io.sallyport.jdbc;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.jdbc.ManInTheMiddle.Protocol;
import io.sallyport.jdbc.sample.PretendedProvider;
import io.sallyport.testing.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Drivers that were told to speak TLS and take their sockets for it, where nothing is encrypted. The policy demands the lowest level there is:
 * who the peer is does not matter, what the socket is does.
 */
@Timeout(60)
class ClaimedTlsTest {

    private static final String USER = "user-canary";
    private static final String PASSWORD = "password-canary";

    private static final String MYSQL = "jdbc:mysql://localhost:PORT/app?sslMode=REQUIRED";
    private static final String MARIADB = "jdbc:mariadb://localhost:PORT/app?sslMode=trust";
    private static final String SQL_SERVER =
            "jdbc:sqlserver://localhost:PORT;connectRetryCount=0;encrypt=true;trustServerCertificate=true";
    private static final String ORACLE = "jdbc:oracle:thin:@tcps://localhost:PORT/service-canary";

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    /** Drivers that take the TLS of whichever provider comes first. */
    private enum Client {
        MYSQL_26("mysql-connector-j-26.10.0", "com.mysql.cj.jdbc.Driver", Protocol.MYSQL, MYSQL),
        MYSQL_8("mysql-connector-j-8.0.33", "com.mysql.cj.jdbc.Driver", Protocol.MYSQL, MYSQL),
        MARIADB_4("mariadb-java-client-4.0.0", "org.mariadb.jdbc.Driver", Protocol.MYSQL, MARIADB),
        MARIADB_3("mariadb-java-client-3.5.11", "org.mariadb.jdbc.Driver", Protocol.MYSQL, MARIADB),
        MARIADB_2("mariadb-java-client-2.7.12", "org.mariadb.jdbc.Driver", Protocol.MYSQL, MARIADB),
        SQL_SERVER_13(
                "mssql-jdbc-13.6.2.jre11", "com.microsoft.sqlserver.jdbc.SQLServerDriver", Protocol.TDS, SQL_SERVER),
        SQL_SERVER_9(
                "mssql-jdbc-9.4.1.jre11", "com.microsoft.sqlserver.jdbc.SQLServerDriver", Protocol.TDS, SQL_SERVER),
        ORACLE_23("ojdbc11-23.26.4.0.0", "oracle.jdbc.OracleDriver", Protocol.TLS, ORACLE);

        private final String jar;
        private final String driver;
        private final Protocol protocol;
        private final String url;

        Client(String jar, String driver, Protocol protocol, String url) {
            this.jar = jar;
            this.driver = driver;
            this.protocol = protocol;
            this.url = url;
        }
    }

    @ParameterizedTest
    @EnumSource
    void tlsOfASecurityProviderThatEncryptsNothingIsRefusedBeforeTheUserIsNamed(Client client) throws Exception {
        try (UnderPolicy policy = demanding("require");
                ManInTheMiddle man = reading(client.protocol);
                PretendedProvider first = PretendedProvider.install()) {
            Throwable failure =
                    catchThrowable(() -> connect(WovenProcess.application(client.jar), client.driver, client.url, man));

            // Version 2 of MariaDB's driver shows the socket below its TLS only.
            assertRefused(
                    failure,
                    client == Client.MARIADB_2
                            ? "the connection is not encrypted"
                            : "its TLS is that of io.sallyport.jdbc.sample.Pretended");
            assertThat(man.wasConnected()).isTrue();
            assertThat(man.hasRead("canary")).isFalse();
        }
    }

    /** Shows that he would have read it: the provider is what the drivers take, and nothing of it is encrypted. */
    @ParameterizedTest
    @EnumSource
    void whereNothingIsDemandedThatProvidersTlsIsTaken(Client client) throws Exception {
        try (UnderPolicy policy = demanding("off");
                ManInTheMiddle man = reading(client.protocol);
                PretendedProvider first = PretendedProvider.install()) {
            catchThrowable(
                    () -> connect(WovenProcess.application(client.jar), client.driver, impatient(client.url), man));

            assertThat(man.hasRead("canary")).isTrue();
        }
    }

    /** Drivers of which one method was changed: that which should put TLS on the socket does nothing. */
    private enum Doctored {
        MYSQL_26(
                "mysql-connector-j-26.10.0",
                "com.mysql.cj.protocol.ExportControlled",
                "performTlsHandshake",
                FixedValue.argument(0),
                "com.mysql.cj.jdbc.Driver",
                Protocol.MYSQL,
                MYSQL),
        MARIADB_4(
                "mariadb-java-client-4.0.0",
                "org.mariadb.jdbc.client.impl.StandardClient",
                "handleSSLConnection",
                FixedValue.nullValue(),
                "org.mariadb.jdbc.Driver",
                Protocol.MYSQL,
                MARIADB),
        SQL_SERVER_13(
                "mssql-jdbc-13.6.2.jre11",
                "com.microsoft.sqlserver.jdbc.TDSChannel",
                "enableSSL",
                StubMethod.INSTANCE,
                "com.microsoft.sqlserver.jdbc.SQLServerDriver",
                Protocol.TDS,
                SQL_SERVER),
        H2(
                "h2-2.4.240",
                "org.h2.security.CipherFactory",
                "createSocket",
                plainSocket(),
                "org.h2.Driver",
                Protocol.TLS,
                "jdbc:h2:ssl:localhost:PORT/app");

        private final String jar;
        private final String type;
        private final String method;
        private final Implementation instead;
        private final String driver;
        private final Protocol protocol;
        private final String url;

        Doctored(
                String jar,
                String type,
                String method,
                Implementation instead,
                String driver,
                Protocol protocol,
                String url) {
            this.jar = jar;
            this.type = type;
            this.method = method;
            this.instead = instead;
            this.driver = driver;
            this.protocol = protocol;
            this.url = url;
        }

        private static Implementation plainSocket() {
            try {
                return MethodCall.construct(Socket.class.getConstructor(InetAddress.class, int.class))
                        .withArgument(0, 1);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        ClassLoader loader(Path classes) throws IOException {
            ClassFileLocator original = ClassFileLocator.ForClassLoader.of(WovenProcess.application(jar));
            byte[] changed = new ByteBuddy()
                    .redefine(TypePool.Default.of(original).describe(type).resolve(), original)
                    .method(named(method))
                    .intercept(instead)
                    .make()
                    .getBytes();
            Path copy = classes.resolve(jar + ".jar");
            try (JarFile driver = new JarFile(WovenProcess.jar(jar).toFile());
                    JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy))) {
                for (JarEntry entry : Collections.list(driver.entries())) {
                    // Microsoft's is signed, and a signature does not hold any more.
                    if (!entry.getName().startsWith("META-INF/MSFT")) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        boolean isType = entry.getName().equals(type.replace('.', '/') + ".class");
                        out.write(
                                isType ? changed : driver.getInputStream(entry).readAllBytes());
                    }
                }
            }
            return WovenProcess.application(copy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDriverThatLeavesItsSocketAsItIsIsRefusedBeforeTheUserIsNamed(Doctored driver, @TempDir Path classes)
            throws Exception {
        try (UnderPolicy policy = demanding("require");
                ManInTheMiddle man = reading(driver.protocol)) {
            Throwable failure = catchThrowable(() -> connect(driver.loader(classes), driver.driver, driver.url, man));

            assertRefused(failure, "the connection is not encrypted");
            assertThat(man.wasConnected()).isTrue();
            assertThat(man.hasRead("canary")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingIsDemandedThatDriverNamesItsUserInPlainText(Doctored driver, @TempDir Path classes)
            throws Exception {
        try (UnderPolicy policy = demanding("off");
                ManInTheMiddle man = reading(driver.protocol)) {
            catchThrowable(() -> connect(driver.loader(classes), driver.driver, impatient(driver.url), man));

            assertThat(man.hasRead("canary")).isTrue();
        }
    }

    /** Microsoft's driver logs in again and again until its time is over. */
    private static String impatient(String url) {
        return url.equals(SQL_SERVER) ? url + ";loginTimeout=2" : url;
    }

    private static UnderPolicy demanding(String level) throws Exception {
        return new UnderPolicy(
                "version: 1\nmode: enforce\ntls: [{level: " + level + "}]\nallowUnproven: [sqlserver, oracle]\n");
    }

    private static ManInTheMiddle reading(Protocol protocol) throws IOException {
        return new ManInTheMiddle(protocol, TestAuthority.selfSigned("localhost")).readingPlainText();
    }

    private static void assertRefused(Throwable failure, String why) {
        assertThat(failure)
                .isExactlyInstanceOf(SQLException.class)
                .hasMessageContaining(why)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42501");
    }

    private static void connect(ClassLoader loader, String driver, String url, ManInTheMiddle man) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", PASSWORD);
        // Or Oracle's driver would look at the name in the pretended certificate.
        login.setProperty("oracle.net.ssl_server_dn_match", "false");
        WovenProcess.driver(loader, driver)
                .connect(url.replace("PORT", String.valueOf(man.port())), login)
                .close();
    }
}
