package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.identity.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code rate}: calls of this process that meet the rule's other keys come faster than {@code over} in {@code per}. Counts by a
 * leaking bucket (GCRA, ITU-T I.371): a burst of {@code over} calls is admitted, then one call each {@code per / over}. The only
 * condition with a memory, which starts anew when a policy is loaded; it is asked last, so that it counts what the others let by. A call that
 * is decided several times counts once: see {@link CallRates}.
 */
public final class RateCondition implements Condition {

    private final long over;
    private final long perNanos;
    private final AtomicLong drainedAt = new AtomicLong(Long.MIN_VALUE);

    public RateCondition(int over, Duration per) {
        this.over = over;
        this.perNanos = per.toNanos();
    }

    @Override
    public String key() {
        return "rate";
    }

    @Override
    public Subject subject() {
        return Subject.PAYLOAD;
    }

    @Override
    public Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        return command instanceof ConnectCommand ? Truth.NO : count(now);
    }

    /** The same of a call that is, or was, decided more than once. */
    public Truth judge(Command command, Instant now, CallRates call) {
        return command instanceof ConnectCommand ? Truth.NO : call.judge(this, now);
    }

    /** Counts one call more. */
    public Truth count(Instant now) {
        long at = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        long drop = Math.max(1, perNanos / over);
        while (true) {
            long before = drainedAt.get();
            long filled = Math.max(before, at) + drop;
            if (filled - at > perNanos) {
                return Truth.YES;
            }
            if (drainedAt.compareAndSet(before, filled)) {
                return Truth.NO;
            }
        }
    }
}
