package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.RowLimits;
import io.sallyport.core.verdict.TransactionTally;
import io.sallyport.core.verdict.Verdict;
import org.junit.jupiter.api.Test;

class RowLimitTest {
    private final TransactionTally tally = new TransactionTally();

    private static Decision decide(String guards, String sql) {
        var analysis = new StandardSqlReader().read(Dialect.POSTGRESQL, sql, Catalogue.EMPTY);
        return Policies.load("version: 1\nguard:\n" + guards)
                .decide(Policies.sql(Policies.postgres(), analysis), Policies.NOBODY, Policies.NOON);
    }

    private static RowLimits limits(String guards, String sql) {
        Verdict verdict = decide(guards, sql).verdict();
        assertThat(verdict).isInstanceOf(Verdict.Allow.class);
        return verdict.obligationsOrNone().rows();
    }

    @Test
    void aResultIsLimitedWhereTheOtherKeysHold() {
        String rule = "  - {name: few, when: {tables: {read: [orders]}, rows: {returned: 1000}}, then: deny}\n";

        assertThat(limits(rule, "SELECT * FROM orders").returned(0)).isEqualTo(1000);
        assertThat(decide(rule, "SELECT * FROM parts").verdict().obligationsOrNone())
                .isSameAs(Obligations.NONE);
    }

    @Test
    void eachLimitOfAResultIsAskedForInTurn() {
        RowLimits limits = limits(
                "  - {name: loud, when: {rows: {returned: 10}}, then: alert}\n"
                        + "  - {name: few, when: {rows: {returned: 1000}}, then: deny}\n",
                "SELECT * FROM orders");

        assertThat(limits.returned(0)).isEqualTo(10);
        Decision first = limits.onReturned(10);
        assertThat(first).isNotNull();
        assertThat(first.alerts()).containsExactly("loud");
        assertThat(first.verdict()).isInstanceOf(Verdict.Allow.class);
        assertThat(limits.returned(11)).isEqualTo(1000);
        assertThat(limits.onReturned(1000).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void aStatementMayChangeAsManyRowsAsTheLimitSays() {
        RowLimits limits = limits(
                "  - {name: few, when: {rows: {changed: 5}}, then: deny}\n", "UPDATE orders SET x = 1 WHERE id < 9");

        assertThat(limits.onChanged(5, tally, true)).isNull();
        assertThat(limits.onChanged(6, tally, true).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void rowsOfATransactionAreAddedUp() {
        RowLimits limits = limits(
                "  - {name: few, when: {rows: {changed: 5, per: transaction}}, then: deny}\n",
                "UPDATE orders SET x = 1 WHERE id < 9");

        assertThat(limits.onChanged(3, tally, true)).isNull();
        assertThat(limits.onChanged(3, tally, true)).isNotNull();
        tally.clear();
        assertThat(limits.onChanged(3, tally, true)).isNull();
    }

    @Test
    void aReadIsNotLimitedByWhatItCannotChange() {
        assertThat(decide("  - {name: few, when: {rows: {changed: 5}}, then: deny}\n", "SELECT 1")
                        .verdict()
                        .obligationsOrNone())
                .isSameAs(Obligations.NONE);
    }

    @Test
    void rowsThatNobodyCanCountAreRefusedBefore() {
        String rule = "  - {name: few, when: {rows: {changed: 5}}, then: deny}\n";

        assertThat(decide(rule, "WITH d AS (DELETE FROM orders RETURNING id) SELECT count(*) FROM d")
                        .verdict())
                .isInstanceOf(Verdict.Deny.class);
        assertThat(decide(rule, "DELETE FROM orders WHERE id = 1; DELETE FROM parts WHERE id = 2")
                        .verdict())
                .isInstanceOf(Verdict.Deny.class);
        assertThat(decide(rule, "INSERT INTO archive SELECT * FROM orders WHERE id < 3")
                        .verdict())
                .isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void peopleAreAskedAsLongAsThereIsSomethingToUndo() {
        RowLimits limits = limits(
                "  - {name: few, when: {rows: {changed: 5}}, then: approve, approval: {anyOf: [dba]}}\n",
                "DELETE FROM orders WHERE id < 9");

        assertThat(limits.onChanged(6, tally, true).verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(limits.onChanged(6, tally, false).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void anObservedLimitChangesNothingAndSaysWhatItWouldHaveDone() {
        Decision decision = limits(
                        "  - {name: few, mode: observe, when: {rows: {returned: 5}}, then: deny}\n", "SELECT 1 FROM t")
                .onReturned(5);

        assertThat(decision.verdict()).isInstanceOf(Verdict.Allow.class);
        assertThat(decision.wouldHave()).isEqualTo("deny");
        assertThat(decision.rules()).containsExactly("few");
    }

    @Test
    void anAllowThatNamesTheLimitLiftsIt() {
        Decision decision = limits(
                        "  - {name: few, when: {rows: {returned: 5}}, then: deny}\n"
                                + "  - {name: reports, when: {callSite: ['com.acme.**']}, then: allow, override: [few]}\n",
                        "SELECT 1 FROM t")
                .onReturned(5);

        assertThat(decision.verdict()).isInstanceOf(Verdict.Allow.class);
        assertThat(decision.wouldHave()).isNull();
    }

    @Test
    void theRefusalSaysWhatWasTooMuch() {
        Verdict verdict = limits("  - {name: few, when: {rows: {returned: 5}}, then: deny}\n", "SELECT 1 FROM t")
                .onReturned(5)
                .verdict();

        assertThat(((Verdict.Deny) verdict).refusal().message()).contains("more than 5 rows");
    }

    @Test
    void rowsAreReturnedOrChangedAndNeverAllowed() {
        assertThat(Policies.errors(
                                "version: 1\nguard:\n  - {name: a, when: {rows: {returned: 1, changed: 1}}, then: deny}\n")
                        .get(0)
                        .reason())
                .contains("either returned or changed");
        assertThat(Policies.errors(
                                "version: 1\nguard:\n  - {name: a, when: {rows: {returned: 1, per: transaction}}, then: deny}\n")
                        .get(0)
                        .reason())
                .contains("'per' belongs to changed");
        assertThat(Policies.errors("version: 1\nguard:\n  - {name: a, when: {rows: {returned: 1}}, then: allow}\n")
                        .get(0)
                        .reason())
                .contains("nothing is left to allow");
    }
}
