package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.jdbc.ManInTheMiddle.Protocol;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a man in the middle gets out of each driver under {@code verify-full} and TLS 1.3: neither user nor password, whatever he says about TLS and
 * whatever the application told the driver to accept.
 */
@Timeout(60)
class ManInTheMiddleTest {

    private static final String USER = "user-canary";
    private static final String PASSWORD = "password-canary";

    @TempDir
    static Path directory;

    private static TestAuthority authority;

    /** One driver, as an application uses it. */
    private enum Victim {
        POSTGRESQL("postgresql-42.7.14", "?sslfactory=org.postgresql.ssl.NonValidatingFactory&sslmode=require"),
        POSTGRESQL_42_2("postgresql-42.2.29", "?sslfactory=org.postgresql.ssl.NonValidatingFactory&sslmode=allow"),
        MYSQL_26(MysqlDriver.MYSQL_26, "?sslMode=PREFERRED&verifyServerCertificate=false"),
        MYSQL_9(MysqlDriver.MYSQL_9, "?useSSL=true&verifyServerCertificate=false"),
        MYSQL_8(MysqlDriver.MYSQL_8, "?requireSSL=true&verifyServerCertificate=false"),
        MARIADB_4(MysqlDriver.MARIADB_4, "?sslMode=trust"),
        MARIADB_3(MysqlDriver.MARIADB_3, "?trustServerCertificate=true&useSsl=true"),
        MARIADB_2(
                MysqlDriver.MARIADB_2, "?useSsl=true&trustServerCertificate=true&disableSslHostnameVerification=true");

        private final String jar;
        private final MysqlDriver mysql;
        private final String gullible;

        Victim(String jar, String gullible) {
            this.jar = jar;
            this.mysql = null;
            this.gullible = gullible;
        }

        Victim(MysqlDriver mysql, String gullible) {
            this.jar = null;
            this.mysql = mysql;
            this.gullible = gullible;
        }

        Protocol protocol() {
            return mysql == null ? Protocol.POSTGRESQL : Protocol.MYSQL;
        }

        String url(int port, String settings) {
            return mysql == null
                    ? "jdbc:postgresql://localhost:" + port + "/app" + settings
                    : mysql.url(port, "/app" + settings);
        }

        Driver driver() {
            return mysql == null
                    ? WovenProcess.driver(WovenProcess.application(jar), "org.postgresql.Driver")
                    : mysql.driver();
        }
    }

    /** What he does. */
    private enum Attack {
        SAYS_THAT_THERE_IS_NO_TLS,
        SHOWS_A_CERTIFICATE_OF_HIS_OWN,
        SHOWS_ONE_OF_ANOTHER_AUTHORITY,
        SHOWS_ONE_FOR_ANOTHER_HOST,
        SHOWS_AN_EXPIRED_ONE,
        SPEAKS_AN_OLDER_VERSION_ONLY;

        IssuedCertificate certificate() {
            return switch (this) {
                case SAYS_THAT_THERE_IS_NO_TLS -> null;
                case SHOWS_A_CERTIFICATE_OF_HIS_OWN -> TestAuthority.selfSigned("localhost");
                case SHOWS_ONE_OF_ANOTHER_AUTHORITY ->
                    TestAuthority.create("another").server("localhost");
                case SHOWS_ONE_FOR_ANOTHER_HOST -> authority.server("other.example");
                case SHOWS_AN_EXPIRED_ONE -> authority.expiredServer("localhost");
                case SPEAKS_AN_OLDER_VERSION_ONLY -> authority.server("localhost");
            };
        }

        String[] versions() {
            return this == SPEAKS_AN_OLDER_VERSION_ONLY ? new String[] {"TLSv1.2"} : new String[0];
        }
    }

    @BeforeAll
    static void certify() throws Exception {
        authority = TestAuthority.create("corporate");
        authority.writeTo(directory.resolve("ca.pem"));
    }

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    private static UnderPolicy policy(String more) throws Exception {
        return new UnderPolicy("version: 1\nmode: enforce\ntls: [{level: verify-full, minVersion: TLSv1.3" + more
                + "}]\n" + "allowUnproven: [oracle]\n");
    }

