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
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.record.IncidentIds;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.MovableClock;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What the most frequent path costs, in bytes: they are exact where times are not. */
class PlainAllowCostTest {

    private static final Command SELECT = Commands.sql("SELECT name FROM carts");
    private static final int CALLS = 20_000;

    @Test
    void anUnrecordedCallAllocatesItsPassageAndNothingElse() throws Exception {
        // One object of eleven references and a few flags; a lambda, a string or an event would go over it.
        assertThat(bytesPerCall(RecordLevel.DECISIONS)).isLessThanOrEqualTo(88);
    }

    @Test
    void aRecordedCallAllocatesNothingMoreWhereTheSinkTakesItInParts() throws Exception {
        assertThat(bytesPerCall(RecordLevel.STATEMENTS)).isLessThanOrEqualTo(88);
    }

    private static long bytesPerCall(RecordLevel level) throws Exception {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(bean.isThreadAllocatedMemorySupported() && bean.isThreadAllocatedMemoryEnabled());
        Gate gate = gate(enforcing(allow()).at(level));
        run(gate);
        long thread = Thread.currentThread().getId();
        long before = bean.getThreadAllocatedBytes(thread);
        run(gate);
        return (bean.getThreadAllocatedBytes(thread) - before) / CALLS;
    }

    private static void run(Gate gate) throws RefusedException {
        Waiter waiter = Waiter.unlimited();
        for (int i = 0; i < CALLS; i++) {
            gate.admit(SELECT, waiter).completed(1);
        }
    }

    private static Gate gate(PolicySnapshot policy) {
        MovableClock clock = new MovableClock();
        Identity identity = Identity.unverified("shop");
        HoldRoom room = new HoldRoom(ApprovalDesk.NOBODY, clock);
        return new StandardGate(() -> policy, () -> identity, room, EventSink.NOWHERE, clock, new IncidentIds());
    }
}
