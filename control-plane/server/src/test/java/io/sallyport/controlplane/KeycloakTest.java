package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.ServerMessage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** People and workloads of a real Keycloak, by its own pages and tokens. It takes a minute to start: {@code -Pkeycloak} fetches and names one. */
@EnabledIfSystemProperty(named = "sallyport.keycloak", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakTest {

    private Keycloak keycloak;
    private Running server;

    @BeforeAll
    void start() throws Exception {
        keycloak = new Keycloak(Path.of(System.getProperty("sallyport.keycloak")));
        Path secret = Files.writeString(Files.createTempFile("oidc", ".secret"), "client-secret");
        server = Running.on(Store.EMBEDDED, Clock.systemUTC(), Running.settings("""
                url: https://cp.example.com
                signIn:
                  roles: {dba: [approver]}
                  oidc:
                    - {name: keycloak, issuer: "%s", clientId: sallyport, clientSecret: "file:%s"}
                  saml:
                    - {name: keycloak, metadata: "%s"}
                workloads:
                  oidc: [{name: keycloak, issuer: "%s", audience: sallyport, workload: "{azp}", require: {azp: [billing]}}]
                """.formatted(
                        keycloak.issuer(), secret, keycloak.metadata(), keycloak.issuer())));
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    /** A browser that has been sent to Keycloak. */
    private record Begun(URI there, String cookie) {}

    private Begun begin(String protocol) {
        Api.Answer answer = server.anyone().get("/sign-in/" + protocol + "/keycloak");
        assertThat(answer.status()).isEqualTo(302);
        String cookie = answer.raw().headers().firstValue("Set-Cookie").orElseThrow();
        return new Begun(
                URI.create(answer.raw().headers().firstValue("Location").orElseThrow()),
                cookie.substring(0, cookie.indexOf(';')));
    }

    private HttpResponse<String> byOidc(String user) throws Exception {
        Begun begun = begin("oidc");
        URI back = keycloak.logIn(begun.there(), user, user + "-password").address();
        assertThat(back.toString()).startsWith("https://cp.example.com/sign-in/oidc/keycloak/callback?");
        return server.anyone()
                .with("Cookie", begun.cookie())
                .get(back.getRawPath() + "?" + back.getRawQuery())
                .raw();
    }

    private HttpResponse<String> answer(Begun begun, Keycloak.Next next) throws Exception {
        assertThat(next.address()).hasToString("https://cp.example.com/sign-in/saml/keycloak/acs");
        Api browser = server.anyone().with("Cookie", begun.cookie());
        return browser.client()
                .send(
                        browser.request("/sign-in/saml/keycloak/acs")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(Keycloak.encoded(next.form())))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> bySaml(String user) throws Exception {
        Begun begun = begin("saml");
        return answer(begun, keycloak.logIn(begun.there(), user, user + "-password"));
    }

    private JsonNode me(HttpResponse<String> signedIn) {
        assertThat(signedIn.headers().firstValue("Location")).contains("/");
        String session = signedIn.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith("__Host-sallyport_session="))
                .findFirst()
                .orElseThrow();
        return server.anyone()
                .with("Cookie", session.substring(0, session.indexOf(';')))
                .get("/api/v1/me")
                .expect(200);
    }

    private static void refused(HttpResponse<String> answer, String reason) {
        assertThat(answer.headers().firstValue("Location")).contains("/?sign-in=" + reason);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .noneMatch(header -> header.startsWith("__Host-sallyport_session="));
    }

    @Test
    void aPersonSignsInByOpenIdConnectWithTheRolesOfTheirGroups() throws Exception {
        JsonNode me = me(byOidc("alice"));
        assertThat(me.path("user").asText()).isEqualTo("alice");
        assertThat(me.path("roles")).hasSize(1);
        assertThat(me.path("roles").get(0).asText()).isEqualTo("approver");
        assertThat(me.path("groups").get(0).asText()).isEqualTo("dba");
        refused(byOidc("mallory"), "no_role");
    }

    @Test
    void aPersonSignsInBySamlWithTheRolesOfTheirGroupsAndAnAssertionIsTakenOnce() throws Exception {
        Begun begun = begin("saml");
        Keycloak.Next next = keycloak.logIn(begun.there(), "bob", "bob-password");
        JsonNode me = me(answer(begun, next));
        assertThat(me.path("user").asText()).isEqualTo("bob");
        assertThat(me.path("roles").get(0).asText()).isEqualTo("approver");
        refused(answer(begun, next), "refused");
        refused(bySaml("mallory"), "no_role");
    }

    @Test
    void aClientsTokenAdmitsItsWorkloadUnderItsVerifiedName() throws Exception {
        TestKey key = new TestKey();
        TestAgent agent = new TestAgent(
                server,
                server.enroll(keycloak.accessToken("billing", "billing-secret"), "self-named", "i-1", key),
                key);
        agent.connect();
        ServerMessage.Welcome welcome = agent.hello("spool");
        assertThat(welcome.subject()).isEqualTo("billing");
        assertThat(welcome.verified()).isTrue();
        String altered = keycloak.accessToken("billing", "billing-secret").replaceFirst("\\.[^.]{8}", ".eyJpc3Mi");
        server.anyone()
                .post("/agent/v1/enroll", new EnrollRequest(altered, "w", "i-2", Map.of(), key.publicKey()))
                .expect(401);
    }
}
