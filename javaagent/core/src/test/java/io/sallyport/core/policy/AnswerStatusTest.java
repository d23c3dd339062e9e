package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerStatusTest {
    private static AnswerRules rules(String when, String then) {
        Decision decision = Policies.load(
                        "version: 1\nguard:\n  - {name: answers, when: " + when + ", then: " + then + "}\n")
                .decide(Policies.http(Policies.https("api.acme.com"), "GET", "/users"), Policies.NOBODY, Policies.NOON);
        assertThat(decision.verdict()).isInstanceOf(Verdict.Allow.class);
        return decision.verdict().obligationsOrNone().answers();
    }

    @ParameterizedTest
    @CsvSource({
        "500,500,true",
        "500,501,false",
        "'\"5xx\"',503,true",
        "'\"5xx\"',404,false",
        "'\"400-403\"',403,true",
        "'\"400-403\"',404,false",
        "'[\"404\", \"5xx\"]',404,true",
        "'[\"404\", \"5xx\"]',200,false"
    })
    void anAnswerIsRefusedByItsStatus(String status, int code, boolean refused) {
        Decision decision = rules("{status: " + status + "}", "deny").onStatus(code);

        assertThat(decision != null && decision.verdict() instanceof Verdict.Deny)
                .isEqualTo(refused);
    }

    @Test
    void aRequestThatTheOtherKeysDoNotMeetHasNoRuleForItsAnswer() {
        assertThat(rules("{status: 500, path: /admin/**}", "deny")).isSameAs(AnswerRules.NONE);
    }

    @Test
    void anAlertLetsTheAnswerThrough() {
        Decision decision = rules("{status: \"5xx\", method: GET}", "alert").onStatus(500);

        assertThat(decision.verdict()).isInstanceOf(Verdict.Allow.class);
        assertThat(decision.alerts()).containsExactly("answers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "\"6xx\"", "\"500-400\"", "ok"})
    void aStatusThatNoAnswerHasIsAnError(String status) {
        assertThat(Policies.errors("version: 1\nguard:\n  - {name: a, when: {status: " + status + "}, then: deny}\n"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "approve"})
    void anAnswerIsNeitherAllowedNorAskedFor(String then) {
        assertThat(Policies.errors("version: 1\nguard:\n  - {name: a, when: {status: 500}, then: " + then + "}\n")
                        .get(0)
                        .reason())
                .contains("could never fire");
    }
}
