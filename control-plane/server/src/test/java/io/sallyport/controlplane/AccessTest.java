package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.web.Endpoint;
import io.sallyport.protocol.Wire;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

    /** What the product contract gives to whom; written down a second time on purpose. */
    private static final Map<String, Role> CONTRACT = Map.ofEntries(
            Map.entry("POST /api/v1/logout", Role.VIEWER),
            Map.entry("GET /api/v1/me", Role.VIEWER),
            Map.entry("GET /api/v1/overview", Role.VIEWER),
            Map.entry("GET /api/v1/workloads", Role.VIEWER),
            Map.entry("GET /api/v1/workloads/{id}", Role.VIEWER),
            Map.entry("GET /api/v1/workloads/{id}/recordings", Role.VIEWER),
            Map.entry("GET /api/v1/shapes", Role.VIEWER),
            Map.entry("POST /api/v1/workloads/{id}/revoke", Role.ADMIN),
            Map.entry("GET /api/v1/approvals", Role.VIEWER),
            Map.entry("GET /api/v1/approvals/{id}", Role.VIEWER),
            Map.entry("POST /api/v1/approvals/{id}/approve", Role.APPROVER),
            Map.entry("POST /api/v1/approvals/{id}/refuse", Role.APPROVER),
            Map.entry("POST /api/v1/approvals/{id}/break-glass", Role.BREAKGLASS),
            Map.entry("GET /api/v1/device-logins/{code}", Role.VIEWER),
            Map.entry("POST /api/v1/device-logins/{code}/confirm", Role.VIEWER),
            Map.entry("GET /api/v1/grants", Role.VIEWER),
            Map.entry("DELETE /api/v1/grants/{id}", Role.APPROVER),
            Map.entry("GET /api/v1/events", Role.VIEWER),
            Map.entry("GET /api/v1/tls", Role.VIEWER),
            Map.entry("GET /api/v1/sessions", Role.VIEWER),
            Map.entry("GET /api/v1/sessions/{id}", Role.VIEWER),
            Map.entry("GET /api/v1/sessions/{id}/events", Role.VIEWER),
            Map.entry("GET /api/v1/sessions/{id}/export", Role.VIEWER),
            Map.entry("POST /api/v1/sessions/{id}/stop", Role.ADMIN),
            Map.entry("GET /api/v1/policy", Role.VIEWER),
            Map.entry("GET /api/v1/policy/versions", Role.VIEWER),
            Map.entry("GET /api/v1/policy/versions/{n}", Role.VIEWER),
            Map.entry("POST /api/v1/policy/validate", Role.VIEWER),
            Map.entry("POST /api/v1/policy/dry-run", Role.VIEWER),
            Map.entry("PUT /api/v1/policy", Role.AUTHOR),
            Map.entry("POST /api/v1/policy/promote", Role.AUTHOR),
            Map.entry("POST /api/v1/policy/rollback", Role.AUTHOR),
            Map.entry("GET /api/v1/join-tokens", Role.ADMIN),
            Map.entry("POST /api/v1/join-tokens", Role.ADMIN),
            Map.entry("DELETE /api/v1/join-tokens/{id}", Role.ADMIN),
            Map.entry("GET /api/v1/users", Role.ADMIN),
            Map.entry("POST /api/v1/users", Role.ADMIN),
            Map.entry("DELETE /api/v1/users/{name}", Role.ADMIN),
            Map.entry("GET /api/v1/me/tokens", Role.VIEWER),
            Map.entry("POST /api/v1/me/tokens", Role.VIEWER),
            Map.entry("DELETE /api/v1/me/tokens/{id}", Role.VIEWER),
            Map.entry("GET /api/v1/tokens", Role.ADMIN),
            Map.entry("POST /api/v1/tokens", Role.ADMIN),
            Map.entry("DELETE /api/v1/tokens/{id}", Role.ADMIN),
            Map.entry("GET /api/v1/audit", Role.AUDITOR),
            Map.entry("GET /api/v1/stream", Role.VIEWER),
            Map.entry("GET /metrics", Role.VIEWER));

    /** Routes that look at the workload themselves, or show nothing of any; the others demand a role for the whole fleet. */
    private static final Set<String> SCOPED = Set.of(
            "POST /api/v1/logout",
            "GET /api/v1/me",
            "GET /api/v1/me/tokens",
            "POST /api/v1/me/tokens",
            "DELETE /api/v1/me/tokens/{id}",
            "GET /api/v1/overview",
            "GET /api/v1/workloads",
            "GET /api/v1/workloads/{id}",
            "GET /api/v1/workloads/{id}/recordings",
            "GET /api/v1/shapes",
            "POST /api/v1/workloads/{id}/revoke",
            "GET /api/v1/approvals",
            "GET /api/v1/approvals/{id}",
            "POST /api/v1/approvals/{id}/approve",
            "POST /api/v1/approvals/{id}/refuse",
            "POST /api/v1/approvals/{id}/break-glass",
            "GET /api/v1/device-logins/{code}",
            "POST /api/v1/device-logins/{code}/confirm",
            "GET /api/v1/grants",
            "DELETE /api/v1/grants/{id}",
            "GET /api/v1/events",
            "GET /api/v1/tls",
            "GET /api/v1/sessions",
            "GET /api/v1/sessions/{id}",
            "GET /api/v1/sessions/{id}/events",
            "GET /api/v1/sessions/{id}/export",
            "POST /api/v1/sessions/{id}/stop",
            "GET /api/v1/policy",
            "GET /api/v1/policy/versions",
            "GET /api/v1/policy/versions/{n}",
            "POST /api/v1/policy/validate",
            "GET /api/v1/stream");

    /** What no API token does, whoever made it. */
    private static final Set<String> SIGNED_IN =
            Set.of("POST /api/v1/me/tokens", "POST /api/v1/device-logins/{code}/confirm");

    private static final Set<String> OPEN = Set.of(
            "GET /healthz",
            "GET /openapi.json",
            "POST /api/v1/login",
            "POST /api/v1/device-logins",
            "POST /api/v1/device-logins/token",
            "GET /api/v1/sign-in",
            "GET /sign-in/oidc/{provider}",
            "GET /sign-in/oidc/{provider}/callback",
            "GET /sign-in/saml/{provider}",
            "POST /sign-in/saml/{provider}/acs",
            "GET /sign-in/saml/{provider}/metadata",
            "POST /agent/v1/enroll",
            "POST /agent/v1/renew",
            "POST /agent/v1/revoked",
            "GET /",
            "GET /assets/*",
            "GET /favicon.ico");

    private final MovableClock clock = new MovableClock();
    private final Map<Role, Api> people = new EnumMap<>(Role.class);
    private Running server;
    private Api scoped;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock);
        for (Role role : Role.values()) {
            people.put(role, server.person("the-" + role.text(), List.of(role.text()), List.of()));
        }
        scoped = server.person("the-scoped", List.of("admin@team=payments"), List.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** In a browser that nobody has left alone for an hour. */
    private Api signedIn() {
        return server.signIn("admin", server.secret("admin-password")).at(server);
    }

    @Test
    void everyRouteIsInTheContract() {
        for (Endpoint endpoint : server.controlPlane().endpoints()) {
            String route = endpoint.method() + " " + endpoint.path();
            if (endpoint.role() == null) {
                assertThat(OPEN).contains(route);
            } else {
                assertThat(CONTRACT).containsEntry(route, endpoint.role());
                assertThat(endpoint.scoped()).as(route).isEqualTo(SCOPED.contains(route));
                assertThat(endpoint.signedIn()).as(route).isEqualTo(SIGNED_IN.contains(route));
            }
        }
        assertThat(server.controlPlane().endpoints()).hasSize(CONTRACT.size() + OPEN.size());
    }

    @TestFactory
    List<DynamicTest> everyRouteForEveryRoleAndForNone() {
        List<DynamicTest> tests = new ArrayList<>();
        CONTRACT.forEach((route, needed) -> {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1)
                    .replace("{n}", "999999")
                    .replaceAll("\\{[a-z]+}", "nobody-has-this");
            // A body that no route takes: what is let in fails later, with another status than 401 and 403.
            String body = method.equals("GET") || method.equals("DELETE") ? null : "{\"unknown-member\":1}";
            tests.add(dynamicTest(
                    route + " without a person",
                    () -> assertThat(server.anyone().send(method, path, body).status())
                            .isEqualTo(401)));
            tests.add(dynamicTest(
                    route + " with a wrong token",
                    () -> assertThat(server.as("spt.0123456789.x")
                                    .send(method, path, body)
                                    .status())
                            .isEqualTo(401)));
            if (path.endsWith("/stream")) {
                return;
            }
            if (SIGNED_IN.contains(route)) {
                tests.add(dynamicTest(
                        route + " with any token is forbidden",
                        () -> people.values()
                                .forEach(person ->
                                        person.send(method, path, body).expectStatus(403))));
                tests.add(dynamicTest(
                        route + " is let in after a sign-in",
                        () -> assertThat(signedIn().send(method, path, body).status())
                                .isNotIn(401, 403, 500)));
                return;
            }
            tests.add(dynamicTest(route + " as admin over some workloads", () -> {
                int status = scoped.send(method, path, body).status();
                if (SCOPED.contains(route)) {
                    assertThat(status).isNotIn(401, 403, 500);
                } else {
                    assertThat(status).isEqualTo(403);
                }
            }));
            for (Role role : Role.values()) {
                boolean may = role == needed || role == Role.ADMIN || needed == Role.VIEWER;
                tests.add(dynamicTest(route + " as " + role.text() + (may ? " is let in" : " is forbidden"), () -> {
                    int status = people.get(role).send(method, path, body).status();
                    if (may) {
                        assertThat(status).isNotIn(401, 403, 500);
                    } else {
                        assertThat(status).isEqualTo(403);
                    }
                }));
            }
        });
        return tests;
    }

    private Api.Answer login(String user, String password) {
        return server.anyone().post("/api/v1/login", Map.of("user", user, "password", password));
    }

    private Map<String, String> newUser(String name, String... roles) {
        JsonNode user = server.admin()
                .post("/api/v1/users", Map.of("name", name, "roles", List.of(roles)))
                .expect(201);
        return Map.of("user", name, "password", user.path("password").asText());
    }

    private static String cookie(Api.Answer login) {
        String header = login.raw().headers().firstValue("Set-Cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }

    @Test
    void aLoginGivesAProtectedCookieAndItsCsrfValue() {
        Map<String, String> user = newUser("cookie-user", "auditor");
        Api.Answer answer = login("cookie-user", user.get("password"));
        JsonNode me = answer.expect(200);
        assertThat(answer.raw().headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly")
                .contains("Secure")
                .contains("SameSite=Strict")
                .startsWith("__Host-")
                .contains("Path=/")
                .doesNotContain("Domain");
        assertThat(me.path("user").asText()).isEqualTo("cookie-user");
        assertThat(me.path("roles").get(0).asText()).isEqualTo("auditor");
        JsonNode again =
                server.anyone().with("Cookie", cookie(answer)).get("/api/v1/me").expect(200);
        assertThat(again.path("csrf")).isEqualTo(me.path("csrf"));
    }

    private HttpResponse<String> loginAs(Map<String, String> user, String... headers) throws Exception {
        Api browser = server.anyone().with(headers);
        return browser.client()
                .send(
                        browser.request("/api/v1/login")
                                .POST(HttpRequest.BodyPublishers.ofString(Wire.write(user)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void anotherSitesPageLogsNobodyIn() throws Exception {
        Map<String, String> user = newUser("planted", "viewer");
        String json = "application/json; charset=utf-8";
        String[][] others = {
            {"Content-Type", "text/plain"},
            {"Accept", "*/*"},
            {"Content-Type", json, "Origin", "https://evil.example"},
            {"Content-Type", json, "Origin", "null"},
            {"Content-Type", json, "Origin", server.url().replace("https:", "http:")},
            {"Content-Type", json, "Origin", server.url(), "Sec-Fetch-Site", "cross-site"},
            {"Content-Type", json, "Sec-Fetch-Site", "same-site"},
        };
        for (String[] headers : others) {
            HttpResponse<String> refused = loginAs(user, headers);
            assertThat(refused.statusCode()).as(String.join(" ", headers)).isIn(403, 415);
            assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(loginAs(user, "Content-Type", json, "Origin", server.url()).statusCode())
                .isEqualTo(200);
        assertThat(loginAs(user, "Content-Type", json, "Origin", server.url(), "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aNameInOtherCapitalsIsTaken() {
        newUser("Grace.Hopper");
        Map<String, String> twin = Map.of("name", "grace.hopper");
        server.admin().post("/api/v1/users", twin).expect(409);
    }

    @Test
    void aSessionChangesNothingWithoutItsCsrfValue() {
        Map<String, String> user = newUser("csrf-user");
        Api.Answer login = login("csrf-user", user.get("password"));
        Map<String, String> body = Map.of("yaml", "version: 1");
        String cookie = cookie(login);
        server.anyone()
                .with("Cookie", cookie)
                .post("/api/v1/policy/validate", body)
                .expect(403);
        server.anyone()
                .with("Cookie", cookie, "X-Sallyport-CSRF", "guess")
                .post("/api/v1/policy/validate", body)
                .expect(403);
        server.anyone()
                .with(
                        "Cookie",
                        cookie,
                        "X-Sallyport-CSRF",
                        login.json().path("csrf").asText())
                .post("/api/v1/policy/validate", body)
                .expect(200);
    }

    @Test
    void aSessionEndsAtLogoutAndWithItsUser() {
        Map<String, String> user = newUser("leaver");
        Api.Answer first = login("leaver", user.get("password"));
        server.anyone()
                .with(
                        "Cookie",
                        cookie(first),
                        "X-Sallyport-CSRF",
                        first.json().path("csrf").asText())
                .post("/api/v1/logout", Map.of())
                .expect(200);
        server.anyone().with("Cookie", cookie(first)).get("/api/v1/me").expect(401);
        Api.Answer second = login("leaver", user.get("password"));
        server.admin().send("DELETE", "/api/v1/users/leaver", null).expect(204);
        server.anyone().with("Cookie", cookie(second)).get("/api/v1/me").expect(401);
    }

    @Test
    void passwordsThatAreGuessedAllAtOnceAreSlowedDownToo() throws Exception {
        newUser("guessed");
        List<Integer> statuses = new ArrayList<>();
        ExecutorService guessers = Executors.newFixedThreadPool(30);
        try {
            List<Callable<Integer>> guesses = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String guess = "a wrong guess " + i;
                guesses.add(() -> login("guessed", guess).status());
            }
            for (Future<Integer> answer : guessers.invokeAll(guesses)) {
                statuses.add(answer.get());
            }
        } finally {
            guessers.shutdownNow();
            clock.forward(Duration.ofMinutes(16));
        }
        assertThat(statuses).containsOnly(401, 429);
        // Six are free; slow hashing lets a pause or two of some seconds pass.
        assertThat(statuses.stream().filter(status -> status == 401).count()).isLessThan(15);
    }

    @Test
    void anIdleSessionAndAnOldTokenEnd() {
        Map<String, String> user = newUser("idler");
        String cookie = cookie(login("idler", user.get("password")));
        Api brief = server.as(server.admin()
                .post("/api/v1/tokens", Map.of("name", "brief", "ttlMinutes", 30))
                .expect(201)
                .path("token")
                .asText());
        brief.get("/api/v1/me").expect(200);
        clock.forward(Duration.ofMinutes(61));
        server.anyone().with("Cookie", cookie).get("/api/v1/me").expect(401);
        brief.get("/api/v1/me").expect(401);
        for (Role role : Role.values()) {
            people.put(role, server.person("the-" + role.text(), List.of(role.text()), List.of()));
        }
        scoped = server.person("the-scoped", List.of("admin@team=payments"), List.of());
    }

    @Test
    void guessingIsSlowedDownForKnownAndUnknownUsersAlike() {
        newUser("victim");
        for (String name : List.of("victim", "no-such-user")) {
            List<Integer> statuses = new ArrayList<>();
            List<String> errors = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Api.Answer answer = login(name, "wrong-password-" + i);
                statuses.add(answer.status());
                errors.add(answer.json().path("error").asText());
            }
            assertThat(statuses.get(0)).isEqualTo(401);
            assertThat(statuses).contains(429);
            assertThat(errors.get(0)).isEqualTo("user or password is wrong");
            clock.forward(Duration.ofMinutes(16));
        }
    }

    @Test
    void aDeletedTokenOpensNothing() {
        JsonNode token =
                server.admin().post("/api/v1/tokens", Map.of("name", "gone")).expect(201);
        Api person = server.as(token.path("token").asText());
        person.get("/api/v1/me").expect(200);
        server.admin()
                .send("DELETE", "/api/v1/tokens/" + token.path("id").asText(), null)
                .expect(204);
        person.get("/api/v1/me").expect(401);
    }

    @Test
    void theDashboardComesWithAContentSecurityPolicyThatForbidsInlineCode() {
        Api.Answer page = server.anyone().get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.raw().headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.raw().headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        server.anyone().get("/assets/main.js").expectStatus(200);
        server.anyone().get("/assets/../../db/migration/V1__base.sql").expectStatus(404, 400);
        server.anyone().get("/assets/%2e%2e/%2e%2e/logback.xml").expectStatus(404, 400);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        server.admin()
                .post("/api/v1/policy/validate", "{\"yaml\":\"" + "x".repeat(1_200_000) + "\"}")
                .expectStatus(413);
    }

    @Test
    void anErrorNeverRepeatsWhatWasSent() {
        Api.Answer answer = server.anyone().post("/api/v1/login", "{\"user\": s3cret-in-the-wrong-place");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("s3cret");
    }
}
