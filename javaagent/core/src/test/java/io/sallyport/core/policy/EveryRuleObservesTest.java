package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.http;
import static io.sallyport.core.policy.Policies.https;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.postgres;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Command;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a rule asks, alone in observe mode it changes nothing and tells what it would have done; enforced it denies. */
class EveryRuleObservesTest {

    private static final String POLICY = """
            version: 1
            targets:
              - {name: orders, jdbc: "jdbc:postgresql://*.db.internal/orders"}
              - {name: api, http: "https://api.internal/**"}
            keys: {k: {from: "env:K"}}
            mask: [{name: m, columns: [users.email], with: {hash: k}}]
            guard: [{name: g, mode: %s, %s, then: deny}]
            """;

    private static void check(String rule, Command command) {
        Decision enforced = load(POLICY.formatted("enforce", rule)).decide(command, NOBODY, NOON);
        assertThat(enforced.verdict()).as(rule).isInstanceOf(Verdict.Deny.class);
        Decision observed = load(POLICY.formatted("observe", rule)).decide(command, NOBODY, NOON);
        assertThat(observed.verdict()).as(rule).isInstanceOf(Verdict.Allow.class);
        assertThat(observed.wouldHave()).as(rule).isEqualTo("deny");
        assertThat(observed.rules()).as(rule).contains("g");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target: orders",
                "when: {kind: [update]}",
                "when: {writes: true}",
                "when: {unboundedWrite: false}",
                "when: {tables: {write: [users]}}",
                "when: {params: {column: email, type: String}}",
                "when: {params: {detect: EMAIL}}",
                "when: {callSite: ['com.acme.**']}",
                "when: {callSite: ['com.acme.Orders']}",
                "when: {time: {from: '11:00', to: '13:00', zone: UTC}}",
                "when: {inference: true}",
                "when: {detect: [EMAIL]}"
            })
    void overStatements(String rule) {
        SqlReader reader = new StandardSqlReader();
        Command update = Policies.sql(
                postgres(),
                reader.read(
                        Dialect.POSTGRESQL,
                        "UPDATE users SET email = ? WHERE id = 7 AND email LIKE 'a%'",
                        Catalogue.EMPTY),
                "ann@example.org");
        check(rule, update);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target: api",
                "when: {method: POST}",
                "when: {path: '/v1/users/*'}",
                "when: {query: {all: 'true'}}",
                "when: {header: {x-admin: '*'}}"
            })
    void overRequests(String rule) {
        check(rule, http(https("api.internal"), "POST", "/v1/users/7", "all=true", Map.of("x-admin", List.of("yes"))));
    }
}
