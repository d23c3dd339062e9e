package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.RequestBody;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBodyTest {

    private static final String CARD = "4111111111111111";

    private static final CompiledPolicy POLICY = Policies.load("""
            version: 1
            guard:
              - {name: no-cards, when: {detect: CREDIT_CARD, method: POST, path: "/out/**"}, then: deny}
            """);

    private static HttpCommand post(String path) {
        return Policies.http(Policies.https("api.acme.com"), "POST", path, "", Map.of());
    }

    private static boolean denied(CompiledPolicy policy, HttpCommand command) {
        return policy.decide(command, Policies.NOBODY, Policies.NOON).verdict() instanceof Verdict.Deny;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|{\"note\": \"4111111111111111\"}|true",
                "application/json|{\"note\": \"\\u0034111111111111111\"}|true",
                "application/json|{\"note\": \"nothing\"}|false",
                "application/x-www-form-urlencoded|a=1&card=4111%2D1111%2D1111%2D1111|true",
                "text/xml|<a><b>4111111111111111</b></a>|true",
                "text/plain|card 4111111111111111|true",
                "text/plain|no card|false",
            })
    void detectorsReadABodyAsWhatItIs(String contentType, String body, boolean denied) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(denied(POLICY, post("/out/x").withBody(new RequestBody(contentType, bytes))))
                .isEqualTo(denied);
    }

    @Test
    void aBodyThatNobodySawIsTakenForAMatchByARuleThatDenies() {
        assertThat(denied(POLICY, post("/out/x").withBody(RequestBody.UNREAD))).isTrue();
        assertThat(denied(POLICY, post("/out/x"))).isFalse();
    }

    @Test
    void aBodyThatNobodySawIsNoMatchForARuleThatPermits() {
        CompiledPolicy permitting = Policies.load("""
                version: 1
                default: {unmatched: deny}
                guard:
                  - {name: cards, when: {detect: CREDIT_CARD}, then: allow}
                targets:
                  - {name: api, http: "https://api.acme.com/**"}
                """.replace("unmatched: deny", "http: deny, unmatched: deny"));
        assertThat(denied(permitting, post("/out/x").withBody(RequestBody.UNREAD)))
                .isTrue();
        byte[] card = ("card " + CARD).getBytes(StandardCharsets.UTF_8);
        assertThat(denied(permitting, post("/out/x").withBody(new RequestBody("text/plain", card))))
                .isFalse();
    }

    @Test
    void aBodyIsAskedForOnlyWhereARuleCanMeetTheRequest() {
        assertThat(POLICY.asksForBody(post("/out/x"))).isTrue();
        assertThat(POLICY.asksForBody(post("/in/x"))).isFalse();
        assertThat(POLICY.asksForBody(Policies.http(Policies.https("api.acme.com"), "PUT", "/out/x")))
                .isFalse();
    }

    @Test
    void aBodyNeverShows() {
        assertThat(new RequestBody("text/plain", CARD.getBytes(StandardCharsets.UTF_8)).toString())
                .doesNotContain(CARD);
    }
}
