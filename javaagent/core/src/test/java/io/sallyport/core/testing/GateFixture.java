package io.sallyport.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldLimit;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.FailureNames;
import io.sallyport.core.record.IncidentIds;
import io.sallyport.core.record.Recorder;
import io.sallyport.core.record.TraceContext;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.StandardGate;
import io.sallyport.core.verdict.StoppedSessions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real gate with a real room between a scripted policy, desk and sink. */
public final class GateFixture implements AutoCloseable {

    public final ScriptedDesk desk = new ScriptedDesk();
    public final RecordedEvents events = new RecordedEvents();
    public final MovableClock clock = new MovableClock();
    public final HoldRoom room;
    public final StandardGate gate;

    public volatile PolicySnapshot policy;
    /** What the application says of its calls. */
    public volatile TraceContext traces = TraceContext.NONE;

    public volatile Identity identity = Identity.unverified("shop");

    public GateFixture(PolicySnapshot policy) {
        this(policy, null, HoldLimit.fixed(1_000));
    }

    public GateFixture(PolicySnapshot policy, ApprovalDesk otherDesk, HoldLimit limit) {
        this.policy = policy;
        room = new HoldRoom(otherDesk == null ? desk : otherDesk, limit, clock);
        gate = new StandardGate(
                () -> this.policy,
                () -> identity,
                room,
                new Recorder(events, clock, new Said()),
                new IncidentIds(),
                FailureNames.BY_CLASS,
                new StoppedSessions());
    }

    private final class Said implements TraceContext {
        @Override
        public @Nullable String traceId() {
            return traces.traceId();
        }

        @Override
        public @Nullable String user() {
            return traces.user();
        }

        @Override
        public @Nullable String reason() {
            return traces.reason();
        }
    }

    public Passage admit(Command command) throws RefusedException {
        return gate.admit(command, Waiter.unlimited());
    }

    public Refusal refused(Command command) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> admit(command));
        assertThat(refused).as("the call was admitted").isNotNull();
        return refused.refusal();
    }

    /** Makes the call on a thread of its own. */
    public HeldThread start(Command command) {
        return start(command, Waiter.unlimited());
    }

    public HeldThread start(Command command, Waiter waiter) {
        CompletableFuture<Passage> result = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(gate.admit(command, waiter));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        thread.setDaemon(true);
        thread.start();
        return new HeldThread(thread, waiter, result, interrupted);
    }

    /** A caller on its own thread. */
    public record HeldThread(
            Thread thread, Waiter waiter, CompletableFuture<Passage> result, CompletableFuture<Boolean> interrupted) {

        public Passage passage() {
            return get(result);
        }

        public Refusal refusal() {
            return refusalOf(result);
        }
    }

    public static Passage get(CompletableFuture<Passage> result) {
        try {
            return result.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the call was not admitted", e);
        }
    }

    public static Refusal refusalOf(CompletableFuture<Passage> result) {
        try {
            result.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                return refused.refusal();
            }
            throw new AssertionError("not a refusal", e.getCause());
        } catch (Exception e) {
            throw new AssertionError("the call did not end", e);
        }
        throw new AssertionError("the call was admitted");
    }

    @Override
    public void close() {
        room.close();
    }
}
