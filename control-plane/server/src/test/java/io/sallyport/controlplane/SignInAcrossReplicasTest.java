package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.RenewResponse;
import io.sallyport.protocol.ServerMessage;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever brings people and workloads in takes several steps, and each may reach another replica: none needs sticky sessions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInAcrossReplicasTest {

    private static final String PENDING = "__Host-sallyport_sign_in";

    private final ScriptedSamlIdp samlIdp = new ScriptedSamlIdp();
    private ScriptedIdp oidcIdp;
    private Running one;
    private Running other;

    @BeforeAll
    void start() throws Exception {
        oidcIdp = new ScriptedIdp();
        one = Running.on(Store.POSTGRESQL, Clock.systemUTC(), Running.settings("""
                url: https://cp.example.com
                signIn:
                  roles: {dba: [approver]}
                  oidc:
                    - {name: corp, issuer: "%s", clientId: sallyport}
                  saml:
                    - {name: corp, metadata: "%s"}
                workloads:
                  oidc:
                    - {name: cluster, issuer: "%s", audience: sallyport, workload: "{sub}"}
                """.formatted(
                        oidcIdp.issuer(), samlIdp.metadata(), oidcIdp.issuer())));
        other = one.replica();
    }

    @AfterAll
    void stop() {
        if (other != null) {
            other.close();
            one.close();
        }
        oidcIdp.close();
    }

    private static URI location(Api.Answer answer) {
        return URI.create(answer.raw().headers().firstValue("Location").orElseThrow());
    }

    private static String state(URI provider, String name) {
        return ScriptedIdp.form(provider.getRawQuery()).get(name);
    }

    @Test
    void aSignInThroughOidcBeginsOnOneEndsOnTheOtherAndHoldsOnBothUntilItIsEndedOnEither() {
        Api.Answer begun = one.anyone().get("/sign-in/oidc/corp");
        URI provider = location(begun);
        Api.Answer finished = other.anyone()
                .with("Cookie", begun.cookie(PENDING))
                .get("/sign-in/oidc/corp/callback?code=" + oidcIdp.login(provider) + "&state="
                        + state(provider, "state"));
        SignedIn alice = SignedIn.of(finished, other);
        assertThat(alice.at(one).get("/api/v1/me").expect(200).path("user").asText())
                .isEqualTo("alice");
        alice.at(one).post("/api/v1/logout", Map.of()).expect(200);
        alice.at(other).get("/api/v1/me").expect(401);
    }

    @Test
    void aSignInThroughSamlBeginsOnOneEndsOnTheOtherAndItsAssertionIsTakenOnceByBoth() {
        Api.Answer begun = one.anyone().get("/sign-in/saml/corp");
        URI provider = location(begun);
        String request = ScriptedSamlIdp.requestId(provider);
        String response = ScriptedSamlIdp.response(
                request, samlIdp.sign(ScriptedSamlIdp.assertion(ScriptedSamlIdp.truth(request))));
        String relayState = state(provider, "RelayState");
        Api.Answer finished =
                ScriptedSamlIdp.post(other.anyone().with("Cookie", begun.cookie(PENDING)), relayState, response);
        SignedIn alice = SignedIn.of(finished, other);
        assertThat(alice.at(one).get("/api/v1/me").expect(200).path("user").asText())
                .isEqualTo("alice@example.com");
        Api.Answer again =
                ScriptedSamlIdp.post(one.anyone().with("Cookie", begun.cookie(PENDING)), relayState, response);
        assertThat(location(again)).hasToString("/?sign-in=refused");
    }

    @Test
    void aToolsLoginBeginsOnOneIsConfirmedOnTheOtherAndGivesItsTokenOnceWhereverItIsFetched() {
        JsonNode login = one.anyone().post("/api/v1/device-logins", Map.of()).expect(201);
        Map<String, String> device = Map.of("device", login.path("device").asText());
        String path = "/api/v1/device-logins/" + login.path("code").asText();
        assertThat(other.anyone().post("/api/v1/device-logins/token", device).status())
                .isEqualTo(202);
        SignedIn bob = one.signedIn("bob", List.of("approver"), "dba");
        bob.at(other).get(path).expect(200);
        bob.at(other).post(path + "/confirm", Map.of()).expect(200);
        bob.at(one).post(path + "/confirm", Map.of()).expect(404);
        String token = one.anyone()
                .post("/api/v1/device-logins/token", device)
                .expect(200)
                .path("token")
                .asText();
        other.anyone().post("/api/v1/device-logins/token", device).expect(404);
        EnrollResponse tool = other.enroll(token, "a-debugger", "tool-1");
        assertThat(one.admin()
                        .get("/api/v1/workloads/" + tool.workloadId())
                        .expect(200)
                        .path("name")
                        .asText())
                .isEqualTo("bob");
    }

    private static Api.Answer enrol(Running at, String token, String instance) {
        return at.anyone()
                .post(
                        "/agent/v1/enroll",
                        new EnrollRequest(token, "orders", instance, Map.of(), new TestKey().publicKey()));
    }

    private static Api.Answer renew(Running at, EnrollResponse enrolled, String credential, TestKey key) {
        return at.as(credential).post("/agent/v1/renew", new RenewRequest(null, key.prove(enrolled.credential())));
    }

    @Test
    void aWorkloadEnrolsOnOneWithATokenOfTheOtherConnectsThereAndIsRenewedHere() {
        TestKey key = new TestKey();
        EnrollResponse enrolled = other.enroll(one.joinToken("orders"), "orders", "instance-1", key);
        TestAgent agent = new TestAgent(one, enrolled, key);
        agent.connect();
        agent.hello("spool-1");
        assertThat(agent.next(ServerMessage.PolicyUpdate.class).version()).isPositive();
        RenewResponse renewed =
                Running.read(renew(other, enrolled, enrolled.credential(), key).expect(200), RenewResponse.class);
        assertThat(renewed.certificate()).isNotNull();
        one.admin()
                .post("/api/v1/workloads/" + enrolled.workloadId() + "/revoke", Map.of("reason", "r"))
                .expect(200);
        renew(other, enrolled, enrolled.credential(), key).expect(403);
    }

    @Test
    void oneUseOfAJoinTokenIsOneForBoth() {
        String token = one.admin()
                .post("/api/v1/join-tokens", Map.of("workload", "orders", "uses", 1, "ttlMinutes", 60))
                .expect(201)
                .path("token")
                .asText();
        enrol(other, token, "instance-2").expect(200);
        assertThat(enrol(one, token, "instance-3").expect(401).path("error").asText())
                .contains("used up");
    }

    @Test
    void aPodIsTheSameWorkloadWhicheverReplicaItsIdentityTokenReaches() {
        String token = oidcIdp.workloadToken(claims -> claims);
        String first = enrol(one, token, "pod-1").expect(200).path("workloadId").asText();
        assertThat(enrol(other, token, "pod-1").expect(200).path("workloadId").asText())
                .isEqualTo(first);
    }
}
