package io.sallyport.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.core.hold.Outcome;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.record.Event;
import io.sallyport.link.spool.Spool;
import io.sallyport.link.spool.SpoolVerifier;
import io.sallyport.link.testing.Samples;
import io.sallyport.link.testing.ScriptedControlPlane;
import io.sallyport.link.testing.TestCa;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ConfirmedRecording;
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.ServerMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole link against a control plane over real TLS. */
class ControlPlaneLinkTest {

    private static final LinkTimings QUICK = new LinkTimings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(4));

    @TempDir
    private Path spoolDirectory;

    @TempDir
    private Path files;

    private final TestCa ca = new TestCa("test CA");
    private final List<ScriptedControlPlane> servers = new ArrayList<>();
    private final List<ControlPlaneLink> links = new ArrayList<>();
    private final List<String> installed = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private ScriptedControlPlane server;

    @BeforeEach
    void startServer() {
        server = serve(ca.server());
    }

    @AfterEach
    void closeAll() {
        links.forEach(ControlPlaneLink::close);
        servers.forEach(ScriptedControlPlane::close);
    }

    @Test
    void hearsOfASessionThatSomebodyHasStopped() throws Exception {
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        await().until(() -> server.welcomes.get() == 1);
        server.tell(new io.sallyport.protocol.ServerMessage.SessionStopped("jdbc-1", "ann", "looks odd"));
        await().until(() -> link.stopped().why("jdbc-1") != null);
        assertThat(link.stopped().why("jdbc-1")).contains("ann").contains("looks odd");
        assertThat(link.stopped().why("jdbc-2")).isNull();
    }

    @Test
    void tellsWhichRecordingsAreOnItsDiskAndSignedWhichItDeletedOnceAllOfThemWasConfirmed() throws Exception {
        ControlPlaneLink first = start(options().withToken(server.token(ca)));
        await().until(() -> server.welcomes.get() == 1);
        first.events().append(Samples.event(1));
        first.close();
        start(options()).close();
        await().until(() -> server.welcomes.get() == 2);
        start(options());
        await().until(() -> server.welcomes.get() == 3);

        List<AgentMessage.Hello> hellos = server.received(AgentMessage.Hello.class);
        AgentMessage.Hello second = hellos.get(1);
        assertThat(second.disk().present()).containsExactly(second.spool());
        assertThat(second.disk().confirmed()).singleElement().satisfies(confirmed -> {
            assertThat(confirmed.recording()).isEqualTo(hellos.get(0).spool());
            assertThat(confirmed.last()).isEqualTo(1);
            assertThat(confirmed.isSignedBy(second.recordingKey())).isTrue();
            assertThat(new ConfirmedRecording("another", 1, confirmed.signature()).isSignedBy(second.recordingKey()))
                    .isFalse();
        });
        // What was heard is not said again.
        assertThat(hellos.get(2).disk().confirmed())
                .extracting(ConfirmedRecording::recording)
                .containsExactly(second.spool());
    }

    // Enrolment

    @Test
    void enrolsOnceAndUsesTheStoredCredentialAfterARestart() throws Exception {
        String token = server.token(ca);
        ControlPlaneLink first = start(options().withToken(token));
        await().until(() -> server.welcomes.get() == 1);
        first.close();
        start(options());
        await().until(() -> server.welcomes.get() == 2);
        assertThat(server.enrolments).hasSize(1);
        assertThat(server.received(AgentMessage.Hello.class))
                .extracting(AgentMessage.Hello::instance)
                .containsOnly(server.enrolments.get(0).instance());
    }

    @Test
    void presentsTheCertificateThatItsCredentialIsBoundTo() throws Exception {
        server.certify(ca, Duration.ZERO, Duration.ofHours(20));
        String token = server.token(ca);
        ControlPlaneLink first = start(options().withToken(token));
        await().until(() -> server.welcomes.get() == 1);
        assertThat(Base64.getEncoder()
                        .encodeToString(server.presented.getPublicKey().getEncoded()))
                .isEqualTo(server.enrolments.get(0).publicKey());
        first.close();
        start(options());
        await().until(() -> server.welcomes.get() == 2);
        assertThat(server.presented).isNotNull();
        assertThat(server.renewals).isEmpty();
    }

    @Test
    void renewsItsCertificateInTimeWhileTheChannelGoesOn() throws Exception {
        server.certify(ca, Duration.ofHours(20), Duration.ofHours(4));
        start(options().withToken(server.token(ca)));
        // At the first connection, and at a heartbeat.
        await().until(() -> server.welcomes.get() == 1 && server.renewals.size() > 1);
        server.certify(ca, Duration.ZERO, Duration.ofHours(24));
        await().until(() -> renewalsHaveStopped());
        assertThat(server.welcomes.get()).isEqualTo(1);
        String publicKey = server.enrolments.get(0).publicKey();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey))));
        signature.update(RenewRequest.proofOf("credential-1"));
        assertThat(signature.verify(
                        Base64.getDecoder().decode(server.renewals.get(0).proof())))
                .isTrue();
        server.drop();
        await().until(() -> server.welcomes.get() == 2);
        assertThat(server.presented.getNotAfter().toInstant())
                .isAfter(Instant.now().plus(Duration.ofHours(20)));
    }

    private boolean renewalsHaveStopped() {
        int before = server.renewals.size();
        int beats = server.received(AgentMessage.Heartbeat.class).size();
        await().until(() -> server.received(AgentMessage.Heartbeat.class).size() > beats + 2);
        return server.renewals.size() == before;
    }

    @Test
    void anEndedCertificateIsRenewedBeforeTheChannelIsOpened() throws Exception {
        server.certify(ca, Duration.ofHours(24), Duration.ofSeconds(-5));
        ControlPlaneLink first = start(options().withToken(server.token(ca)));
        await().until(() -> !server.enrolments.isEmpty());
        first.close();
        server.certify(ca, Duration.ZERO, Duration.ofHours(24));
        start(options());
        await().until(() -> server.welcomes.get() >= 1 && server.presented != null);
        assertThat(server.enrolments).hasSize(1);
        assertThat(server.presented.getNotAfter().toInstant()).isAfter(Instant.now());
    }

    @Test
    void enrolsWithAnIdentityTokenAndRenewsWithTheFilesNewOne() throws Exception {
        server.certify(ca, Duration.ofHours(20), Duration.ofHours(4));
        Path file = Files.writeString(files.resolve("token"), "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl");
        server.tokens.add("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl");
        start(options().withTokenFile(file).withCaFile(ca.writePem(files.resolve("ca.pem"))));
        await().until(() -> server.welcomes.get() == 1);
        String rotated = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.cm90YXRlZA";
        Files.writeString(file, rotated);
        await().until(() -> server.renewals.stream().anyMatch(renewal -> rotated.equals(renewal.token())));
        assertThat(server.welcomes.get()).isEqualTo(1);
    }

    @Test
    void anIdentityTokenNeedsACaFile() throws Exception {
        Path file = Files.writeString(files.resolve("token"), "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl");
        start(options().withTokenFile(file));
        await().until(() -> !notices.isEmpty());
        assertThat(notices.get(0)).contains("SALLYPORT_CA_FILE").doesNotContain("eyJ");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void keepsCredentialAndPolicyWhereOnlyThisUserCanReadThem() throws Exception {
        server.policy = server.signed(1, "mode: enforce");
        start(options().withToken(server.token(ca)));
        await().until(() -> !installed.isEmpty());
        Path place = spoolDirectory.resolve("orders.0");
        await().until(() -> Files.exists(place.resolve("policy.json")));
        try (Stream<Path> paths = Files.walk(place)) {
            assertThat(paths)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void enrolsAgainWithTheFilesNewTokenWhenTheCredentialIsNoLongerTaken() throws Exception {
        Path file = Files.writeString(files.resolve("token"), server.token(ca));
        start(options().withTokenFile(file));
        await().until(() -> server.welcomes.get() == 1);
        server.tokens.clear();
        Files.writeString(file, server.token(ca) + "\n");
        server.credentials.clear();
        server.drop();
        await().until(() -> server.welcomes.get() == 2);
        assertThat(server.enrolments)
                .extracting(e -> e.token())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void saysInOneLineThatATokenIsRefusedAndRecoversWhenTheFileGetsAGoodOne() throws Exception {
        String bad = server.token(ca);
        server.tokens.clear();
        Path file = Files.writeString(files.resolve("token"), bad);
        start(options().withTokenFile(file));
        await().until(() -> !notices.isEmpty());
        assertThat(notices)
                .singleElement()
                .asString()
                .contains("refused join token")
                .contains("unknown token");
        assertThat(notices.get(0)).doesNotContain(bad).doesNotContain("\n");
        Files.writeString(file, server.token(ca));
        await().until(() -> server.welcomes.get() == 1);
    }

    @Test
    void stopsWhenRevokedAndStaysStoppedAfterARestartWithTheSameToken() throws Exception {
        String token = server.token(ca);
        server.revokeOnConnect = true;
        ControlPlaneLink link = start(options().withToken(token));
        await().until(() -> notices.stream().anyMatch(line -> line.contains("revoked")));
        assertThat(outcomeOf(link, "t-1")).isInstanceOf(Outcome.Unreachable.class);
        link.close();
        int before = server.requests.size();
        notices.clear();
        start(options().withToken(token));
        await().until(() -> notices.stream().anyMatch(line -> line.contains("revoked")));
        assertThat(server.requests).hasSize(before);
    }

    @Test
    void aRevokedWorkloadComesBackAsAnotherInstanceWithAnotherToken() throws Exception {
        server.revokeOnConnect = true;
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        await().until(() -> !notices.isEmpty());
        link.close();
        server.revokeOnConnect = false;
        start(options().withToken(server.token(ca)));
        await().until(() -> server.welcomes.get() == 1);
        assertThat(server.enrolments)
                .extracting(e -> e.instance())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    // Options

    @Test
    void refusesToOpenWithoutTokenOrEnrolment() {
        assertThatThrownBy(() -> open(options()))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("SALLYPORT_TOKEN_FILE");
    }

    @Test
    void refusesToOpenWithADamagedTokenWithoutRepeatingIt() {
        assertThatThrownBy(() -> open(options().withToken("sp1.hunter2")))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("join token")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesAControlPlaneWithoutTls() {
        LinkOptions plain = LinkOptions.of("http://localhost:8080", spoolDirectory, "orders")
                .withToken(server.token(ca));
        assertThatThrownBy(() -> open(plain)).isInstanceOf(LinkException.class).hasMessageContaining("https://");
    }

    @Test
    void refusesACaFileThatHoldsAServersCertificate() {
        Path file = TestCa.writePem(files.resolve("leaf.pem"), ca.server().chain()[0]);
        assertThatThrownBy(() -> open(options().withToken(server.token(ca)).withCaFile(file)))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("not a CA's");
    }

    @Test
    void saysOnceThatNobodyAnswersAndConnectsWhenTheControlPlaneComes() throws Exception {
        server.goAway();
        start(options().withToken(server.token(ca)));
        await().until(() -> !notices.isEmpty());
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(3)).until(() -> notices.size() == 1);
        assertThat(notices.get(0)).contains("no control plane answers at " + server.url());
        server.comeBack();
        await().until(() -> server.welcomes.get() == 1);
    }

    // Identity, coverage, heartbeat

    @Test
    void identityIsUnverifiedUntilTheControlPlaneHasWelcomedTheWorkload() throws Exception {
        ControlPlaneLink link = open(options().withToken(server.token(ca)));
        assertThat(link.identity().get()).isEqualTo(Identity.unverified("orders"));
        link.start();
        await().until(() -> link.identity().get().verified());
        assertThat(link.identity().get())
                .isEqualTo(new Identity("orders", true, Set.of("deployers"), Map.of("env", "test")));
    }

    @Test
    void reportsCoverageOnEveryConnectAndOnChange() throws Exception {
        ControlPlaneLink link = open(options().withToken(server.token(ca)));
        AgentMessage.CoverageReport none = new AgentMessage.CoverageReport("enforce", List.of());
        AgentMessage.CoverageReport one = new AgentMessage.CoverageReport(
                "enforce", List.of(new AgentMessage.Component("jdbc", "org.h2.Driver", "WOVEN", "")));
        link.reportCoverage(none);
        link.start();
        await().until(() -> server.received(AgentMessage.CoverageReport.class).equals(List.of(none)));
        link.reportCoverage(one);
        link.reportCoverage(one);
        await().until(() -> server.received(AgentMessage.CoverageReport.class).equals(List.of(none, one)));
        server.drop();
        await().until(() -> server.received(AgentMessage.CoverageReport.class).equals(List.of(none, one, one)));
    }

    @Test
    void heartbeatsTellHowManyCallsWait() throws Exception {
        ControlPlaneLink link = connect(options().withToken(server.token(ca)));
        link.approvals().submit(Samples.ticket("t-1", Duration.ofMinutes(1)), outcome -> {});
        await().until(() ->
                server.received(AgentMessage.Heartbeat.class).stream().anyMatch(beat -> beat.waiting() == 1));
    }

    @Test
    void survivesMessagesThatItDoesNotKnow() throws Exception {
        start(options().withToken(server.token(ca)));
        await().until(() -> server.welcomes.get() == 1);
        server.tellRaw("{\"type\":\"fromTheFuture\",\"x\":1}");
        server.publish(server.signed(1, "mode: enforce"));
        await().until(() -> installed.equals(List.of("1 mode: enforce")));
        assertThat(server.welcomes).hasValue(1);
    }

    // Events

    @Test
    void eventsArriveInOrderAndOnceAcrossBrokenConnections() throws Exception {
        ControlPlaneLink link = open(options().withToken(server.token(ca)));
        for (int i = 1; i <= 2000; i++) {
            assertThat(link.events().append(Samples.event(i))).isTrue();
        }
        server.dropAfterEventFrames = 5;
        link.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> server.eventsOf(spoolId(link)) == 2000);
        assertThat(server.faults).isEmpty();
        assertThat(server.welcomes.get()).isGreaterThan(1);
        assertThat(server.stored.get(spoolId(link)).get(2000L)).isEqualTo(Samples.event(2000));
    }

    @Test
    void whatTheControlPlaneHadNoRoomForIsSentAgainOnTheSameConnectionWhenItAsks() throws Exception {
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        link.events().append(Samples.event(1));
        await().until(() -> server.eventsOf(spoolId(link)) == 1);
        server.full = true;
        for (int i = 2; i <= 2000; i++) {
            link.events().append(Samples.event(i));
        }
        await().until(server::hasForgotten);
        server.askAgain(spoolId(link));
        await().atMost(Duration.ofSeconds(30)).until(() -> server.eventsOf(spoolId(link)) == 2000);
        assertThat(server.faults).isEmpty();
        assertThat(server.welcomes.get()).isEqualTo(1);
    }

    @Test
    void resumesBehindWhatTheControlPlaneHasWhenConfirmationsWereLost() throws Exception {
        server.acknowledging = false;
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        for (int i = 1; i <= 300; i++) {
            link.events().append(Samples.event(i));
        }
        await().until(() -> server.eventsOf(spoolId(link)) == 300);
        server.drop();
        server.acknowledging = true;
        link.events().append(Samples.event(301));
        await().until(() -> server.eventsOf(spoolId(link)) == 301);
        assertThat(server.faults).isEmpty();
    }

    @Test
    void closeDeliversWhatIsLeftAndRemovesTheConfirmedSpool() throws Exception {
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        await().until(() -> server.welcomes.get() == 1);
        for (int i = 1; i <= 1000; i++) {
            link.events().append(Samples.event(i));
        }
        link.close();
        assertThat(server.eventsOf(spoolId(link))).isEqualTo(1000);
        assertThat(link.spoolPath()).doesNotExist();
        assertThat(link.events().append(Samples.event(1001))).isFalse();
    }

    @Test
    void closeTakesLessThanFiveSecondsWhenTheControlPlaneDoesNotConfirm() throws Exception {
        server.acknowledging = false;
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        await().until(() -> server.welcomes.get() == 1);
        link.events().append(Samples.event(1));
        long before = System.nanoTime();
        link.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(SpoolVerifier.verify(link.spoolPath()).spools())
                .singleElement()
                .matches(spool -> spool.records() == 1);
    }

    @Test
    void whatWasNotDeliveredIsUploadedByTheNextStart() throws Exception {
        ControlPlaneLink first = start(options().withToken(server.token(ca)));
        await().until(() -> server.welcomes.get() == 1);
        server.goAway();
        for (int i = 1; i <= 500; i++) {
            assertThat(first.events().append(Samples.event(i))).isTrue();
        }
        first.close();
        server.comeBack();
        ControlPlaneLink second = start(options());
        second.events().append(Samples.event(1));
        await().until(() -> server.eventsOf(spoolId(first)) == 500 && server.eventsOf(spoolId(second)) == 1);
        assertThat(server.faults).isEmpty();
        await().until(() -> Files.notExists(first.spoolPath()));
    }

    @Test
    void whatIsWholeOfADamagedRecordingIsUploadedAndTheDamageIsAnAlarm() throws Exception {
        ControlPlaneLink first = start(options().withToken(server.token(ca)));
        await().until(() -> server.welcomes.get() == 1);
        server.goAway();
        for (int i = 1; i <= 3; i++) {
            first.events().append(Samples.event(i));
            ((Spool) first.events()).seal();
        }
        first.close();
        Path segment = first.spoolPath().resolve("0000000000000001.blocks");
        byte[] content = Files.readAllBytes(segment);
        content[ByteBuffer.wrap(content).getInt(4) + 90] ^= 1;
        Files.write(segment, content);
        server.comeBack();
        ControlPlaneLink second = start(options());
        await().until(() -> server.eventsOf(spoolId(first)) == 2 && server.eventsOf(spoolId(second)) == 1);
        assertThat(server.stored.get(spoolId(first))).containsOnlyKeys(1L, 3L);
        assertThat(server.stored.get(spoolId(second)).get(1L)).satisfies(event -> {
            assertThat(event.type()).isEqualTo(Event.Type.ALARM);
            assertThat(event.error())
                    .contains(spoolId(first))
                    .contains("record 2 was altered (0000000000000001.blocks");
        });
        await().until(() ->
                Files.readString(first.spoolPath().resolve("acknowledged")).equals("3\n"));
        assertThat(Files.readAllBytes(segment)).isEqualTo(content);
    }

    @Test
    void anOlderCopyOfARecordingThatIsPutBackIsAnAlarmAndCountsNothingTwice() throws Exception {
        server.acknowledging = false;
        ControlPlaneLink first = start(options().withToken(server.token(ca)));
        send(first, 1, 3);
        await().until(() -> server.eventsOf(spoolId(first)) == 3);
        Path older = copied(first.spoolPath());
        send(first, 4, 6);
        await().until(() -> server.eventsOf(spoolId(first)) == 6);
        Map<Long, Event> stored = Map.copyOf(server.stored.get(spoolId(first)));
        server.acknowledging = true;
        putBack(older, first);

        ControlPlaneLink second = start(options());
        await().until(() -> server.eventsOf(spoolId(second)) == 1);
        assertThat(server.stored.get(spoolId(second)).get(1L)).satisfies(event -> {
            assertThat(event.type()).isEqualTo(Event.Type.ALARM);
            assertThat(event.error()).contains(spoolId(first), "records 4 to 6", "an older copy was put in its place");
        });
        assertThat(server.stored.get(spoolId(first))).isEqualTo(stored);
        // Evidence is nobody's to delete but the operator's.
        second.close();
        ControlPlaneLink third = start(options());
        send(third, 7, 7);
        await().until(() -> server.eventsOf(spoolId(third)) == 1);
        assertThat(server.stored.get(spoolId(third)).get(1L).type()).isNotEqualTo(Event.Type.ALARM);
        assertThat(first.spoolPath()).exists();
    }

    @Test
    void aConfirmedRecordingThatIsPutBackIsNotCountedTwiceAndIsDeletedAgain() throws Exception {
        ControlPlaneLink first = start(options().withToken(server.token(ca)));
        send(first, 1, 3);
        await().until(() -> server.eventsOf(spoolId(first)) == 3);
        Path copy = copied(first.spoolPath());
        Files.deleteIfExists(copy.resolve("acknowledged"));
        Map<Long, Event> stored = Map.copyOf(server.stored.get(spoolId(first)));
        putBack(copy, first);

        ControlPlaneLink second = start(options());
        send(second, 4, 4);
        await().until(() -> server.eventsOf(spoolId(second)) == 1 && Files.notExists(first.spoolPath()));
        assertThat(server.stored.get(spoolId(first))).isEqualTo(stored);
        assertThat(server.stored.get(spoolId(second)).get(1L).type()).isNotEqualTo(Event.Type.ALARM);
    }

    private static void send(ControlPlaneLink link, int from, int to) throws Exception {
        for (int i = from; i <= to; i++) {
            assertThat(link.events().append(Samples.event(i))).isTrue();
        }
        ((Spool) link.events()).seal();
    }

    private Path copied(Path recording) throws IOException {
        Path copy = Files.createDirectory(files.resolve("copy"));
        try (Stream<Path> all = Files.list(recording)) {
            for (Path file : all.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    /** What the closed link has left of its recording is what the copy says. */
    private static void putBack(Path copy, ControlPlaneLink closing) throws IOException {
        Path recording = closing.spoolPath();
        closing.close();
        if (Files.exists(recording)) {
            try (Stream<Path> all = Files.list(recording)) {
                for (Path file : all.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(recording);
        }
        Files.move(copy, recording);
    }

    @Test
    void aSegmentThatIsCutWhileTheWorkloadRunsIsAnAlarmAndWhatComesAfterIsRecordedAndUploaded() throws Exception {
        for (boolean confirmed : new boolean[] {true, false}) {
            ControlPlaneLink link = start(options().withToken(server.token(ca)));
            String recording = spoolId(link);
            Spool spool = (Spool) link.events();
            spool.append(Samples.event(1));
            await().until(() -> server.eventsOf(recording) == 1);
            server.goAway();
            spool.append(Samples.event(2));
            spool.seal();
            Path segment = link.spoolPath().resolve("0000000000000001.blocks");
            long whole = Files.size(segment);
            try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                file.truncate(confirmed ? 100 : whole - 10);
            }
            spool.append(Samples.event(3));
            server.comeBack();
            await().until(() -> server.stored.get(recording).values().stream()
                    .anyMatch(event -> event.call().equals("call-3")));
            await().until(() -> server.stored.get(recording).values().stream()
                    .anyMatch(event -> event.type() == Event.Type.ALARM
                            && event.error().contains("cut off at byte")
                            && event.error().contains(recording)));
            assertThat(spool.append(Samples.event(4))).isTrue();
            await().until(() -> server.stored.get(recording).values().stream()
                    .anyMatch(event -> event.call().equals("call-4")));
            link.close();
            assertThat(SpoolVerifier.verify(link.spoolPath()).intact()).isFalse();
        }
    }

    @Test
    void twoProcessesOnOneDirectoryHaveAPlaceAndACredentialEach() throws Exception {
        String token = server.token(ca);
        ControlPlaneLink one = start(options().withToken(token));
        ControlPlaneLink two = start(options().withToken(token));
        await().until(() -> server.welcomes.get() == 2);
        assertThat(one.spoolPath().getParent()).isNotEqualTo(two.spoolPath().getParent());
        assertThat(server.enrolments)
                .extracting(e -> e.instance())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    // Policy

    @Test
    void installsASignedPolicyAndEachChangeOfIt() throws Exception {
        server.policy = server.signed(3, "mode: observe");
        start(options().withToken(server.token(ca)));
        await().until(() -> installed.equals(List.of("3 mode: observe")));
        server.publish(server.signed(4, "mode: enforce"));
        await().until(() -> installed.equals(List.of("3 mode: observe", "4 mode: enforce")));
        await().until(() -> server.received(AgentMessage.PolicyStatus.class)
                .equals(List.of(
                        new AgentMessage.PolicyStatus(3, true, ""), new AgentMessage.PolicyStatus(4, true, ""))));
    }

    @Test
    void refusesAForgedPolicyAndSaysSo() throws Exception {
        ServerMessage.PolicyUpdate genuine = server.signed(1, "mode: enforce");
        server.policy = new ServerMessage.PolicyUpdate(1, "mode: observe", genuine.signature());
        start(options().withToken(server.token(ca)));
        await().until(() -> !server.received(AgentMessage.PolicyStatus.class).isEmpty());
        assertThat(server.received(AgentMessage.PolicyStatus.class).get(0).accepted())
                .isFalse();
        assertThat(installed).isEmpty();
        await().until(() -> notices.stream().anyMatch(line -> line.contains("not signed")));
    }

    @Test
    void refusesAnOlderPolicyThanTheOneInForce() throws Exception {
        ServerMessage.PolicyUpdate old = server.signed(1, "mode: observe");
        server.policy = server.signed(2, "mode: enforce");
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        await().until(() -> link.policyVersion() == 2);
        server.tell(old);
        await().until(() -> server.received(AgentMessage.PolicyStatus.class).stream()
                .anyMatch(s -> s.version() == 1 && !s.accepted()));
        assertThat(installed).containsExactly("2 mode: enforce");
        assertThat(link.policyVersion()).isEqualTo(2);
    }

    @Test
    void showsThePolicyInForceAsItWasSignedToAControlPlaneThatLostIt() throws Exception {
        ServerMessage.PolicyUpdate policy = server.signed(2, "mode: enforce");
        server.policy = policy;
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        await().until(() -> link.policyVersion() == 2);
        server.tell(new ServerMessage.PolicyWanted());
        await().until(() -> server.received(AgentMessage.PolicyHeld.class)
                .equals(List.of(new AgentMessage.PolicyHeld(2, policy.yaml(), policy.signature()))));
    }

    @Test
    void theStoredPolicyIsInForceBeforeStartReturnsEvenWithoutControlPlane() throws Exception {
        server.policy = server.signed(7, "mode: enforce");
        ControlPlaneLink first = start(options().withToken(server.token(ca)));
        await().until(() -> Files.exists(spoolDirectory.resolve("orders.0/policy.json")));
        first.close();
        server.goAway();
        installed.clear();
        start(options());
        assertThat(installed).containsExactly("7 mode: enforce");
    }

    @Test
    void aStoredPolicyThatWasTamperedWithIsNotUsed() throws Exception {
        server.policy = server.signed(7, "mode: enforce");
        ControlPlaneLink first = start(options().withToken(server.token(ca)));
        Path stored = spoolDirectory.resolve("orders.0/policy.json");
        await().until(() -> Files.exists(stored));
        first.close();
        server.goAway();
        installed.clear();
        Files.writeString(stored, Files.readString(stored).replace("enforce", "observe"));
        start(options());
        assertThat(installed).isEmpty();
        assertThat(notices).anyMatch(line -> line.contains("stored policy is not used"));
    }

    @Test
    void aPolicyThatTheInstallerRefusesIsReportedAndNotStored() throws Exception {
        server.policy = server.signed(1, "broken");
        start(options().withToken(server.token(ca)));
        await().until(() -> server.received(AgentMessage.PolicyStatus.class)
                .equals(List.of(new AgentMessage.PolicyStatus(1, false, "policy.yaml:1: broken"))));
        assertThat(spoolDirectory.resolve("orders.0/policy.json")).doesNotExist();
    }

    // Approvals

    @Test
    void aTicketIsDecidedByPeople() throws Exception {
        ControlPlaneLink link = connect(options().withToken(server.token(ca)));
        List<Outcome> outcomes = submit(link, "t-1");
        await().until(() -> server.tickets().size() == 1);
        server.decide(new ServerMessage.ApprovalDecision("t-1", "approved", List.of("ada"), "month end", true));
        await().until(() -> outcomes.equals(List.of(new Outcome.Approved(List.of("ada"), "month end", true))));
    }

    @Test
    void aTicketOutlivesTheChannelAndHearsADecisionThatFellWhileItWasDown() throws Exception {
        ControlPlaneLink link = connect(options().withToken(server.token(ca)));
        List<Outcome> outcomes = submit(link, "t-1");
        await().until(() -> server.tickets().size() == 1);
        server.goAway();
        server.decide(new ServerMessage.ApprovalDecision("t-1", "refused", List.of("ada"), "no", false));
        await().during(Duration.ofMillis(700)).atMost(Duration.ofSeconds(3)).until(outcomes::isEmpty);
        server.comeBack();
        await().until(() -> outcomes.equals(List.of(new Outcome.Refused(List.of("ada"), "no"))));
        assertThat(server.tickets())
                .hasSize(2)
                .extracting(ticket -> ticket.id())
                .containsOnly("t-1");
    }

    @Test
    void aTicketIsUnreachableWhenTheControlPlaneIsAwayAtTheMomentOfAsking() throws Exception {
        server.goAway();
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        assertThat(outcomeOf(link, "t-1")).isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void aWithdrawnTicketIsWithdrawnAtTheControlPlaneEvenAfterAReconnect() throws Exception {
        ControlPlaneLink link = connect(options().withToken(server.token(ca)));
        List<Outcome> outcomes = submit(link, "t-1");
        await().until(() -> server.tickets().size() == 1);
        server.goAway();
        link.approvals().withdraw("t-1", "cancelled");
        server.comeBack();
        await().until(() -> server.received(AgentMessage.ApprovalWithdrawn.class)
                .contains(new AgentMessage.ApprovalWithdrawn("t-1", "cancelled")));
        server.decide(new ServerMessage.ApprovalDecision("t-1", "approved", List.of("ada"), "", false));
        // A second ticket's answer comes behind the first one's on the same channel.
        List<Outcome> second = submit(link, "t-2");
        server.decide(new ServerMessage.ApprovalDecision("t-2", "refused", List.of(), "", false));
        await().until(() -> second.size() == 1);
        assertThat(outcomes).isEmpty();
    }

    @Test
    void waitingTicketsHearThatTheWorkloadShutsDown() throws Exception {
        ControlPlaneLink link = connect(options().withToken(server.token(ca)));
        List<Outcome> outcomes = submit(link, "t-1");
        await().until(() -> server.tickets().size() == 1);
        link.close();
        await().until(() -> outcomes.equals(List.of(new Outcome.Unreachable("the workload is shutting down"))));
    }

    // Threads

    @Test
    void itsThreadsAreDaemonsWithoutContextClassLoaderAndEndWithIt() throws Exception {
        ControlPlaneLink link = start(options().withToken(server.token(ca)));
        await().until(() -> server.welcomes.get() == 1);
        List<Thread> own = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sallyport-"))
                .toList();
        assertThat(own).hasSizeGreaterThanOrEqualTo(2).allSatisfy(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isNull();
        });
        link.close();
        await().until(() -> own.stream().noneMatch(Thread::isAlive));
    }

    private LinkOptions options() {
        return LinkOptions.of(server.url(), spoolDirectory, "orders");
    }

    private ControlPlaneLink open(LinkOptions options) throws LinkException {
        ControlPlaneLink link = ControlPlaneLink.open(
                options,
                QUICK,
                (version, yaml) -> {
                    if (yaml.equals("broken")) {
                        throw new IllegalArgumentException("policy.yaml:1: broken");
                    }
                    installed.add(version + " " + yaml);
                },
                notices::add);
        links.add(link);
        return link;
    }

    private ControlPlaneLink start(LinkOptions options) throws LinkException {
        ControlPlaneLink link = open(options);
        link.start();
        return link;
    }

    private ControlPlaneLink connect(LinkOptions options) throws LinkException {
        ControlPlaneLink link = start(options);
        await().until(() -> link.identity().get().verified());
        return link;
    }

    private ScriptedControlPlane serve(TestCa.ServerIdentity identity) {
        ScriptedControlPlane started = new ScriptedControlPlane(identity);
        servers.add(started);
        return started;
    }

    private static List<Outcome> submit(ControlPlaneLink link, String id) {
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        link.approvals().submit(Samples.ticket(id, Duration.ofMinutes(1)), outcomes::add);
        return outcomes;
    }

    private static Outcome outcomeOf(ControlPlaneLink link, String id) {
        List<Outcome> outcomes = submit(link, id);
        await().until(() -> !outcomes.isEmpty());
        return outcomes.get(0);
    }

    private static String spoolId(ControlPlaneLink link) {
        return link.spoolPath().getFileName().toString();
    }
}
