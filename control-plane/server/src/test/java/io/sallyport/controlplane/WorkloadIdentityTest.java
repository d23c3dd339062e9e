package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.RenewResponse;
import io.sallyport.protocol.ServerMessage;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** How workloads prove who they are: identity tokens, certificates that credentials are bound to, renewal, and what a theft looks like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadIdentityTest {

    private final MovableClock clock = new MovableClock();
    private ScriptedIdp idp;
    private Running server;

    @BeforeAll
    void start() throws Exception {
        idp = new ScriptedIdp();
        server = Running.on(Store.EMBEDDED, clock, Running.settings("""
                workloads:
                  oidc:
                    - name: cluster
                      issuer: "%s"
                      audience: sallyport
                      workload: "{kubernetes.io.namespace}/{kubernetes.io.serviceaccount.name}"
                      labels: {namespace: kubernetes.io.namespace, team: team}
                      groups: groups
                      require: {kubernetes.io.namespace: [shop, payments]}
                      uniqueTo: kubernetes.io.pod.uid
                  expected: [{workload: watched, silentFor: 60}, {workload: never-there}]
                """.formatted(idp.issuer())));
    }

    @AfterAll
    void stop() {
        server.close();
        idp.close();
    }

    @BeforeEach
    void calm() {
        // Failures of one address are slowed down together.
        clock.forward(Duration.ofMinutes(16));
        idp.beHonest();
    }

    private static UnaryOperator<JWTClaimsSet.Builder> pod(String uid) {
        return claims -> claims.subject("system:serviceaccount:shop:" + uid)
                .claim(
                        "kubernetes.io",
                        Map.of(
                                "namespace", "shop",
                                "serviceaccount", Map.of("name", "orders"),
                                "pod", Map.of("uid", uid)))
                .claim("team", "checkout")
                .claim("groups", List.of("deployers"));
    }

    private String token(String uid) {
        return idp.workloadToken(pod(uid));
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }

    private TestAgent enrolled(String token, TestKey key) {
        return new TestAgent(server, server.enroll(token, "self-named", unique(), key), key);
    }

    private Api.Answer enroll(String token) {
        return server.anyone()
                .post("/agent/v1/enroll", new EnrollRequest(token, "w", unique(), Map.of(), new TestKey().publicKey()));
    }

    private Api.Answer renew(EnrollResponse enrolled, String token, String proof) {
        return server.as(enrolled.credential()).post("/agent/v1/renew", new RenewRequest(token, proof));
    }

    private List<JsonNode> alarms(String workload) {
        List<JsonNode> alarms = new java.util.ArrayList<>();
        server.admin()
                .get("/api/v1/events?type=ALARM&workload=" + workload)
                .expect(200)
                .path("events")
                .forEach(alarms::add);
        return alarms;
    }

    @Test
    void nameLabelsAndGroupsComeFromTheTokensClaims() {
        TestAgent agent = enrolled(token(unique()), new TestKey());
        agent.connect();
        ServerMessage.Welcome welcome = agent.hello("spool");
        assertThat(welcome.subject()).isEqualTo("shop/orders");
        assertThat(welcome.verified()).isTrue();
        assertThat(welcome.labels()).containsEntry("namespace", "shop").containsEntry("team", "checkout");
        assertThat(welcome.groups()).containsExactly("deployers");
        assertThat(server.admin()
                        .get("/api/v1/workloads/" + agent.id())
                        .expect(200)
                        .path("verified")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anIssuerThatMovedItsKeysIsFollowedWithoutARestart() {
        assertThat(enroll(token(unique())).status()).isEqualTo(200);
        idp.move();
        clock.forward(Duration.ofMinutes(2));
        assertThat(enroll(token(unique())).status()).isEqualTo(200);
    }

    @Test
    void aClientsOwnTokenAdmitsItUnderItsVerifiedName() throws Exception {
        try (ScriptedIdp corp = new ScriptedIdp();
                Running plane = Running.on(Store.EMBEDDED, clock, Running.settings("""
                        workloads:
                          oidc: [{name: corp, issuer: "%s", audience: sallyport, workload: "{client_id}", require: {client_id: [billing]}}]
                        """.formatted(corp.issuer())))) {
            TestKey key = new TestKey();
            TestAgent agent = new TestAgent(
                    plane, plane.enroll(corp.clientCredentialsToken("billing"), "self-named", unique(), key), key);
            agent.connect();
            ServerMessage.Welcome welcome = agent.hello("spool");
            assertThat(welcome.subject()).isEqualTo("billing");
            assertThat(welcome.verified()).isTrue();
            plane.anyone()
                    .post(
                            "/agent/v1/enroll",
                            new EnrollRequest(
                                    corp.clientCredentialsToken("somebody-else"),
                                    "w",
                                    unique(),
                                    Map.of(),
                                    key.publicKey()))
                    .expect(401);
        }
    }

    @TestFactory
    Stream<DynamicTest> tokensThatAdmitNobody() {
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> lies = Map.of(
                "another issuer", claims -> claims.issuer("https://evil.example.com"),
                "another audience", claims -> claims.audience("https://kubernetes.default.svc"),
                "an old token",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(3600))),
                "no expiry", claims -> claims.expirationTime(null),
                "a namespace that is not admitted",
                        claims -> claims.claim("kubernetes.io", Map.of("namespace", "kube-system")),
                "no claim for the name", claims -> claims.claim("kubernetes.io", Map.of("namespace", "shop")));
        return lies.entrySet().stream()
                .map(lie -> DynamicTest.dynamicTest(lie.getKey(), () -> {
                    calm();
                    String token = idp.workloadToken(
                            claims -> lie.getValue().apply(pod(unique()).apply(claims)));
                    Api.Answer answer = enroll(token);
                    answer.expect(401);
                    assertThat(answer.text()).doesNotContain(token.substring(0, 20));
                }));
    }

    @Test
    void aSignatureByAnotherKeyAdmitsNobody() {
        idp.signWithAnUnpublishedKey();
        enroll(token(unique())).expectStatus(401, 503);
        String honest = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes()) + "."
                + token(unique()).split("\\.")[1] + ".";
        enroll(honest).expect(401);
    }

    @Test
    void aCredentialOpensNoChannelWithoutItsCertificate() {
        TestKey key = new TestKey();
        EnrollResponse enrolled = server.enroll(server.joinToken("orders"), "orders", unique(), key);
        assertThat(enrolled.certificate()).isNotNull();
        assertThatThrownBy(() -> new TestAgent(server, enrolled).connect()).isInstanceOf(CompletionException.class);
        // Nor with somebody else's.
        TestKey other = new TestKey();
        EnrollResponse another = server.enroll(server.joinToken("orders"), "orders", unique(), other);
        EnrollResponse stolen = new EnrollResponse(
                enrolled.workloadId(), enrolled.credential(), "", another.certificate(), another.expires());
        assertThatThrownBy(() -> new TestAgent(server, stolen, other).connect())
                .isInstanceOf(CompletionException.class);
        TestAgent owner = new TestAgent(server, enrolled, key);
        owner.connect();
        assertThat(owner.hello("spool").subject()).isEqualTo("orders");
    }

    @Test
    void theCertificateIsShortLivedAndForClientsOnly() throws Exception {
        EnrollResponse enrolled = server.enroll(server.joinToken("orders"), "orders", unique(), new TestKey());
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(enrolled.certificate())));
        assertThat(Duration.between(Instant.now(), certificate.getNotAfter().toInstant()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + enrolled.workloadId());
    }

    @Test
    void aCredentialIsRenewedByWhoeverHasItsKeyAndEndsOtherwise() {
        TestKey key = new TestKey();
        EnrollResponse enrolled = server.enroll(server.joinToken("orders"), "orders", unique(), key);
        renew(enrolled, null, null).expect(401);
        renew(enrolled, null, new TestKey().prove(enrolled.credential())).expect(401);
        TestAgent agent = new TestAgent(server, enrolled, key);
        agent.connect();
        agent.hello("spool");
        clock.forward(Duration.ofHours(25));
        // The channel that is open ends too, at the next sign of life.
        agent.send(new AgentMessage.Heartbeat(Instant.now(), 0));
        assertThat(agent.closeCode()).isEqualTo(1008);
        assertThatThrownBy(agent::connect).isInstanceOf(CompletionException.class);
        RenewResponse renewed = Running.read(
                renew(enrolled, null, key.prove(enrolled.credential())).expect(200), RenewResponse.class);
        assertThat(renewed.expires()).isAfter(clock.instant().plus(Duration.ofHours(23)));
        agent.connect();
        agent.hello("spool");
        clock.forward(Duration.ofDays(40));
        renew(enrolled, null, key.prove(enrolled.credential())).expect(401);
    }

    @Test
    void anIdentityTokensWorkloadRenewsWithAFreshTokenAndItsNewLabelsReachTheLiveAgent() {
        TestKey key = new TestKey();
        String uid = unique();
        EnrollResponse enrolled = server.enroll(token(uid), "w", unique(), key);
        TestAgent agent = new TestAgent(server, enrolled, key);
        agent.connect();
        agent.hello("spool");
        String proof = key.prove(enrolled.credential());
        renew(enrolled, null, proof).expect(401);
        renew(enrolled, token(unique()), proof).expect(401);
        String moved = idp.workloadToken(claims -> pod(uid).apply(claims).claim("groups", List.of("readers")));
        renew(enrolled, moved, proof).expect(200);
        ServerMessage.Welcome again = agent.next(ServerMessage.Welcome.class);
        assertThat(again.groups()).containsExactly("readers");
    }

    @Test
    void aRevokedIdentityDoesNotComeBackWithItsOldTokenNorAsTheSamePod() {
        String uid = unique();
        String token = token(uid);
        TestAgent agent = enrolled(token, new TestKey());
        agent.connect();
        agent.hello("spool");
        long before = System.nanoTime();
        server.admin()
                .post("/api/v1/workloads/" + agent.id() + "/revoke", Map.of("reason", "stolen"))
                .expect(200);
        assertThat(agent.closeCode()).isEqualTo(1008);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        enroll(token).expect(403);
        enroll(token(uid)).expect(403);
        enroll(token(unique())).expect(200);
    }

    @Test
    void twoLiveProcessesWithOnePodUidRaiseAnAlarm() {
        String uid = unique();
        TestAgent first = enrolled(token(uid), new TestKey());
        first.connect();
        first.hello("spool", 100);
        TestAgent replica = enrolled(token(unique()), new TestKey());
        replica.connect();
        replica.hello("spool", 100);
        assertThat(alarms(replica.id())).isEmpty();
        TestAgent thief = enrolled(token(uid), new TestKey());
        thief.connect();
        thief.hello("spool", 200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(alarms(thief.id()))
                        .singleElement()
                        .satisfies(alarm -> assertThat(alarm.toString()).contains("two live processes", "pid 100")));
    }

    @Test
    void whoNamesItselfIsNotVerified() {
        String token = server.admin()
                .post("/api/v1/join-tokens", Map.of("uses", 1, "groups", List.of("deployers")))
                .expect(201)
                .path("token")
                .asText();
        TestKey key = new TestKey();
        TestAgent agent = enrolled(token, key);
        agent.connect();
        ServerMessage.Welcome welcome = agent.hello("spool");
        assertThat(welcome.subject()).isEqualTo("self-named");
        assertThat(welcome.verified()).isFalse();
        assertThat(ticketOf(agent).path("workload").path("verified").asBoolean(true))
                .isFalse();
        TestAgent named = server.connectedAgent("orders");
        assertThat(ticketOf(named).path("workload").path("verified").asBoolean())
                .isTrue();
    }

    private JsonNode ticketOf(TestAgent agent) {
        return server.admin()
                .get("/api/v1/approvals/" + agent.submit(TestAgent.ticket()).id())
                .expect(200);
    }

    @Test
    void labelsThatAWorkloadGivesItselfAreToldFromVerifiedOnes() {
        String token = server.admin()
                .post("/api/v1/join-tokens", Map.of("uses", 1, "labels", Map.of("env", "test")))
                .expect(201)
                .path("token")
                .asText();
        Map<String, String> own = Map.of("team", "payments");
        String id = server.anyone()
                .post("/agent/v1/enroll", new EnrollRequest(token, "w", unique(), own, new TestKey().publicKey()))
                .expect(200)
                .path("workloadId")
                .asText();
        JsonNode shown = server.admin().get("/api/v1/workloads/" + id).expect(200);
        assertThat(shown.path("labels").toString()).isEqualTo("{\"env\":\"test\"}");
        assertThat(shown.path("declaredLabels").toString()).isEqualTo("{\"team\":\"payments\"}");
    }

    private String freeToken() {
        return server.admin()
                .post("/api/v1/join-tokens", Map.of("uses", 3))
                .expect(201)
                .path("token")
                .asText();
    }

    private String labelledToken(String name) {
        return server.admin()
                .post("/api/v1/join-tokens", Map.of("workload", name, "labels", Map.of("team", "pay"), "uses", 3))
                .expect(201)
                .path("token")
                .asText();
    }

    @Test
    void anotherTokenDoesNotBecomeAWorkloadThatIsThere() {
        TestKey key = new TestKey();
        String instance = unique();
        EnrollResponse enrolled = server.enroll(labelledToken("payments"), "payments", instance, key);
        TestAgent victim = new TestAgent(server, enrolled, key);
        victim.connect();
        victim.hello("spool");
        TestKey evil = new TestKey();
        for (String token : List.of(freeToken(), server.joinToken("payments"))) {
            TestAgent thief = new TestAgent(server, server.enroll(token, "payments", instance, evil), evil);
            assertThat(thief.id()).isNotEqualTo(victim.id());
            thief.connect();
            assertThat(thief.hello("spool").labels()).isEmpty();
        }
        assertThat(alarms(victim.id()))
                .hasSize(2)
                .allSatisfy(alarm -> assertThat(alarm.toString()).contains("came with another token"));
        JsonNode row = server.admin().get("/api/v1/workloads/" + victim.id()).expect(200);
        assertThat(row.path("verified").asBoolean()).isTrue();
        assertThat(row.path("labels").path("team").asText()).isEqualTo("pay");
        // Its credential is still the one.
        victim.disconnect();
        victim.connect();
        assertThat(victim.hello("spool").labels()).containsEntry("team", "pay");
    }

    @Test
    void whoeverNamesItselfIsNobodyElseEvenWithTheSameToken() {
        String token = freeToken();
        String instance = unique();
        EnrollResponse first = server.enroll(token, "payments", instance, new TestKey());
        EnrollResponse second = server.enroll(token, "payments", instance, new TestKey());
        assertThat(second.workloadId()).isNotEqualTo(first.workloadId());
        assertThat(alarms(first.workloadId())).hasSize(1);
    }

    @Test
    void aWorkloadThatGotAnotherTokenStaysTheOneThatItBecameWithIt() {
        String instance = unique();
        EnrollResponse before = server.enroll(server.joinToken("payments"), "payments", instance, new TestKey());
        String next = server.joinToken("payments");
        EnrollResponse after = server.enroll(next, "payments", instance, new TestKey());
        EnrollResponse again = server.enroll(next, "payments", instance, new TestKey());
        assertThat(after.workloadId()).isNotEqualTo(before.workloadId());
        assertThat(again.workloadId()).isEqualTo(after.workloadId());
        assertThat(alarms(before.workloadId())).hasSize(1);
    }

    @Test
    void theSameIdentityThatEnrolsAgainStaysTheSameWorkload() {
        String uid = unique();
        String instance = unique();
        EnrollResponse first = server.enroll(token(uid), "w", instance, new TestKey());
        EnrollResponse second = server.enroll(token(uid), "w", instance, new TestKey());
        EnrollResponse other = server.enroll(token(unique()), "w", instance, new TestKey());
        assertThat(second.workloadId()).isEqualTo(first.workloadId());
        assertThat(other.workloadId()).isNotEqualTo(first.workloadId());
    }

    @Test
    void aJoinTokenThatWasMadeVoidAdmitsNobodyAndIsListedNoMore() {
        String token = server.joinToken("voided");
        String id = listedFor("voided").get(0).path("id").asText();
        EnrollResponse before = server.enroll(token, "voided", unique(), new TestKey());
        assertThat(listedFor("voided")).singleElement().satisfies(one -> {
            assertThat(one.path("usesLeft").asInt()).isEqualTo(9);
            assertThat(one.toString()).doesNotContain(token.substring(token.length() - 20));
        });
        server.admin().send("DELETE", "/api/v1/join-tokens/" + id, null).expect(204);
        assertThat(enroll(token).expect(401).path("error").asText()).contains("made void");
        assertThat(listedFor("voided")).isEmpty();
        server.admin().send("DELETE", "/api/v1/join-tokens/" + id, null).expect(404);
        assertThat(server.admin()
                        .get("/api/v1/workloads/" + before.workloadId())
                        .expect(200)
                        .path("revoked")
                        .asBoolean())
                .isFalse();
    }

    private List<JsonNode> listedFor(String workload) {
        List<JsonNode> found = new java.util.ArrayList<>();
        server.admin().get("/api/v1/join-tokens").expect(200).forEach(one -> {
            if (one.path("workload").asText().equals(workload)) {
                found.add(one);
            }
        });
        return found;
    }

    @Test
    void withoutAKeyThereIsNoLastingCredential() {
        String token = server.joinToken("orders");
        Api.Answer answer =
                server.anyone().post("/agent/v1/enroll", new EnrollRequest(token, "orders", unique(), Map.of(), null));
        EnrollResponse enrolled = Running.read(answer.expect(200), EnrollResponse.class);
        assertThat(enrolled.expires()).isBeforeOrEqualTo(clock.instant().plus(Duration.ofHours(24)));
        renew(enrolled, null, null).expect(401);
        clock.forward(Duration.ofHours(25));
        TestAgent late = new TestAgent(server, enrolled);
        assertThatThrownBy(late::connect).isInstanceOf(CompletionException.class);
        renew(enrolled, null, null).expect(401);
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        server.anyone()
                .post(
                        "/agent/v1/enroll",
                        new EnrollRequest(server.joinToken("orders"), "w", unique(), Map.of(), "bm90IGEga2V5"))
                .expect(400);
    }

    @Test
    void anExpectedWorkloadThatFallsSilentRaisesOneAlarmAndComesBack() {
        TestAgent agent = server.agent("watched");
        agent.connect();
        agent.hello("spool");
        // Another test may have put the clock forward before this workload was there: then its return comes first.
        if (server.admin().get("/api/v1/audit").text().contains("watched is silent")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> server.admin().get("/api/v1/audit").text().contains("workload.back"));
        }
        agent.disconnect();
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            clock.forward(Duration.ofSeconds(61));
            assertThat(alarms(agent.id()))
                    .singleElement()
                    .satisfies(alarm -> assertThat(alarm.toString())
                            .contains("expected workload watched is silent: 0 of at least 1"));
        });
        agent.connect();
        agent.hello("spool");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(server.admin().get("/api/v1/audit").text())
                                .contains("workload.back")
                                .contains("expected workload never-there is silent"));
        assertThat(alarms(agent.id())).hasSize(1);
    }
}
