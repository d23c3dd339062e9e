package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What a stranger's SAML answers may cost. The clock stands still but for what a test adds, so that no pause ends by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamlLimitsTest {

    /** What a provider writes at each group, and where. */
    private static final String GROUP = "<saml:AttributeValue>dba</saml:AttributeValue>";

    private final StandingClock clock = new StandingClock();
    private final ScriptedSamlIdp idp = new ScriptedSamlIdp();
    private Running server;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock, Running.settings("""
                url: https://cp.example.com
                signIn:
                  roles: {dba: [approver]}
                  saml: [{name: corp, metadata: "%s"}]
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

    private static String nested(int depth, String begin) {
        return IntStream.range(0, depth)
                        .mapToObj(i -> begin.replace("#", String.valueOf(i)))
                        .collect(Collectors.joining())
                + IntStream.range(0, depth)
                        .map(i -> depth - 1 - i)
                        .mapToObj(i ->
                                "</" + begin.substring(1, begin.indexOf(' ')).replace("#", String.valueOf(i)) + ">")
                        .collect(Collectors.joining());
    }

    @TestFactory
    Stream<DynamicTest> answersThatNoParserSees() {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("more than 64 levels", nested(65, "<a >"));
        answers.put("more than 64 namespaces in scope", nested(33, "<n#:a xmlns:n#=\"u:#\" xmlns:m#=\"v:#\">"));
        answers.put("more than 2000 elements", "<a>" + "<b/>".repeat(2000) + "</a>");
        answers.put(
                "more than 5000 attributes",
                "<a>" + ("<b xmlns:x=\"u\" " + "x:c='' x:d='' x:e=''/>").repeat(1251) + "</a>");
        answers.put("a document type", "<!DOCTYPE a><a/>");
        answers.put("not well-formed", "<a>");
        answers.put("too long", "<a>" + "x".repeat(256 * 1024) + "</a>");
        return answers.entrySet().stream()
                .map(answer -> DynamicTest.dynamicTest(answer.getKey(), () -> {
                    calm();
                    String xml = answer.getValue();
                    assertThat(SamlBrowser.sentBy(server)
                                    .post(xml)
                                    .raw()
                                    .headers()
                                    .firstValue("Location"))
                            .contains("/?sign-in=refused");
                    assertThat(server.admin().get("/api/v1/audit").text()).contains(answer.getKey());
                }));
    }

    @Test
    void whoIsInAThousandGroupsThatAllBringTheirNamespacesIsLetIn() {
        SamlBrowser begun = SamlBrowser.sentBy(server);
        String verbose = "<saml:AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:string\">group-#</saml:AttributeValue>";
        String groups = IntStream.range(0, 1000)
                .mapToObj(i -> verbose.replace("#", String.valueOf(i)))
                .collect(Collectors.joining());
        String assertion = ScriptedSamlIdp.assertion(ScriptedSamlIdp.truth(begun.requestId()))
                .replace(GROUP, GROUP + groups);
        assertThat(assertion).contains("group-999");

        Api.Answer answer = begun.post(ScriptedSamlIdp.response(begun.requestId(), idp.sign(assertion)));

        assertThat(answer.raw().headers().firstValue("Location")).contains("/");
    }

    @Test
    void ofManyAnswersAtOnceOnlyTheFreeOnesAreLookedAt() throws Exception {
        SamlBrowser begun = SamlBrowser.sentBy(server);
        ExecutorService browsers = Executors.newFixedThreadPool(20);
        try {
            List<Future<Integer>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> browsers.submit(() -> begun.post("<a/>").status()))
                    .toList();
            int lookedAt = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(303, 429);
                lookedAt += answer.get() == 303 ? 1 : 0;
            }
            assertThat(lookedAt).isLessThanOrEqualTo(6);
        } finally {
            browsers.shutdownNow();
        }
    }
}
