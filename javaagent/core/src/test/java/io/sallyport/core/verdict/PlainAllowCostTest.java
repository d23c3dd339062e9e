package io.sallyport.core.verdict;

import static io.sallyport.core.testing.ScriptedPolicy.allow;
import static io.sallyport.core.testing.ScriptedPolicy.enforcing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Policies;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.record.IncidentIds;
import io.sallyport.core.record.RecordedCall;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.MovableClock;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the most frequent path costs, in bytes: they are exact where times are not. */
class PlainAllowCostTest {

    private static final Command SELECT = Commands.sql("SELECT name FROM carts");
    private static final int CALLS = 20_000;

    @Test
    void anUnrecordedCallAllocatesItsPassageAndNothingElse() throws Exception {
        // One object of thirteen references and a few flags; a lambda, a string or an event would go over it.
        assertThat(bytesPerCall(RecordLevel.DECISIONS)).isLessThanOrEqualTo(104);
    }

    @Test
    void aRecordedCallAllocatesNothingMoreWhereTheSinkTakesItInParts() throws Exception {
        assertThat(bytesPerCall(RecordLevel.STATEMENTS)).isLessThanOrEqualTo(104);
    }

    @Test
    void whatIsWrittenDownOfParametersAllocatesNothing() throws Exception {
        PolicySnapshot policy = Policies.load("""
                version: 1
                mask:
                  - {name: contact, columns: [users.email], with: redact}
                  - {name: content, detect: [CREDIT_CARD, EMAIL, US_SSN, IBAN], with: redact}
                """);
        String uuid = "b1946ac9-2f6d-4d8e-9b0a-3fc1a09be7d1";
        SqlAnalysis analysis = new StandardSqlReader()
                .read(
                        Dialect.POSTGRESQL,
                        "SELECT name FROM orders WHERE id = ? AND status = ? AND paid = ? AND customer = ? LIMIT 10",
                        Catalogue.EMPTY);
        Command select = Policies.sql(Policies.postgres(), analysis, 12_345_678L, "a longer word", true, uuid);
        byte[] line = new byte[RecordedCall.MOST_VALUES];
        int[] length = new int[1];
        EventSink writing = new EventSink() {
            @Override
            public boolean append(Event event) {
                return true;
            }

            @Override
            public boolean admitted(
                    RecordedCall call, long at, String verdict, List<String> rules, List<String> masked) {
                length[0] = call.writeValues(line, 0);
                return call.trace() == null
                        && call.transaction() != null
                        && !call.summary().isEmpty();
            }

            @Override
            public boolean completed(RecordedCall call, long at, long rows, List<String> masked, long micros) {
                return true;
            }
        };
        assertThat(bytesPerCall(gate(policy, writing), select)).isLessThanOrEqualTo(104);
        assertThat(new String(line, 0, length[0], StandardCharsets.UTF_8))
                .isEqualTo("12345678, 'a longer word', TRUE, '" + uuid + "', 10");
    }

    @Test
    void manyCallsThatNoRuleIsAboutSeldomLookAtTheClock() throws Exception {
        PolicySnapshot policy = Policies.load("version: 1\nrecord: {level: decisions}\n"
                + "guard:\n  - {name: g, when: {kind: [drop]}, then: deny}\n");
        AtomicInteger looks = new AtomicInteger();
        MovableClock still = new MovableClock();
        Clock counting = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                looks.incrementAndGet();
                return still.instant();
            }
        };
        run(gate(policy, EventSink.NOWHERE, counting), SELECT);
        assertThat(looks).hasValueLessThan(CALLS / 10);
    }

    private static long bytesPerCall(RecordLevel level) throws Exception {
        return bytesPerCall(gate(enforcing(allow()).at(level), EventSink.NOWHERE), SELECT);
    }

    private static long bytesPerCall(Gate gate, Command command) throws Exception {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(bean.isThreadAllocatedMemorySupported() && bean.isThreadAllocatedMemoryEnabled());
        run(gate, command);
        long thread = Thread.currentThread().getId();
        long before = bean.getThreadAllocatedBytes(thread);
        run(gate, command);
        return (bean.getThreadAllocatedBytes(thread) - before) / CALLS;
    }

    private static void run(Gate gate, Command command) throws RefusedException {
        Waiter waiter = Waiter.unlimited();
        for (int i = 0; i < CALLS; i++) {
            gate.admit(command, waiter).completed(1);
        }
    }

    private static Gate gate(PolicySnapshot policy, EventSink sink) {
        return gate(policy, sink, new MovableClock());
    }

    private static Gate gate(PolicySnapshot policy, EventSink sink, Clock clock) {
        Identity identity = Identity.unverified("shop");
        HoldRoom room = new HoldRoom(ApprovalDesk.NOBODY, clock);
        return new StandardGate(() -> policy, () -> identity, room, sink, clock, new IncidentIds());
    }
}
