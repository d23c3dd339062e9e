package io.sallyport.core.hold;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of a hold: how long it can bear to wait, and whether it gave up. The room polls nothing; whoever gives up
 * calls {@link #giveUp(String)}. One waiter serves one call at a
 * time, and after one that gave up no other. Thread-safe.
 */
public final class Waiter {

    private static final Duration NO_LIMIT = Duration.ofDays(1);

    private final Duration limit;
    private final Situation situation;
    private final AtomicReference<@Nullable String> gaveUp = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> wake = new AtomicReference<>();

    /** @param limit the longest wait that the caller's own timeouts allow (query timeout, request timeout) */
    public Waiter(Duration limit) {
        this(limit, Situation.PLAIN);
    }

    /**
     * @param limit the longest wait that the caller's own timeouts allow
     */
    public Waiter(Duration limit, Situation situation) {
        this.limit = limit;
        this.situation = situation;
    }

    /** A caller without a timeout of its own. */
    public static Waiter unlimited() {
        return new Waiter(NO_LIMIT);
    }

    /** A caller without a timeout of its own, of which approvers should know something. */
    public static Waiter unlimited(Situation situation) {
        return new Waiter(NO_LIMIT, situation);
    }

    /** @param patience how long the call would wait if its caller had no limit */
    public @Nullable String circumstances(Duration patience) {
        return situation.circumstances(limit.compareTo(patience) < 0 ? limit : patience);
    }

    /** The {@link Situation#context} of this moment. */
    public String context() {
        return situation.context();
    }

    public boolean isUnlimited() {
        return limit == NO_LIMIT;
    }

    public Duration limit() {
        return limit;
    }

    /** Called from another thread on cancel, close, abort or shutdown. The first reason counts. */
    public void giveUp(String why) {
        gaveUp.compareAndSet(null, why);
        runOnce();
    }

    /** Why the caller gave up, or {@code null}. */
    public @Nullable String gaveUp() {
        return gaveUp.get();
    }

    /** Registered by the room before it parks the caller; runs once, at once if the caller gave up already. */
    void onGiveUp(Runnable action) {
        wake.set(action);
        if (gaveUp.get() != null) {
            runOnce();
        }
    }

    /** The wait is over: a later {@link #giveUp} reaches nobody. */
    void forget() {
        wake.set(null);
    }

    private void runOnce() {
        Runnable action = wake.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }
}
