package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.jdbc.ManInTheMiddle.Protocol;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TestAuthority;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that know a user by a client's certificate: where the policy raises TLS to {@code verify-full}, what the application shows stays what it was. */
@Timeout(60)
class ClientCertificatesTest {

    private static final String USER = "certified";
    private static final String PASSWORD = "password-canary";

    @TempDir
    static Path directory;

    private static TlsPostgres postgres;
    private static MariaDb mariadb;

    @BeforeAll
    static void start() throws Exception {
        postgres = TlsPostgres.start(directory.resolve("postgres"));
        postgres.execute("CREATE ROLE " + USER + " LOGIN");
        mariadb = MariaDb.startWithTls(directory.resolve("mariadb"));
        mariadb.execute(
                "CREATE OR REPLACE USER " + USER + "@'%' REQUIRE SUBJECT '/CN=" + USER + "'",
                "GRANT ALL PRIVILEGES ON " + mariadb.database() + ".* TO " + USER + "@'%'");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
        mariadb.execute("DROP USER " + USER + "@'%'");
        mariadb.close();
    }

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    private static UnderPolicy verifyFull(Path ca) throws Exception {
        return new UnderPolicy("version: 1\nmode: enforce\ntls: [{level: verify-full, roots: ['" + ca + "']}]\n"
                + "allowUnproven: [sqlserver, oracle]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql-42.7.14", "postgresql-42.2.29"})
    void pgjdbcShowsItsOwn(String jar) throws Exception {
        IssuedCertificate own = postgres.certificateOf(USER);
        Path certificate = own.writeCertificate(directory.resolve(jar + ".crt"));
        Path key = own.writeDerKey(directory.resolve(jar + ".pk8"));
        Path store = own.writeKeyStore(directory.resolve(jar + ".p12"), PASSWORD);
        Driver driver = WovenProcess.driver(WovenProcess.application(jar), "org.postgresql.Driver");
        for (Map<String, String> shown : List.of(
                Map.of("sslcert", certificate.toString(), "sslkey", key.toString()),
                Map.of("sslkey", store.toString(), "sslpassword", PASSWORD))) {
            try (UnderPolicy policy = verifyFull(postgres.ca());
                    Connection c = connect(driver, postgres.url(), shown)) {
                assertThat(UnderPolicy.row(c, "SELECT current_user")).containsExactly(USER);
                assertVerified();
            }
        }
    }

    @Test
    void theServerWouldHaveRefusedWhoShowsNone() throws Exception {
        Driver pgjdbc = WovenProcess.driver("org.postgresql.Driver");
        try (UnderPolicy policy = verifyFull(postgres.ca())) {
            assertThat(catchThrowable(() -> connect(pgjdbc, postgres.url(), Map.of())))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("certificate");
        }
        try (UnderPolicy policy = verifyFull(mariadb.ca())) {
            assertThat(catchThrowable(() -> connect(MysqlDriver.MARIADB_4.driver(), mariadb.url(), Map.of())))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Access denied");
        }
    }

    @ParameterizedTest
    @EnumSource(MysqlDriver.class)
    void driversForMysqlAndMariaDbShowTheirOwn(MysqlDriver driver) throws Exception {
        Path store = mariadb.certificateOf(USER).writeKeyStore(directory.resolve(driver + ".p12"), PASSWORD);
        Map<String, String> shown = driver.isMysql()
                ? Map.of(
                        "clientCertificateKeyStoreUrl",
                        "file:" + store,
                        "clientCertificateKeyStoreType",
                        "PKCS12",
                        "clientCertificateKeyStorePassword",
                        PASSWORD)
                : Map.of("keyStore", store.toString(), "keyStorePassword", PASSWORD, "keyStoreType", "PKCS12");
        try (UnderPolicy policy = verifyFull(mariadb.ca());
                Connection c = connect(driver.driver(), driver.url(mariadb.port(), "/app"), shown)) {
            assertThat(UnderPolicy.row(c, "SELECT CURRENT_USER()")).containsExactly(USER + "@%");
            assertVerified();
        }
    }

    /** Its listener is a scripted one: what is looked at is the certificate that reached it. */
    @ParameterizedTest
    @ValueSource(strings = {"ojdbc11-23.26.4.0.0", "ojdbc11-21.19.0.0", "ojdbc8-19.3.0.0"})
    void oraclesDriverShowsItsOwn(String jar) throws Exception {
        TestAuthority authority = TestAuthority.create("corporate");
        Path ca = authority.writeTo(directory.resolve("oracle-ca.pem"));
        Path store = authority.client(USER).writeKeyStore(directory.resolve("oracle.p12"), PASSWORD);
        Driver driver = WovenProcess.driver(WovenProcess.application(jar), "oracle.jdbc.OracleDriver");
        try (UnderPolicy policy = verifyFull(ca);
                ManInTheMiddle server =
                        new ManInTheMiddle(Protocol.TLS, authority.server("localhost")).demandingClientsOf(authority)) {
            catchThrowable(() -> connect(
                    driver,
                    "jdbc:oracle:thin:@tcps://localhost:" + server.port() + "/app",
                    Map.of(
                            "javax.net.ssl.keyStore",
                            store.toString(),
                            "javax.net.ssl.keyStoreType",
                            "PKCS12",
                            "javax.net.ssl.keyStorePassword",
                            PASSWORD)));

            assertThat(server.shown()).contains("CN=" + USER);
            assertVerified();
        }
    }

    private static Connection connect(Driver driver, String url, Map<String, String> settings) throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", USER);
        info.putAll(settings);
        return driver.connect(url, info);
    }

    private static void assertVerified() {
        assertThat(WovenProcess.GATE.sockets).isNotEmpty().allSatisfy(facts -> {
            assertThat(facts.chainTrusted()).isTrue();
            assertThat(facts.hostMatches()).isTrue();
        });
    }
}
