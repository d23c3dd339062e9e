package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.sallyport.core.hold.Ticket;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** People sign in through a scripted OpenID Connect provider, over HTTP from end to end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcSignInTest {

    private final MovableClock clock = new MovableClock();
    private ScriptedIdp idp;
    private Running server;

    @BeforeAll
    void start() throws Exception {
        idp = new ScriptedIdp();
        server = Running.on(Store.EMBEDDED, clock, Running.settings("""
                url: https://cp.example.com
                signIn:
                  roles:
                    dba: [approver]
                    platform: [admin]
                    "https://groups/auditors": [auditor]
                  oidc:
                    - {name: corp, title: Corporate login, issuer: "%s", clientId: sallyport, groupsClaim: groups}
                    - {name: other, issuer: "%s", clientId: sallyport}
                """.formatted(idp.issuer(), idp.issuer())));
    }

    @AfterAll
    void stop() {
        server.close();
        idp.close();
    }

    @BeforeEach
    void anHonestProvider() {
        clock.forward(Duration.ofMinutes(20));
        idp.beHonest();
    }

    /** A browser that has been sent to the provider. */
    private record Begun(URI provider, String cookie) {}

    private Begun begin() {
        Api.Answer answer = server.anyone().get("/sign-in/oidc/corp");
        assertThat(answer.status()).isEqualTo(302);
        return new Begun(
                URI.create(answer.raw().headers().firstValue("Location").orElseThrow()),
                answer.cookie("__Host-sallyport_sign_in"));
    }

    private Api.Answer finish(String cookie, String query) {
        Api browser = server.anyone();
        return (cookie == null ? browser : browser.with("Cookie", cookie)).get("/sign-in/oidc/corp/callback?" + query);
    }

    private Api.Answer signIn() {
        Begun begun = begin();
        return finish(begun.cookie(), "code=" + idp.login(begun.provider()) + "&state=" + state(begun));
    }

    private static String state(Begun begun) {
        return ScriptedIdp.form(begun.provider().getRawQuery()).get("state");
    }

    private JsonNode me(Api.Answer signedIn) {
        assertThat(signedIn.raw().headers().firstValue("Location")).contains("/");
        return server.anyone()
                .with("Cookie", signedIn.cookie("__Host-sallyport_session"))
                .get("/api/v1/me")
                .expect(200);
    }

    private static void refused(Api.Answer answer, String reason) {
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.raw().headers().firstValue("Location")).contains("/?sign-in=" + reason);
        assertThat(answer.raw().headers().allValues("Set-Cookie"))
                .noneMatch(header -> header.startsWith("__Host-sallyport_session="));
    }

    @Test
    void aPersonGetsTheRolesOfTheirGroups() {
        JsonNode me = me(signIn());
        assertThat(me.path("user").asText()).isEqualTo("alice");
        assertThat(me.path("roles")).hasSize(1);
        assertThat(me.path("roles").get(0).asText()).isEqualTo("approver");
        assertThat(me.path("groups").get(0).asText()).isEqualTo("dba");
        assertThat(server.admin().get("/api/v1/audit").text()).contains("through oidc:corp, roles [approver]");
    }

    @Test
    void whoseRolesChangedIsDisconnectedFromTheLiveStream() throws Exception {
        idp.saying(claims -> claims.claim("groups", List.of("platform")));
        Api admin = server.anyone().with("Cookie", signIn().cookie("__Host-sallyport_session"));
        HttpResponse<InputStream> stream =
                admin.client().send(admin.request("/api/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> drain(stream.body()));
        idp.saying(claims -> claims.claim("groups", List.of("dba")));
        signIn();
        ended.get(20, TimeUnit.SECONDS);
        assertThat(admin.get("/api/v1/me").expect(200).path("roles").get(0).asText())
                .isEqualTo("approver");
    }

    private static void drain(InputStream stream) {
        try (stream) {
            stream.readAllBytes();
        } catch (IOException cut) {
            // The server closed it.
        }
    }

    @Test
    void theRequestCarriesStateNonceAndAnS256Challenge() {
        Map<String, String> asked = ScriptedIdp.form(begin().provider().getRawQuery());
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("client_id", "sallyport")
                .containsEntry("redirect_uri", "https://cp.example.com/sign-in/oidc/corp/callback");
        assertThat(asked.get("state")).hasSizeGreaterThan(40);
        assertThat(asked.get("nonce")).hasSizeGreaterThan(40);
        me(signIn());
        assertThat(idp.lastTokenRequest().get("code_verifier")).hasSizeGreaterThan(42);
    }

    @Test
    void groupsThatChangeAtTheProviderChangeRolesAtTheNextSignIn() {
        me(signIn());
        idp.saying(claims -> claims.claim("groups", List.of("platform")));
        assertThat(me(signIn()).path("roles").get(0).asText()).isEqualTo("admin");
        idp.saying(claims -> claims.claim("groups", List.of("https://groups/auditors")));
        assertThat(me(signIn()).path("roles").get(0).asText()).isEqualTo("auditor");
    }

    @Test
    void whoHasLostTheGroupThatATicketAsksHasNotVoted() {
        Ticket ticket = server.connectedAgent("orders")
                .submit(TestAgent.ticket(
                        UUID.randomUUID().toString(), List.of("dba", "platform"), 2, false, Duration.ofMinutes(10)));
        String decision = "/api/v1/approvals/" + ticket.id() + "/approve";
        SignedIn.of(signIn(), server).at(server).post(decision, Map.of()).expect(200);
        idp.saying(claims -> claims.claim("groups", List.of("https://groups/auditors")));
        me(signIn());
        JsonNode after = server.approver("bob", "dba").post(decision, Map.of()).expect(200);
        assertThat(after.path("state").asText()).isEqualTo("waiting");
        assertThat(after.path("decisions")).hasSize(1);
    }

    @Test
    void groupsMayStandInTheUserInfoOnly() {
        idp.saying(claims -> claims.claim("groups", null));
        idp.userInfo(Map.of("sub", "subject-1", "groups", List.of("platform")));
        assertThat(me(signIn()).path("roles").get(0).asText()).isEqualTo("admin");
        idp.userInfo(Map.of("sub", "somebody-else", "groups", List.of("platform")));
        refused(signIn(), "no_role");
    }

    @Test
    void whoIsInNoMappedGroupDoesNotComeIn() {
        idp.saying(claims -> claims.claim("groups", List.of("visitors")));
        refused(signIn(), "no_role");
    }

    @Test
    void aNameOfSomebodyElseIsNeverTakenOver() {
        idp.saying(claims -> claims.claim("preferred_username", "admin").subject("impostor"));
        refused(signIn(), "refused");
        idp.beHonest();
        me(signIn());
        idp.saying(claims -> claims.subject("another-subject"));
        refused(signIn(), "refused");
        assertThat(server.admin().get("/api/v1/audit").text()).contains("there is another person of that name");
    }

    @Test
    void aSubjectKeepsItsNameHereWhateverTheProviderCallsItLater() {
        me(signIn());
        idp.saying(claims -> claims.claim("preferred_username", "alice.smith"));
        assertThat(me(signIn()).path("user").asText()).isEqualTo("alice");
    }

    @Test
    void aPersonOfTheProviderHasNoPasswordHere() {
        me(signIn());
        server.anyone()
                .post("/api/v1/login", Map.of("user", "alice", "password", ""))
                .expectStatus(401);
    }

    @Test
    void signingKeysMayBeRotated() {
        me(signIn());
        idp.rotate();
        me(signIn());
    }

    @TestFactory
    Stream<DynamicTest> tokensThatAreNotToBeTrusted() {
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> lies = Map.of(
                "another issuer", claims -> claims.issuer("https://evil.example.com"),
                "another audience", claims -> claims.audience("another-client"),
                "an old token",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(3600))),
                "another nonce", claims -> claims.claim("nonce", "replayed"),
                "no nonce", claims -> claims.claim("nonce", null),
                "no expiry", claims -> claims.expirationTime(null));
        return lies.entrySet().stream()
                .map(lie -> DynamicTest.dynamicTest(lie.getKey(), () -> {
                    anHonestProvider();
                    idp.saying(lie.getValue());
                    refused(signIn(), "refused");
                }));
    }

    @Test
    void aSignatureByAnUnpublishedKeyIsRefused() {
        idp.signWithAnUnpublishedKey();
        Api.Answer answer = signIn();
        // "provider" once the keys were asked for too often to ask again.
        assertThat(answer.raw().headers().firstValue("Location").orElseThrow())
                .isIn("/?sign-in=refused", "/?sign-in=provider");
        assertThat(answer.raw().headers().allValues("Set-Cookie"))
                .noneMatch(header -> header.startsWith("__Host-sallyport_session="));
    }

    @Test
    void anAnswerToAnotherBrowserIsRefused() {
        Begun victim = begin();
        Begun attacker = begin();
        String code = idp.login(attacker.provider());
        refused(finish(null, "code=" + code + "&state=" + state(attacker)), "stale");
        refused(finish(victim.cookie(), "code=" + code + "&state=" + state(attacker)), "stale");
        // With the victim's own state the code still does not fit the victim's verifier.
        refused(finish(victim.cookie(), "code=" + code + "&state=" + state(victim)), "refused");
    }

    @Test
    void aTamperedOrOldCookieIsRefused() {
        Begun begun = begin();
        String query = "code=" + idp.login(begun.provider()) + "&state=" + state(begun);
        char last = begun.cookie().charAt(begun.cookie().length() - 2);
        String tampered = begun.cookie().substring(0, begun.cookie().length() - 2) + (last == 'A' ? "BA" : "AA");
        refused(finish(tampered, query), "stale");
        clock.forward(Duration.ofMinutes(11));
        refused(finish(begun.cookie(), query), "stale");
    }

    @Test
    void aCodeCannotBeUsedTwice() {
        Begun begun = begin();
        String query = "code=" + idp.login(begun.provider()) + "&state=" + state(begun);
        me(finish(begun.cookie(), query));
        refused(finish(begun.cookie(), query), "refused");
    }

    @Test
    void anAnswerOfAnotherProviderIsRefused() {
        Begun begun = begin();
        String code = idp.login(begun.provider());
        refused(
                server.anyone()
                        .with("Cookie", begun.cookie())
                        .get("/sign-in/oidc/other/callback?code=" + code + "&state=" + state(begun)),
                "stale");
        refused(
                finish(begun.cookie(), "code=" + code + "&state=" + state(begun) + "&iss=https://evil.example.com"),
                "refused");
    }

    @Test
    void theLocalAdministratorStillLogsInWhileTheProviderIsAway() throws Exception {
        ScriptedIdp gone = new ScriptedIdp();
        gone.close();
        try (Running alone =
                Running.on(Store.EMBEDDED, Clock.systemUTC(), Running.settings("""
                url: https://cp.example.com
                signIn: {oidc: [{name: corp, issuer: "%s", clientId: c}]}
                """.formatted(gone.issuer())))) {
            refused(alone.anyone().get("/sign-in/oidc/corp"), "provider");
            alone.anyone()
                    .post("/api/v1/login", Map.of("user", "admin", "password", alone.secret("admin-password")))
                    .expect(200);
        }
    }

    @Test
    void settingsThatCannotWorkKeepItFromStarting() {
        assertThatThrownBy(() -> Running.settings("signIn:\n  roles: {}\n  oicd: []\n"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("near line")
                .hasMessageContaining("oicd");
        assertThatThrownBy(() -> Running.on(
                        Store.EMBEDDED, clock, Running.settings("url: https://x\nsignIn: {roles: {a: [boss]}}\n")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("boss");
        assertThatThrownBy(() -> Running.on(
                        Store.EMBEDDED,
                        clock,
                        Running.settings("url: https://x\nsignIn: {oidc: [{name: a, issuer: 'https://i', clientId: c,"
                                + " clientSecret: s3cret}]}\n")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("env:NAME")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret"));
    }
}