    private static String roots() {
        return ", roots: ['" + directory.resolve("ca.pem") + "']";
    }

    static Stream<Arguments> attacks() {
        List<Arguments> all = new ArrayList<>();
        for (Victim victim : Victim.values()) {
            for (Attack attack : Attack.values()) {
                all.add(Arguments.of(victim, attack));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}: he {1}")
    @MethodSource("attacks")
    void heLearnsNothing(Victim victim, Attack attack) throws Exception {
        try (UnderPolicy policy = policy(roots());
                ManInTheMiddle man = new ManInTheMiddle(victim.protocol(), attack.certificate(), attack.versions())) {
            for (String settings : List.of("", victim.gullible)) {
                Throwable failure = catchThrowable(() -> connect(victim, man.port(), settings));

                assertThat(failure).as(settings).isInstanceOf(SQLException.class);
                assertThat(failure.getMessage()).doesNotContain(PASSWORD);
                assertThat(man.hasRead("canary")).as(settings).isFalse();
            }
            assertThat(man.wasConnected()).isTrue();
        }
    }

    /** A factory of the application's whose sockets only say that they are TLS. */
    @Test
    void aSocketThatPretendsToBeTlsIsRefusedBeforeTheUserIsNamed() throws Exception {
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: enforce\ntls: [{level: require}]\n"
                        + "connect: {allow: ['postgresql:sslfactory']}\n");
                ManInTheMiddle man = new ManInTheMiddle(Protocol.POSTGRESQL, authority.server("localhost"))) {
            Throwable failure = catchThrowable(() -> connect(
                    Victim.POSTGRESQL,
                    man.port(),
                    "?sslfactory=io.sallyport.jdbc.sample.PretendedTls&sslmode=require"));

            assertThat(failure)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("PretendedTls")
                    .hasMessageContaining("not the JDK's");
            assertThat(man.hasRead("canary")).isFalse();
        }
    }

    /** Shows that he would have read it. */
    @ParameterizedTest
    @MethodSource("victims")
    void anHonestServerIsToldTheUser(Victim victim) throws Exception {
        try (UnderPolicy policy = policy(roots());
                ManInTheMiddle server = new ManInTheMiddle(victim.protocol(), authority.server("localhost"))) {
            catchThrowable(() -> connect(victim, server.port(), ""));

            assertThat(server.hasRead(USER)).isTrue();
        }
    }

    static Stream<Victim> victims() {
        return Stream.of(Victim.values());
    }

    private static void connect(Victim victim, int port, String settings) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", PASSWORD);
        victim.driver().connect(victim.url(port, settings), login).close();
    }

    @Test
    void oraclesClientSendsNothingToAServerThatNobodyVouchesFor() throws Exception {
        Driver driver =
                WovenProcess.driver(WovenProcess.application("ojdbc11-23.26.4.0.0"), "oracle.jdbc.OracleDriver");
        try (UnderPolicy policy = policy("");
                ManInTheMiddle man = new ManInTheMiddle(Protocol.TLS, TestAuthority.selfSigned("localhost"))) {
            String tcps = "jdbc:oracle:thin:@tcps://localhost:" + man.port() + "/app?oracle.net.ssl_version=1.3";
            assertThat(catchThrowable(() -> WovenProcess.connect(driver, tcps, "user", USER, "password", PASSWORD)))
                    .isInstanceOf(SQLException.class);
            assertThat(man.hasRead("canary")).isFalse();
            String plain = "jdbc:oracle:thin:@tcp://localhost:" + man.port() + "/app";
            int before = man.connections();
            assertThat(catchThrowable(() -> WovenProcess.connect(driver, plain, "user", USER, "password", PASSWORD)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("TCPS");
            assertThat(man.connections()).isEqualTo(before);
        }
    }
}
