package io.sallyport.core.hold;

import java.time.Duration;

/**
 * The caller's side of a hold: how long it can bear to wait, and whether it gave up. The room polls nothing; whoever gives up
 * calls {@link #giveUp(String)}.
 */
public final class Waiter {

    private static final Duration NO_LIMIT = Duration.ofDays(1);

    private final Duration limit;
    private volatile @org.jspecify.annotations.Nullable String gaveUp;
    private volatile @org.jspecify.annotations.Nullable Runnable wake;

    /** @param limit the longest wait that the caller's own timeouts allow (query timeout, request timeout) */
    public Waiter(Duration limit) {
        this.limit = limit;
    }

    /** A caller without a timeout of its own. */
    public static Waiter unlimited() {
        return new Waiter(NO_LIMIT);
    }

    public Duration limit() {
        return limit;
    }

    /** Called from another thread on cancel, close, abort or shutdown. */
    public void giveUp(String why) {
        gaveUp = why;
        Runnable w = wake;
        if (w != null) {
            w.run();
        }
    }

    /** Why the caller gave up, or {@code null}. */
    public @org.jspecify.annotations.Nullable String gaveUp() {
        return gaveUp;
    }

    /** Registered by the room before it parks the caller; runs at once if the caller gave up already. */
    void onGiveUp(Runnable action) {
        wake = action;
        if (gaveUp != null) {
            action.run();
        }
    }
}
