package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.RecordingProxy;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Encryption in transit of the drivers for MySQL and MariaDB. */
@ParameterizedClass
@EnumSource(MysqlDriver.class)
class MysqlTlsTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    @TempDir
    static Path directory;

    @AutoClose
    private static MariaDb server;

    @AutoClose
    private static MariaDb plain;

    private final MysqlDriver driver;

    MysqlTlsTest(MysqlDriver driver) {
        this.driver = driver;
    }

    @BeforeAll
    static void start() throws IOException {
        server = MariaDb.startWithTls(directory.resolve("tls"));
        plain = MariaDb.startWithoutTls();
    }

    @BeforeEach
    @AfterEach
    void reset() {
        GATE.reset();
    }

    private static TlsRequirement demand(Level level, String... roots) {
        return new TlsRequirement(level, "TLSv1.2", List.of(roots), Set.of());
    }

    @Test
    void tlsIsRaisedToTheDemandedLevel() throws Exception {
        GATE.tls = demand(Level.VERIFY_FULL, server.ca().toString());
        for (String tail : List.of("/app", driver.isMysql() ? "/app?sslMode=PREFERRED" : "/app?sslMode=trust")) {
            GATE.sockets.clear();
            try (Connection c = driver.open(driver.url(server.port(), tail), server)) {
                assertThat(encrypted(c)).isTrue();
            }
            assertThat(GATE.sockets).singleElement().satisfies(f -> {
                assertThat(f.protocol()).startsWith("TLSv1.");
                assertThat(f.chainTrusted()).isTrue();
                assertThat(f.hostMatches()).isTrue();
            });
        }
    }

    @Test
    void neitherCredentialsNorStatementsNorValuesAreReadableOnTheWire() throws Exception {
        GATE.tls = demand(Level.VERIFY_FULL, server.ca().toString());
        try (RecordingProxy wire = RecordingProxy.to(server.port());
                Connection c = driver.open(driver.url(wire.port(), "/app"), server);
                Statement s = c.createStatement()) {
            s.execute("CREATE TEMPORARY TABLE wire_canary (card VARCHAR(40))");
            s.execute("INSERT INTO wire_canary VALUES ('4111111111111111')");
            try (ResultSet row = s.executeQuery("SELECT card FROM wire_canary")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("4111111111111111");
            }
            assertThat(wire.connections()).isPositive();
            for (String secret : List.of(server.user() + "\0", server.password(), "wire_canary", "4111111111111111")) {
                assertThat(wire.hasCarried(secret)).as(secret).isFalse();
            }
        }
    }

    private DataSource source(int port) throws Exception {
        Object source = driver.loader()
                .loadClass(
                        driver.isMysql() ? "com.mysql.cj.jdbc.MysqlDataSource" : "org.mariadb.jdbc.MariaDbDataSource")
                .getConstructor()
                .newInstance();
        source.getClass().getMethod("setUrl", String.class).invoke(source, driver.url(port, "/app"));
        return (DataSource) source;
    }

    /** Its settings cannot be reached: what it is told is refused where it is too little. */
    @Test
    void aDataSourceOfVersion2IsRefusedBeforeCredentialsLeave() throws Exception {
        assumeTrue(driver == MysqlDriver.MARIADB_2);
        GATE.tls = demand(Level.REQUIRE);
        try (RecordingProxy wire = RecordingProxy.to(server.unwatchedPort())) {
            assertThatThrownBy(() -> source(wire.port()).getConnection(server.user(), server.password()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("rule tls");
            assertThat(wire.connections()).isPositive();
            assertThat(wire.hasSeen(server.user())).isFalse();
        }
    }

    @Test
    void tlsOfADataSourceIsRaisedToo() throws Exception {
        assumeTrue(driver != MysqlDriver.MARIADB_2);
        GATE.tls = demand(Level.VERIFY_FULL, server.ca().toString());
        try (Connection c = source(server.port()).getConnection(server.user(), server.password())) {
            assertThat(encrypted(c)).isTrue();
        }
        assertThat(GATE.sockets)
                .singleElement()
                .satisfies(f -> assertThat(f.chainTrusted()).isTrue());
    }

    @Test
    void withoutADemandTheTruthIsRecorded() throws Exception {
        driver.connect(plain, "sslMode", driver.isMysql() ? "DISABLED" : "disable")
                .close();
        assertThat(GATE.sockets)
                .singleElement()
                .satisfies(f -> assertThat(f.encrypted()).isFalse());
    }

    @Test
    void anExplicitPlaintextIsRefusedBeforeAnyByteLeaves() throws Exception {
        GATE.tls = demand(Level.REQUIRE);
        try (RecordingProxy proxy = RecordingProxy.to(server.port())) {
            String tail = driver.isMysql() ? "/app?sslMode=DISABLED" : "/app?sslMode=disable";
            assertThatThrownBy(() -> driver.open(driver.url(proxy.port(), tail), server))
                    .isExactlyInstanceOf(SQLException.class)
                    .hasMessageContaining("sslMode=")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
            assertThat(proxy.bytesSent()).isZero();
        }
    }

    @Test
    void aServerThatTheApplicationTrustsAndThePolicyDoesNotIsRefusedBeforeCredentialsLeave() throws Exception {
        GATE.tls = demand(Level.VERIFY_CA);
        String[] trusted = driver.isMysql()
                ? new String[] {
                    "trustCertificateKeyStoreUrl",
                    "file:" + keyStore(),
                    "trustCertificateKeyStoreType",
                    "PKCS12",
                    "trustCertificateKeyStorePassword",
                    "changeit"
                }
                : new String[] {"serverSslCert", server.ca().toString()};
        assertThatThrownBy(() -> driver.connect(server, trusted))
                .isExactlyInstanceOf(SQLException.class)
                .hasMessageContaining("rule tls");
        assertThat(GATE.sockets).singleElement().satisfies(f -> {
            assertThat(f.encrypted()).isTrue();
            assertThat(f.chainTrusted()).isFalse();
        });
    }

    @Test
    void aServerWithoutTlsGetsNeitherNameNorPassword() throws Exception {
        GATE.tls = demand(Level.REQUIRE);
        try (RecordingProxy proxy = RecordingProxy.to(plain.port())) {
            assertThatThrownBy(() -> driver.open(driver.url(proxy.port(), "/app"), plain))
                    .isInstanceOf(SQLException.class);
            assertThat(proxy.connections()).isPositive();
            assertThat(proxy.hasSeen(plain.user())).isFalse();
            assertThat(proxy.hasSeen(plain.password())).isFalse();
        }
    }

    /** Nothing was raised here, so that what refuses is the look at the socket. */
    @Test
    void aConnectionThatBypassesTheDriverClassIsDecidedAndChecked() throws Exception {
        assumeTrue(driver.isMysql());
        GATE.tls = demand(Level.REQUIRE);
        try (RecordingProxy proxy = RecordingProxy.to(plain.port())) {
            Class<?> urls = driver.loader().loadClass("com.mysql.cj.conf.ConnectionUrl");
            java.util.Properties info = new java.util.Properties();
            info.setProperty("user", plain.user());
            info.setProperty("password", plain.password());
            Object url = urls.getMethod("getConnectionUrlInstance", String.class, java.util.Properties.class)
                    .invoke(null, driver.url(proxy.port(), "/app"), info);
            Object host = urls.getMethod("getMainHost").invoke(url);
            Class<?> connections = driver.loader().loadClass("com.mysql.cj.jdbc.ConnectionImpl");
            assertThatThrownBy(() -> connections
                            .getMethod("getInstance", host.getClass())
                            .invoke(null, host))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasStackTraceContaining("rule tls");
            assertThat(proxy.hasSeen(plain.user())).isFalse();
        }
        assertThat(GATE.asked).hasOnlyElementsOfType(ConnectCommand.class).hasSize(1);
    }

    private static boolean encrypted(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SHOW STATUS LIKE 'Ssl_cipher'")) {
            return rows.next() && !rows.getString(2).isEmpty();
        }
    }

    private static Path keyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var pem = Files.newInputStream(server.ca())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        Path file = directory.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }
}
