package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.policy.Policies;
import io.sallyport.core.record.Event;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.GateFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sampled call site is another call's; where a rule or the record depends on it, this call's own stack is walked. */
class ExactCallSiteTest {

    private static final String SAMPLE = "com.acme.Orders.list:10";
    private static final String OWN = "com.acme.Billing.close:77";

    private int walks;

    @BeforeEach
    void nobodyWalked() {
        walks = 0;
    }

    @Test
    void aStatementThatSimplyPassesIsRecordedWithTheSample() throws Exception {
        Event recorded = recorded("record: {level: statements}");

        assertThat(recorded.callSite()).isEqualTo(SAMPLE);
        assertThat(walks).isZero();
    }

    @Test
    void atLevelFullItIsRecordedWithItsOwn() throws Exception {
        assertThat(recorded("record: {level: full}").callSite()).isEqualTo(OWN);
    }

    @Test
    void aRuleAboutCallSitesIsHeldAgainstItsOwn() throws Exception {
        String policy = """
                guard:
                  - {name: billing, when: {kind: [delete], callSite: ["%s.**"]}, then: deny}
                """;
        GateFixture f = new GateFixture(Policies.load("version: 1\n" + policy.formatted("com.acme.Billing")));
        f.refused(statement());
        assertThat(f.events.all().get(0).callSite()).isEqualTo(OWN);

        GateFixture other = new GateFixture(Policies.load("version: 1\n" + policy.formatted("com.acme.Orders")));
        other.admit(statement()).completed(1);
        assertThat(other.events.all()).noneMatch(e -> "deny".equals(e.verdict()));
    }

    @Test
    void whatIsRefusedIsRecordedWithItsOwn() throws Exception {
        GateFixture f = new GateFixture(
                Policies.load("version: 1\nguard:\n  - {name: none, when: {kind: [delete]}, then: deny}\n"));
        f.refused(statement());

        assertThat(f.events.all().get(0).callSite()).isEqualTo(OWN);
    }

    private Event recorded(String record) throws Exception {
        GateFixture f = new GateFixture(Policies.load("version: 1\n" + record + "\n"));
        f.admit(statement()).completed(1);
        return f.events.all().get(0);
    }

    private SqlCommand statement() {
        return Commands.sql("DELETE FROM carts WHERE id = 1")
                .withCaller(new Caller("main", SAMPLE, true, new Caller.Walk() {
                    @Override
                    public String nearest() {
                        walks++;
                        return OWN;
                    }

                    @Override
                    public @Nullable String outermost() {
                        return null;
                    }
                }));
    }
}
