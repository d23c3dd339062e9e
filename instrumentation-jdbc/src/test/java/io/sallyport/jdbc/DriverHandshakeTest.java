package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.jdbc.ManInTheMiddle.Protocol;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import io.sallyport.testing.TlsBegins;
import io.sallyport.testing.TlsFront;
import io.sallyport.testing.WatchedWire;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Drivers that show nobody their sockets: H2's client, Microsoft's inside the packets of pre-login and around them, Oracle's over channels. What
 * their handshakes came to is what counts, whatever they were told to accept.
 */
@Timeout(60)
class DriverHandshakeTest {

    private static final String USER = "user-canary";
    private static final String PASSWORD = "password-canary";

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static Server h2;

    /** One driver, told to trust whoever the application's own key store vouches for. */
    private enum Client {
        H2("h2-2.4.240", "org.h2.Driver", Protocol.TLS, "jdbc:h2:ssl:localhost:PORT/app", ""),
        H2_1_4("h2-1.4.200", "org.h2.Driver", Protocol.TLS, "jdbc:h2:ssl:localhost:PORT/app", ""),
        SQL_SERVER(
                "mssql-jdbc-13.6.2.jre11",
                "com.microsoft.sqlserver.jdbc.SQLServerDriver",
                Protocol.TDS,
                "jdbc:sqlserver://localhost:PORT;connectRetryCount=0;loginTimeout=20;encrypt=true",
                "trustStore"),
        SQL_SERVER_9(
                "mssql-jdbc-9.4.1.jre11",
                "com.microsoft.sqlserver.jdbc.SQLServerDriver",
                Protocol.TDS,
                "jdbc:sqlserver://localhost:PORT;connectRetryCount=0;loginTimeout=20;encrypt=true",
                "trustStore"),
        SQL_SERVER_STRICT(
                "mssql-jdbc-13.6.2.jre11",
                "com.microsoft.sqlserver.jdbc.SQLServerDriver",
                Protocol.TLS,
                "jdbc:sqlserver://localhost:PORT;connectRetryCount=0;loginTimeout=20;encrypt=strict",
                "trustStore"),
        ORACLE("ojdbc11-23.26.4.0.0"),
        ORACLE_21("ojdbc11-21.19.0.0"),
        ORACLE_19("ojdbc8-19.3.0.0");

        private final String jar;
        private final String driver;
        private final Protocol protocol;
        private final String url;
        private final String store;
        private ClassLoader loader;

        Client(String jar, String driver, Protocol protocol, String url, String store) {
            this.jar = jar;
            this.driver = driver;
            this.protocol = protocol;
            this.url = url;
            this.store = store;
        }

        /** Oracle's. */
        Client(String jar) {
            this(
                    jar,
                    "oracle.jdbc.OracleDriver",
                    Protocol.TLS,
                    "jdbc:oracle:thin:@tcps://localhost:PORT/service-canary",
                    "javax.net.ssl.trustStore");
        }

        /** Microsoft's speaks no newer version inside pre-login. */
        String[] versions() {
            return protocol == Protocol.TDS ? new String[] {"TLSv1.2"} : new String[0];
        }

        Connection connect(int port, Properties info) throws SQLException {
            if (loader == null) {
                loader = WovenProcess.application(jar);
            }
            Driver made = WovenProcess.driver(loader, driver);
            return made.connect(url.replace("PORT", String.valueOf(port)), info);
        }

        Properties login() {
            Properties info = new Properties();
            info.setProperty("user", USER);
            info.setProperty("password", PASSWORD);
            return info;
        }

        /** With a key store of its own that vouches for {@code root}; H2 has none and takes the process's. */
        Properties trusting(IssuedCertificate root) throws Exception {
            Properties info = login();
            if (!store.isEmpty()) {
                KeyStore roots = KeyStore.getInstance("PKCS12");
                roots.load(null, null);
                roots.setCertificateEntry("root", root.chain().get(root.chain().size() - 1));
                Path file = directory.resolve("trusted-by-the-application.p12");
                try (OutputStream out = Files.newOutputStream(file)) {
                    roots.store(out, "changeit".toCharArray());
                }
                info.setProperty(store, file.toString());
                info.setProperty(store + "Type", "PKCS12");
                info.setProperty(store + "Password", "changeit");
            }
            return info;
        }
    }

