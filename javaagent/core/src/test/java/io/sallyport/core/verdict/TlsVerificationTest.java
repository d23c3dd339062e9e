package io.sallyport.core.verdict;

import static io.sallyport.core.testing.ScriptedPolicy.allow;
import static io.sallyport.core.testing.ScriptedPolicy.enforcing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Exemption;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.GateFixture;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsVerificationTest {

    private static final TlsFacts GOOD = tls("TLSv1.3", true, true);

    @ParameterizedTest
    @CsvSource({
        // level, encrypted, trusted, name fits, admitted
        "OFF,false,false,false,true",
        "OBSERVE,false,false,false,true",
        "REQUIRE,false,false,false,false",
        "REQUIRE,true,false,false,true",
        "VERIFY_CA,true,false,true,false",
        "VERIFY_CA,true,true,false,true",
        "VERIFY_FULL,false,true,true,false",
        "VERIFY_FULL,true,true,false,false",
        "VERIFY_FULL,true,false,true,false",
        "VERIFY_FULL,true,true,true,true"
    })
    void theLevelDecides(Level level, boolean encrypted, boolean trusted, boolean host, boolean admitted) {
        TlsFacts facts = encrypted ? tls("TLSv1.3", trusted, host) : TlsFacts.PLAINTEXT;
        assertThat(admits(level, "TLSv1.2", Set.of(), Commands.ORDERS, facts)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2,TLSv1.2,true",
        "TLSv1.3,TLSv1.2,true",
        "TLSv1.2,TLSv1.3,false",
        "TLSv1.1,TLSv1.2,false",
        "TLSv1,TLSv1.2,false",
        "TLSv1,TLSv1,true",
        "SSLv3,TLSv1,false",
        "TLSv1.10,TLSv1.3,true",
        "TLSv2,TLSv1.3,true",
        "NONE,TLSv1.2,false",
        "DTLSv1.2,TLSv1.2,false",
        "TLSv1.3,newest,false"
    })
    void versionsCompareByNumberAndWhatIsUnknownIsNotEnough(String actual, String minimum, boolean admitted) {
        assertThat(admits(Level.REQUIRE, minimum, Set.of(), Commands.ORDERS, tls(actual, true, true)))
                .isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.255.3.4", "::1", "0:0:0:0:0:0:0:1"})
    void loopbackIsExemptOnlyWhereThePolicySaysSo(String host) {
        Target target = Commands.jdbc("postgresql", host);
        assertThat(plaintext(Set.of(), target)).isFalse();
        assertThat(plaintext(EnumSet.of(Exemption.LOOPBACK), target)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1.evil.org",
                "127.0.0.256",
                "127.1",
                "localhost.evil.org",
                "128.0.0.1",
                "0.0.0.0",
                "::2",
                "db"
            })
    void whatOnlyLooksLikeLoopbackIsNot(String host) {
        assertThat(plaintext(EnumSet.of(Exemption.LOOPBACK), Commands.jdbc("postgresql", host)))
                .isFalse();
    }

    @Test
    void oneRemoteHostAmongSeveralEndsTheLoopbackExemption() {
        Target target = Commands.jdbc("postgresql", "localhost", "db.internal");
        assertThat(plaintext(EnumSet.of(Exemption.LOOPBACK), target)).isFalse();
    }

    @Test
    void inMemorySocketAndMeshTargetsAreExemptByName() {
        assertThat(plaintext(EnumSet.of(Exemption.IN_MEMORY), Commands.jdbc("h2")))
                .isTrue();
        assertThat(plaintext(Set.of(), Commands.jdbc("h2"))).isFalse();
        assertThat(plaintext(EnumSet.of(Exemption.IN_MEMORY, Exemption.LOOPBACK), Commands.ORDERS))
                .isFalse();
        Target socket = Commands.jdbc("postgresql", "/var/run/postgresql");
        assertThat(plaintext(EnumSet.of(Exemption.UNIX_SOCKET), socket)).isTrue();
        assertThat(plaintext(EnumSet.of(Exemption.LOOPBACK), socket)).isFalse();
        assertThat(plaintext(EnumSet.of(Exemption.UNIX_SOCKET), Commands.jdbc("mysql", "/x")))
                .isFalse();
        assertThat(plaintext(EnumSet.of(Exemption.MESH), Commands.ORDERS)).isTrue();
    }

    @Test
    void aRefusalSaysHowToMendItAndTheFactsAreRecorded() {
        GateFixture f = fixture(Level.VERIFY_FULL, "TLSv1.2", Set.of());
        Refusal refusal = catchThrowableOfType(
                        RefusedException.class,
                        () -> f.gate.verifyTls(Commands.connect(Commands.ORDERS), TlsFacts.PLAINTEXT))
                .refusal();
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.TLS);
        assertThat(refusal.rule()).isEqualTo("tls");
        assertThat(refusal.message()).contains("not encrypted", "verify-full", "sslmode=verify-full");
        Event open = f.events.only(Type.OPEN);
        assertThat(open.verdict()).isEqualTo("deny");
        assertThat(open.tls()).isEqualTo("plaintext");
        assertThat(open.call()).isEqualTo(refusal.incident());
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql,REQUIRE,Set sslmode=require in",
        "postgresql,VERIFY_FULL,Set sslmode=verify-full in",
        "mysql,REQUIRE,Set sslMode=REQUIRED in",
        "mysql,VERIFY_CA,Set sslMode=VERIFY_CA in",
        "mysql,VERIFY_FULL,Set sslMode=VERIFY_IDENTITY in",
        "mariadb,REQUIRE,Set sslMode=trust in",
        "mariadb,VERIFY_FULL,Set sslMode=verify-full in",
        "sqlserver,REQUIRE,Set encrypt=true;trustServerCertificate=true in",
        "sqlserver,VERIFY_CA,Set encrypt=true;trustServerCertificate=false in",
        "oracle,VERIFY_FULL,'@tcps://host:2484/service, with oracle.net.ssl_server_dn_match=true'",
        "oracle,REQUIRE,'@tcps://host:2484/service, and turn'",
        "h2,VERIFY_CA,Use jdbc:h2:ssl: in place of jdbc:h2:tcp:",
        "db2,REQUIRE,Place a relay beside the server"
    })
    void theRemedyOfPlainTextIsTheDriversOwnSetting(String vendor, Level level, String remedy) {
        assertThat(complaint(vendor, level, "TLSv1.2", TlsFacts.PLAINTEXT)).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql,TLSv1.3,-Djdk.tls.client.protocols=TLSv1.3",
        "mysql,TLSv1.3,tlsVersions=TLSv1.3 in",
        "mariadb,TLSv1.3,enabledSslProtocolSuites=TLSv1.3 in",
        "sqlserver,TLSv1.3,encrypt=strict in",
        "sqlserver,TLSv1.2,sslProtocol=TLSv1.2 in",
        "oracle,TLSv1.3,oracle.net.ssl_version=1.3 in",
        "h2,TLSv1.3,-Djdk.tls.client.protocols=TLSv1.3"
    })
    void theRemedyOfAnOlderVersionIsTheDriversOwnSetting(String vendor, String least, String remedy) {
        assertThat(complaint(vendor, Level.REQUIRE, least, tls("TLSv1.1", true, true)))
                .contains(remedy);
    }

    private static String complaint(String vendor, Level level, String least, TlsFacts facts) {
        Target target = new Target(
                Target.Protocol.JDBC, vendor, List.of(new Endpoint("db.internal", 1)), "app", "jdbc:" + vendor + ":");
        GateFixture f = fixture(level, least, Set.of());
        return catchThrowableOfType(RefusedException.class, () -> f.gate.verifyTls(Commands.connect(target), facts))
                .refusal()
                .message();
    }

    @Test
    void theLoopbackIsExemptOnlyWhereItIsNotLeftByAProxy() {
        Target local = Commands.jdbc("postgresql", "localhost");
        TlsFacts proxied = TlsFacts.PLAINTEXT.leadingTo("the proxy 10.0.0.9:1080");

        assertThat(admits(Level.REQUIRE, "TLSv1.2", Set.of(Exemption.LOOPBACK), local, TlsFacts.PLAINTEXT))
                .isTrue();
        assertThat(admits(Level.REQUIRE, "TLSv1.2", Set.of(Exemption.LOOPBACK), local, proxied))
                .isFalse();
        assertThat(admits(Level.REQUIRE, "TLSv1.2", Set.of(Exemption.MESH), local, proxied))
                .isTrue();
    }

    @Test
    void theFactsOfAGoodConnectionAreRecordedToo() throws Exception {
        GateFixture f = fixture(Level.VERIFY_FULL, "TLSv1.2", Set.of());
        f.gate.verifyTls(Commands.connect(Commands.ORDERS), GOOD);
        assertThat(f.events.only(Type.OPEN).tls()).isEqualTo("TLSv1.3 TLS_AES_256_GCM_SHA384 with CN=db");
        assertThat(f.events.only(Type.OPEN).verdict()).isEqualTo("allow");
    }

    @Test
    void observeModePassesAndSaysWhatWouldHaveHappened() throws Exception {
        GateFixture f = fixture(Level.REQUIRE, "TLSv1.2", Set.of());
        f.policy = ((io.sallyport.core.testing.ScriptedPolicy) f.policy).observing();
        f.gate.verifyTls(Commands.connect(Commands.ORDERS), TlsFacts.PLAINTEXT);
        assertThat(f.events.only(Type.OPEN).wouldHave()).isEqualTo("deny");
        assertThat(f.events.types()).contains(Type.ALARM);
    }

    @Test
    void levelObserveShowsPlaintextWithoutRefusingIt() throws Exception {
        GateFixture f = fixture(Level.OBSERVE, "TLSv1.2", Set.of());
        f.gate.verifyTls(Commands.connect(Commands.ORDERS), TlsFacts.PLAINTEXT);
        assertThat(f.events.only(Type.OPEN).wouldHave()).isEqualTo("deny");
    }

    private static boolean plaintext(Set<Exemption> exempt, Target target) {
        return admits(Level.VERIFY_FULL, "TLSv1.2", exempt, target, TlsFacts.PLAINTEXT);
    }

    private static boolean admits(Level level, String min, Set<Exemption> exempt, Target target, TlsFacts facts) {
        try {
            fixture(level, min, exempt).gate.verifyTls(Commands.connect(target), facts);
            return true;
        } catch (RefusedException e) {
            assertThat(e.refusal().reason()).isEqualTo(Refusal.Reason.TLS);
            return false;
        }
    }

    private static GateFixture fixture(Level level, String min, Set<Exemption> exempt) {
        return new GateFixture(enforcing(allow()).demanding(new TlsRequirement(level, min, List.of(), exempt)));
    }

    private static TlsFacts tls(String version, boolean trusted, boolean host) {
        return new TlsFacts(true, version, "TLS_AES_256_GCM_SHA384", "CN=db", trusted, host);
    }
}
