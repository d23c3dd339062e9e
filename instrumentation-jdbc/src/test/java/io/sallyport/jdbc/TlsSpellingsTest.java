package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which an application can tell a driver how to encrypt, at every level, against every kind of server. What counts is what reaches
 * the server: a name in plain text, a name inside TLS, or nothing.
 */
@Timeout(120)
class TlsSpellingsTest {

    /** What the server is that a driver meets. */
    private enum Peer {
        WITHOUT_TLS,
        OF_NO_KNOWN_AUTHORITY,
        FOR_ANOTHER_HOST,
        RIGHT
    }

    private static final Peer[] NOBODY = {Peer.RIGHT};

    private enum Level {
        REQUIRE(Peer.OF_NO_KNOWN_AUTHORITY, Peer.FOR_ANOTHER_HOST, Peer.RIGHT),
        VERIFY_CA(Peer.FOR_ANOTHER_HOST, Peer.RIGHT),
        VERIFY_FULL(Peer.RIGHT);

        /** Whom a name may be told, in TLS. */
        private final List<Peer> met;

        Level(Peer... met) {
            this.met = List.of(met);
        }

        String inPolicy() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    @TempDir
    static Path directory;

    private static final Map<Peer, IssuedCertificate> CERTIFICATES = new EnumMap<>(Peer.class);

    @BeforeAll
    static void certify() throws Exception {
        TestAuthority authority = TestAuthority.create("corporate");
        authority.writeTo(directory.resolve("ca.pem"));
        CERTIFICATES.put(Peer.OF_NO_KNOWN_AUTHORITY, TestAuthority.selfSigned("localhost"));
        CERTIFICATES.put(Peer.FOR_ANOTHER_HOST, authority.server("other.example"));
        CERTIFICATES.put(Peer.RIGHT, authority.server("localhost"));
        System.setProperty(
                "org.postgresql.pgservicefile",
                directory.resolve("pg_service.conf").toString());
    }

    @AfterAll
    static void forget() {
        System.clearProperty("org.postgresql.pgservicefile");
        ProcessTrust.forgetKeyStore();
    }

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    static Stream<TlsSpelling> spellings() {
        return TlsSpelling.all().stream();
    }

    /** Oracle's protocol names nobody before the server has answered. */
    static Stream<TlsSpelling> thatNameTheUserFirst() {
        return spellings().filter(s -> !s.isOracle());
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void noSpellingGetsBelowTheDemandedLevel(TlsSpelling spelling) throws Exception {
        for (Level level : Level.values()) {
            // Who is refused before connecting meets nobody.
            for (Peer peer : spelling.isRaised(level.inPolicy()) ? Peer.values() : NOBODY) {
                String when = spelling + " at " + level + ", server " + peer;
                try (UnderPolicy policy = policy(spelling, level.inPolicy(), "TLSv1.2");
                        ManInTheMiddle server =
                                new ManInTheMiddle(spelling.protocol(), CERTIFICATES.get(peer), spelling.versions())) {
                    Throwable failure = connect(spelling, server);

                    assertThat(failure).as(when).isInstanceOf(SQLException.class);
                    assertThat(failure.getMessage()).as(when).doesNotContain(TlsSpelling.PASSWORD);
                    assertThat(server.hasRead("canary") && !server.hasReadInTls("canary"))
                            .as("plain text: " + when)
                            .isFalse();
                    if (!level.met.contains(peer)) {
                        assertThat(server.hasRead("canary")).as(when).isFalse();
                    } else if (peer == Peer.RIGHT) {
                        assertThat(server.hasReadInTls(TlsSpelling.USER))
                                .as(when + ": " + failure.getMessage())
                                .isEqualTo(spelling.reaches(level.inPolicy()));
                    }
                    if (!spelling.isRaised(level.inPolicy())) {
                        assertThat(failure).as(when).hasMessageContaining("Refused by Sallyport");
                        assertThat(server.connections()).as(when).isZero();
                    }
                }
            }
        }
    }

    /** An older version than the policy's is as good as nothing. */
    @ParameterizedTest
    @MethodSource("spellings")
    void noSpellingGetsBelowTheLeastVersion(TlsSpelling spelling) throws Exception {
        try (UnderPolicy policy = policy(spelling, "require", "TLSv1.3");
                ManInTheMiddle server =
                        new ManInTheMiddle(spelling.protocol(), CERTIFICATES.get(Peer.RIGHT), "TLSv1.2")) {
            assertThat(connect(spelling, server)).isInstanceOf(SQLException.class);

            assertThat(server.hasRead("canary")).isFalse();
        }
    }

    /** Where nothing is demanded the driver does what it was told: what reaches the server is what would without an agent. */
    @ParameterizedTest
    @MethodSource("thatNameTheUserFirst")
    void withoutADemandASpellingMeansWhatItAlwaysDid(TlsSpelling spelling) throws Exception {
        for (String level : List.of("off", "observe")) {
            for (Peer peer : List.of(Peer.WITHOUT_TLS, Peer.OF_NO_KNOWN_AUTHORITY)) {
                try (UnderPolicy policy = policy(spelling, level, "TLSv1.2");
                        ManInTheMiddle server =
                                new ManInTheMiddle(spelling.protocol(), CERTIFICATES.get(peer), spelling.versions())) {
                    Throwable failure = connect(spelling, server);

                    assertThat(failure)
                            .hasMessageNotContaining("Refused by Sallyport")
                            .isInstanceOf(SQLException.class);
                    assertThat(policy.events).noneMatch(e -> "deny".equals(e.verdict()));
                    assertThat(server.connections())
                            .as(spelling + " at " + level)
                            .isPositive();
                }
            }
        }
    }

    private static UnderPolicy policy(TlsSpelling spelling, String level, String version) throws Exception {
        String roots = spelling.takesRoots() ? ", roots: ['" + directory.resolve("ca.pem") + "']" : "";
        return new UnderPolicy("version: 1\nmode: enforce\ntls: [{level: " + level + ", minVersion: " + version
                + (level.startsWith("verify") ? roots : "") + "}]\nallowUnproven: [sqlserver, oracle]\n");
    }

    private static Throwable connect(TlsSpelling spelling, ManInTheMiddle server) throws Exception {
        Files.writeString(
                directory.resolve("pg_service.conf"),
                "[canary]\nhost=localhost\nport=" + server.port()
                        + "\ndbname=app\nsslmode=prefer\n\n[plain]\nhost=localhost\nport=" + server.port()
                        + "\ndbname=app\nsslmode=disable\n");
        return catchThrowable(() -> spelling.connect(server.port()).close());
    }
}