    /** What the application takes, and the policy does not. */
    private enum Attack {
        SHOWS_A_CERTIFICATE_OF_HIS_OWN("verify-ca", "TLSv1.2", "does not lead to a trusted root"),
        SHOWS_ONE_FOR_ANOTHER_HOST("verify-full", "TLSv1.2", "is not for the host that was asked for"),
        SHOWS_AN_EXPIRED_ONE("verify-ca", "TLSv1.2", "does not lead to a trusted root"),
        SPEAKS_AN_OLDER_VERSION_ONLY("require", "TLSv1.3", "at least TLSv1.3");

        private final String level;
        private final String version;
        private final String refusal;

        Attack(String level, String version, String refusal) {
            this.level = level;
            this.version = version;
            this.refusal = refusal;
        }

        IssuedCertificate certificate() {
            return switch (this) {
                case SHOWS_A_CERTIFICATE_OF_HIS_OWN -> TestAuthority.selfSigned("localhost");
                case SHOWS_ONE_FOR_ANOTHER_HOST -> authority.server("other.example");
                case SHOWS_AN_EXPIRED_ONE -> authority.expiredServer("localhost");
                case SPEAKS_AN_OLDER_VERSION_ONLY -> authority.server("localhost");
            };
        }

        String[] versions(Client client) {
            return this == SPEAKS_AN_OLDER_VERSION_ONLY ? new String[] {"TLSv1.2"} : client.versions();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        // Before the server's own connections.
        WovenProcess.GATE.reset();
        authority = TestAuthority.create("corporate");
        authority.writeTo(directory.resolve("ca.pem"));
        h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        h2.stop();
        ProcessTrust.forgetKeyStore();
    }

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    private static UnderPolicy policy(String level, String version) throws Exception {
        String roots = level.equals("require") ? "" : ", roots: ['" + directory.resolve("ca.pem") + "']";
        return new UnderPolicy("version: 1\nmode: enforce\ntls: [{level: " + level + ", minVersion: " + version + roots
                + "}]\nallowUnproven: [sqlserver, oracle]\n");
    }

