package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.Command;
import io.sallyport.core.policy.Policies;
import io.sallyport.core.record.Event;
import io.sallyport.core.testing.GateFixture;
import org.junit.jupiter.api.Test;

/** What {@code rate} counts are calls, not decisions. */
class RateTest {

    private static final int LIMIT = 4;

    private static final Command GET = Policies.http(Policies.https("api.acme.com"), "GET", "/users");
    private static final Command DELETE = Policies.http(Policies.https("api.acme.com"), "DELETE", "/users");

    private static GateFixture under(String rules) {
        return new GateFixture(Policies.load("version: 1\nmode: enforce\nguard:\n" + rules));
    }

    private static GateFixture limited() {
        return under("  - {name: slow, when: {rate: {over: 4, per: 60s}}, then: deny}\n");
    }

    private static void assertTooMany(GateFixture f, Command command) {
        assertThat(f.refused(command).rule()).isEqualTo("slow");
    }

    @Test
    void aCallThatIsDecidedAgainBeforeItIsSentCountsOnceAndIsRecordedOnce() throws Exception {
        GateFixture f = limited();
        for (int i = 0; i < LIMIT; i++) {
            Passage admitted = f.admit(GET);
            Passage again = f.gate.admitAgain(GET, admitted, false);
            f.gate.admitAgainAsync(GET, again, false).join().completed(1);
        }
        assertThat(f.events.of(Event.Type.DECISION)).hasSize(LIMIT);
        assertThat(f.events.of(Event.Type.RESULT)).hasSize(LIMIT);
        assertTooMany(f, GET);
    }

    @Test
    void aRequestThatFollowsFromOneThatWasSentCounts() throws Exception {
        GateFixture f = limited();
        Passage passage = f.admit(GET);
        for (int i = 1; i < LIMIT; i++) {
            passage = f.gate.admitAgain(GET, passage, true);
        }
        Passage last = passage;
        assertThatThrownBy(() -> f.gate.admitAgain(GET, last, true)).isInstanceOf(RefusedException.class);
    }

    @Test
    void anotherReadingOfACallCountsOnceAndIsRecordedOnce() throws Exception {
        GateFixture f = limited();
        for (int i = 0; i < LIMIT; i++) {
            Passage admitted = f.admit(GET);
            f.gate.admitReading(DELETE, admitted);
            f.gate.admitReading(DELETE, admitted);
            admitted.completed(1);
        }
        assertThat(f.events.of(Event.Type.DECISION)).hasSize(LIMIT);
        assertTooMany(f, GET);
    }

    @Test
    void aReadingThatARuleAloneIsAboutCountsThere() throws Exception {
        GateFixture f = under("  - {name: slow, when: {method: DELETE, rate: {over: 4, per: 60s}}, then: deny}\n");
        for (int i = 0; i < LIMIT; i++) {
            f.gate.admitReading(DELETE, f.admit(GET));
        }
        Passage admitted = f.admit(GET);
        assertThatThrownBy(() -> f.gate.admitReading(DELETE, admitted)).isInstanceOf(RefusedException.class);
    }

    @Test
    void anAlertIsRaisedOnceForACall() throws Exception {
        GateFixture f = under("  - {name: busy, when: {rate: {over: 1, per: 60s}}, then: alert}\n");
        f.gate.admitAgain(GET, f.admit(GET), false);
        assertThat(f.events.of(Event.Type.ALARM)).isEmpty();
        f.gate.admitAgain(GET, f.admit(GET), false);
        assertThat(f.events.of(Event.Type.ALARM)).hasSize(1);
    }

    @Test
    void aRuleThatObservesIsRecordedOnceForACall() throws Exception {
        GateFixture f = under("  - {name: slow, mode: observe, when: {rate: {over: 1, per: 60s}}, then: deny}\n");
        f.admit(GET);
        f.gate.admitAgain(GET, f.admit(GET), false);
        assertThat(f.events.of(Event.Type.DECISION)).hasSize(2);
    }
}
