package io.sallyport.core.policy.load;

import static io.sallyport.core.policy.Policies.errors;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.rule.condition.Fact;
import io.sallyport.core.policy.rule.condition.FactCondition;
import io.sallyport.core.policy.rule.condition.Sensitivity;
import io.sallyport.core.policy.rule.condition.Truth;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Corpus;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.sql.StatementKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContradictionTest {

    @Test
    void whatAKindIsSaidToHoldAlwaysHoldsInEveryStatementOfTheCorpora() {
        StandardSqlReader reader = new StandardSqlReader();
        List<String> exceptions = new ArrayList<>();
        for (Corpus.Case c : Corpus.read("facts", 4)) {
            SqlAnalysis analysis = reader.read(c.dialect(), c.sql(), Catalogue.EMPTY);
            for (StatementKind kind : analysis.kinds()) {
                for (Fact fact : Contradiction.alwaysHeldBy(kind)) {
                    if (new FactCondition(fact, true).judge(analysis, Sensitivity.NONE) != Truth.YES) {
                        exceptions.add(kind + " without " + fact + ": " + c);
                    }
                }
            }
        }
        assertThat(exceptions).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: [truncate], destructive: false}",
                "{kind: [drop, truncate], writes: false}",
                "{kind: [insert, update], writes: false}",
                "{kind: grant_revoke, privilege: false}",
                "{kind: create, ddl: false}",
                "{opaque: true, writes: false}",
                "{tables: {write: [t]}, writes: false}",
                "{groups: [dba], identity: {verified: false}}"
            })
    void aRuleWhoseKeysNoCallCanMeetTogetherIsAnError(String when) {
        assertThat(errors("version: 1\nguard:\n  - {name: a, when: " + when + ", then: deny}\n"))
                .singleElement()
                .asString()
                .contains("guard[0]: the rule could never fire: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: [read, drop], destructive: false}",
                "{kind: [update], unboundedWrite: false}",
                "{kind: [create], writes: true}",
                "{groups: [dba], identity: {verified: true}}",
                "{tables: {read: [t]}, writes: false}"
            })
    void oneThatSomeCallCanMeetIsNone(String when) {
        assertThat(io.sallyport.core.policy.Policies.load(
                                "version: 1\nguard:\n  - {name: a, when: " + when + ", then: deny}\n")
                        .policy()
                        .guards())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.email", "*.email", "app.users.email", "users.e*mail"})
    void aColumnThatAnEarlierMaskCoversIsAnError(String column) {
        assertThat(errors("version: 1\nmask:\n  - {name: all, columns: ['*.e*mail'], with: redact}\n"
                        + "  - {name: one, columns: ['" + column + "'], with: {keepLast: 4}}\n"))
                .singleElement()
                .asString()
                .contains("'all' stands before it and covers that column");
    }
}