    static Stream<Arguments> attacks() {
        List<Arguments> all = new ArrayList<>();
        for (Client client : Client.values()) {
            for (Attack attack : Attack.values()) {
                all.add(Arguments.of(client, attack));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}: he {1}")
    @MethodSource("attacks")
    void whatTheApplicationTakesAndThePolicyDoesNotIsRefusedBeforeTheDriverNamesAnybody(Client client, Attack attack)
            throws Exception {
        IssuedCertificate shown = attack.certificate();
        try (UnderPolicy policy = policy(attack.level, attack.version);
                ProcessTrust everybody = ProcessTrust.ofAnybody();
                ManInTheMiddle man = new ManInTheMiddle(client.protocol, shown, attack.versions(client))) {
            Throwable failure = catchThrowable(
                    () -> client.connect(man.port(), client.trusting(shown)).close());

            assertThat(failure).isInstanceOf(SQLException.class);
            assertThat(man.wasConnected()).isTrue();
            assertThat(man.hasRead("canary")).isFalse();
            // Microsoft's driver and Oracle's look at dates and names themselves: then they are the first to refuse.
            if (client.store.isEmpty() || attack.level.equals("require")) {
                assertThat(failure).hasMessageContaining("Refused by Sallyport").hasMessageContaining(attack.refusal);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void whatTheApplicationsOwnKeyStoreVouchesForIsRefusedWithoutThePolicysRoots(Client client) throws Exception {
        IssuedCertificate shown = TestAuthority.create("of the application").server("localhost");
        try (UnderPolicy policy = policy("verify-ca", "TLSv1.2");
                ProcessTrust everybody = ProcessTrust.ofAnybody();
                ManInTheMiddle man = new ManInTheMiddle(client.protocol, shown, client.versions())) {
            Throwable failure = catchThrowable(
                    () -> client.connect(man.port(), client.trusting(shown)).close());

            assertThat(failure)
                    .isExactlyInstanceOf(SQLException.class)
                    .hasMessageContaining("does not lead to a trusted root")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
            assertThat(man.hasRead("canary")).isFalse();
            assertThat(policy.events).anySatisfy(event -> {
                assertThat(event.verdict()).isEqualTo("deny");
                assertThat(event.tls()).startsWith("TLSv1.");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void whatTheHandshakeCameToIsRecorded(Client client) throws Exception {
        try (UnderPolicy policy = policy("verify-full", "TLSv1.2");
                ProcessTrust everybody = ProcessTrust.ofAnybody();
                ManInTheMiddle server =
                        new ManInTheMiddle(client.protocol, authority.server("localhost"), client.versions())) {
            catchThrowable(() -> client.connect(server.port(), client.login()).close());

            assertThat(WovenProcess.GATE.sockets).isNotEmpty().allSatisfy(facts -> {
                assertThat(facts.encrypted()).isTrue();
                assertThat(facts.protocol()).startsWith("TLSv1.");
                assertThat(facts.cipher()).startsWith("TLS_");
                assertThat(facts.peer()).contains("localhost");
                assertThat(facts.chainTrusted()).isTrue();
                assertThat(facts.hostMatches()).isTrue();
            });
            // In strict mode pre-login is inside TLS, and the login waits for its answer.
            assertThat(server.hasReadInTls("canary")).isEqualTo(client != Client.SQL_SERVER_STRICT);
            assertThat(policy.events).noneMatch(event -> "deny".equals(event.verdict()));
        }
    }

    @Test
    void aRealServersRowsComeThroughWhatWasVerified() throws Exception {
        try (UnderPolicy policy = policy("verify-full", "TLSv1.3");
                ProcessTrust everybody = ProcessTrust.ofAnybody();
                TlsFront front = TlsFront.to(h2.getPort(), authority.server("localhost"));
                WatchedWire wire = WatchedWire.to(front.port(), TlsBegins.AT_ONCE);
                Connection connection = Client.H2.connect(wire.port(), Client.H2.login());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 42")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
            assertThat(WovenProcess.GATE.sockets).singleElement().satisfies(facts -> {
                assertThat(facts.describe()).startsWith("TLSv1.3 TLS_");
                assertThat(facts.hostMatches()).isTrue();
            });
        }
    }

    @Test
    void plainTextToARealServerIsRefusedAndRecorded() throws Exception {
        try (UnderPolicy policy = policy("require", "TLSv1.2")) {
            Throwable failure = catchThrowable(
                    () -> WovenProcess.connect("jdbc:h2:tcp://localhost:" + h2.getPort() + "/app", "user", USER));

            assertThat(failure).hasMessageContaining("the connection is not encrypted");
            assertThat(WovenProcess.GATE.sockets).containsExactly(TlsFacts.PLAINTEXT);
        }
    }

    /** Then everything after the login would be in plain text. */
    @Test
    void aServerThatEncryptsTheLoginOnlyIsNotLoggedInTo() throws Exception {
        try (UnderPolicy policy = policy("verify-full", "TLSv1.2");
                ManInTheMiddle man = new ManInTheMiddle(Protocol.TDS, authority.server("localhost"), "TLSv1.2")
                        .encryptingTheLoginOnly()) {
            Throwable failure = catchThrowable(() -> Client.SQL_SERVER
                    .connect(man.port(), Client.SQL_SERVER.login())
                    .close());

            assertThat(failure).isInstanceOf(SQLException.class);
            assertThat(man.hasRead("canary")).isFalse();
        }
    }

    @Test
    void withoutADemandTheTruthIsRecordedAllTheSame() throws Exception {
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: enforce\n");
                ProcessTrust everybody = ProcessTrust.ofAnybody();
                TlsFront front = TlsFront.to(h2.getPort(), TestAuthority.selfSigned("other.example"));
                WatchedWire wire = WatchedWire.to(front.port(), TlsBegins.AT_ONCE)) {
            Client.H2.connect(wire.port(), Client.H2.login()).close();

            assertThat(WovenProcess.GATE.sockets).singleElement().satisfies(facts -> {
                assertThat(facts.encrypted()).isTrue();
                assertThat(facts.chainTrusted()).isFalse();
                assertThat(facts.hostMatches()).isFalse();
            });
        }
    }
}
