package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.ScriptedSamlIdp.Says;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** People sign in through a scripted SAML 2.0 provider, and attackers try to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamlSignInTest {

    private final MovableClock clock = new MovableClock();
    private final ScriptedSamlIdp idp = new ScriptedSamlIdp();
    private Running server;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock, Running.settings("""
                url: https://cp.example.com
                signIn:
                  roles: {dba: [approver], platform: [admin]}
                  saml:
                    - {name: corp, title: Corporate login, metadata: "%s"}
                """.formatted(idp.metadata())));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void calm() {
        clock.forward(Duration.ofMinutes(16));
    }

    private JsonNode me(Api.Answer answer) {
        assertThat(answer.raw().headers().firstValue("Location")).contains("/");
        return server.anyone()
                .with("Cookie", answer.cookie("__Host-sallyport_session"))
                .get("/api/v1/me")
                .expect(200);
    }

    private static void refused(Api.Answer answer, String reason) {
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.raw().headers().firstValue("Location")).contains("/?sign-in=" + reason);
        assertThat(answer.raw().headers().allValues("Set-Cookie"))
                .noneMatch(header -> header.startsWith("__Host-sallyport_session="));
    }

    private String honest(SamlBrowser begun) {
        return ScriptedSamlIdp.response(
                begun.requestId(), idp.sign(ScriptedSamlIdp.assertion(ScriptedSamlIdp.truth(begun.requestId()))));
    }

    @Test
    void aBrowserIsSentToTheProviderWithACookieThatComesBackFromThere() {
        Api.Answer answer = SamlBrowser.leaving(server);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.raw().headers().firstValue("Location").orElseThrow())
                .startsWith("https://idp.example.com/sso?SAMLRequest=");
        assertThat(answer.raw().headers().firstValue("Set-Cookie").orElseThrow())
                .contains("Secure", "HttpOnly", "SameSite=None");
    }

    @Test
    void aSignedAssertionLetsAPersonInWithTheRolesOfTheirGroups() {
        SamlBrowser begun = SamlBrowser.sentBy(server);
        JsonNode me = me(begun.post(honest(begun)));
        assertThat(me.path("user").asText()).isEqualTo("alice@example.com");
        assertThat(me.path("roles").get(0).asText()).isEqualTo("approver");
        assertThat(server.admin().get("/api/v1/audit").text()).contains("through saml:corp");
    }

    @Test
    void theMetadataForTheProviderNamesTheAddressThatTakesAnswers() {
        assertThat(server.anyone().get("/sign-in/saml/corp/metadata").text())
                .contains("https://cp.example.com/sign-in/saml/corp/acs", "WantAssertionsSigned=\"true\"");
    }

    @TestFactory
    Stream<DynamicTest> assertionsThatAreNotForUs() {
        Map<String, UnaryOperator<Says>> lies = new LinkedHashMap<>();
        lies.put("another audience", says -> says.to("https://other.example.com"));
        lies.put("another recipient", says -> says.at("https://other.example.com/acs"));
        lies.put("another request", says -> says.answering("_another"));
        lies.put("ended", says -> says.until(Instant.now().minus(Duration.ofHours(1))));
        lies.put("another issuer", says -> says.by("https://evil.example.com"));
        return lies.entrySet().stream()
                .map(lie -> DynamicTest.dynamicTest(lie.getKey(), () -> {
                    calm();
                    SamlBrowser begun = SamlBrowser.sentBy(server);
                    Says says = lie.getValue().apply(ScriptedSamlIdp.truth(begun.requestId()));
                    refused(
                            begun.post(ScriptedSamlIdp.response(
                                    begun.requestId(), idp.sign(ScriptedSamlIdp.assertion(says)))),
                            "refused");
                }));
    }

    @Test
    void anAssertionThatNamesNoAudienceIsRefused() {
        SamlBrowser begun = SamlBrowser.sentBy(server);
        String bare = ScriptedSamlIdp.assertion(ScriptedSamlIdp.truth(begun.requestId()))
                .replaceAll("<saml:AudienceRestriction>.*</saml:AudienceRestriction>", "");
        assertThat(bare).doesNotContain("Audience").contains("<saml:Conditions");
        refused(begun.post(ScriptedSamlIdp.response(begun.requestId(), idp.sign(bare))), "refused");
        assertThat(server.admin().get("/api/v1/audit").text()).contains("has no AudienceRestriction that names");
    }

    @Test
    void anAssertionIsTakenOnce() {
        SamlBrowser begun = SamlBrowser.sentBy(server);
        String response = honest(begun);
        me(begun.post(response));
        refused(begun.post(response), "refused");
        assertThat(server.admin().get("/api/v1/audit").text()).contains("the assertion was used before");
    }

    @Test
    void aResponseThatNobodyAskedForIsRefused() {
        SamlBrowser begun = SamlBrowser.sentBy(server);
        refused(new SamlBrowser(server, begun.requestId(), begun.state(), "a=b").post(honest(begun)), "stale");
        SamlBrowser other = SamlBrowser.sentBy(server);
        refused(other.post(honest(begun)), "refused");
    }

    @Test
    void unsignedAndWronglySignedAssertionsAreRefused() {
        SamlBrowser begun = SamlBrowser.sentBy(server);
        String bare = ScriptedSamlIdp.assertion(ScriptedSamlIdp.truth(begun.requestId()));
        refused(begun.post(ScriptedSamlIdp.response(begun.requestId(), bare)), "refused");
        String forged = new ScriptedSamlIdp().sign(bare);
        refused(begun.post(ScriptedSamlIdp.response(begun.requestId(), forged)), "refused");
        String sha1 = idp.sign(bare, "http://www.w3.org/2000/09/xmldsig#rsa-sha1");
        refused(begun.post(ScriptedSamlIdp.response(begun.requestId(), sha1)), "refused");
        String changed = idp.sign(bare).replace(">dba<", ">platform<");
        refused(begun.post(ScriptedSamlIdp.response(begun.requestId(), changed)), "refused");
        // The response's signature does not stand in for the assertion's.
        refused(begun.post(idp.sign(ScriptedSamlIdp.response(begun.requestId(), bare))), "refused");
    }

    /** XML signature wrapping: the signed assertion stays in the document, and another one is put where it is read. */
    @TestFactory
    Stream<DynamicTest> wrappedSignatures() {
        Map<String, java.util.function.BiFunction<String, String, String>> attacks = new LinkedHashMap<>();
        attacks.put("forged before signed", (forged, signed) -> forged + signed);
        attacks.put("forged behind signed", (forged, signed) -> signed + forged);
        attacks.put(
                "signed inside the forged one",
                (forged, signed) -> forged.replace("</saml:Assertion>", signed + "</saml:Assertion>"));
        attacks.put(
                "signed inside the forged one's signature",
                (forged, signed) -> forged.replace(
                        "</saml:Issuer>",
                        "</saml:Issuer>"
                                + signature(signed)
                                        .replace(
                                                "</ds:Signature>",
                                                "<ds:Object>" + withoutSignature(signed)
                                                        + "</ds:Object></ds:Signature>")));
        attacks.put(
                "signed in an extension",
                (forged, signed) -> "EXTENSION" + signed + "EXTENSION"
                        + forged.replace("</saml:Issuer>", "</saml:Issuer>" + signature(signed)));
        attacks.put(
                "the same id twice",
                (forged, signed) -> forged.replaceFirst("ID=\"[^\"]+\"", "ID=\"" + id(signed) + "\"") + signed);
        return attacks.entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(attack.getKey(), () -> {
                    calm();
                    SamlBrowser begun = SamlBrowser.sentBy(server);
                    Says truth = ScriptedSamlIdp.truth(begun.requestId());
                    String signed = idp.sign(ScriptedSamlIdp.assertion(truth));
                    String forged =
                            ScriptedSamlIdp.assertion(truth.as("mallory").inGroup("platform"));
                    String xml = ScriptedSamlIdp.response(
                            begun.requestId(), attack.getValue().apply(forged, signed));
                    if (xml.contains("EXTENSION")) {
                        String hidden = xml.substring(xml.indexOf("EXTENSION") + 9, xml.lastIndexOf("EXTENSION"));
                        xml = xml.replace("EXTENSION" + hidden + "EXTENSION", "")
                                .replaceFirst(
                                        "</saml:Issuer><samlp:Status>",
                                        java.util.regex.Matcher.quoteReplacement("</saml:Issuer><samlp:Extensions>"
                                                + hidden + "</samlp:Extensions><samlp:Status>"));
                    }
                    Api.Answer answer = begun.post(xml);
                    refused(answer, "refused");
                    assertThat(server.admin().get("/api/v1/users").text()).doesNotContain("mallory");
                }));
    }

    private static String signature(String signed) {
        return signed.substring(
                signed.indexOf("<ds:Signature"), signed.indexOf("</ds:Signature>") + "</ds:Signature>".length());
    }

    private static String withoutSignature(String signed) {
        return signed.replace(signature(signed), "");
    }

    private static String id(String assertion) {
        int start = assertion.indexOf(" ID=\"") + 5;
        return assertion.substring(start, assertion.indexOf('"', start));
    }

    @Test
    void aCommentDoesNotCutANameShort() {
        SamlBrowser begun = SamlBrowser.sentBy(server);
        Says says = ScriptedSamlIdp.truth(begun.requestId()).as("admin@example.com<!-- -->.evil.com");
        begun.post(ScriptedSamlIdp.response(begun.requestId(), idp.sign(ScriptedSamlIdp.assertion(says))));
        assertThat(server.admin().get("/api/v1/users").text()).doesNotContain("\"admin@example.com\"");
    }

    @Test
    void noEntityIsEverResolved() throws Exception {
        Path secret = Files.writeString(Files.createTempFile("secret", ".txt"), "dba");
        SamlBrowser begun = SamlBrowser.sentBy(server);
        String xml = "<!DOCTYPE r [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                + honest(begun).replace(">dba<", ">&x;<");
        refused(begun.post(xml), "refused");
        StringBuilder bomb = new StringBuilder("<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\">");
        for (char c = 'b'; c < 'k'; c++) {
            bomb.append("<!ENTITY ")
                    .append(c)
                    .append(" \"")
                    .append(("&" + (char) (c - 1) + ";").repeat(10))
                    .append("\">");
        }
        long before = System.nanoTime();
        refused(begun.post(bomb + "]>" + honest(begun).replace(">dba<", ">&j;<")), "refused");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aBodyInSeveralPartsIsRefusedBeforeItIsParsed() throws Exception {
        Api browser = server.anyone();
        HttpRequest parts = browser.request("/sign-in/saml/corp/acs")
                .header("Content-Type", "Multipart/Form-Data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString("--b\r\nContent-Disposition: form-data;"
                        + " name=\"SAMLResponse\"; filename=\"f\"\r\n\r\nx\r\n--b--\r\n"))
                .build();

        assertThat(browser.client()
                        .send(parts, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void aFormBeyondTheLimitIsRefusedWhateverItsFields() throws Exception {
        Api browser = server.anyone();
        for (String form : new String[] {"RelayState=" + "x".repeat(1_200_000), "a=b&".repeat(400_000)}) {
            HttpRequest large = browser.request("/sign-in/saml/corp/acs")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();

            assertThat(browser.client()
                            .send(large, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(413);
        }
    }
}
