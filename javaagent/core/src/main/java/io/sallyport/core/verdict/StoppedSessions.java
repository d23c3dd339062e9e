package io.sallyport.core.verdict;

import io.sallyport.core.hold.Waiter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that somebody has stopped: whatever they still send is refused, in observe mode too, since a person has said so. Thread-safe; asking
 * costs one read of a field while nothing is stopped.
 */
public final class StoppedSessions {

    /** More are not remembered; they are told again on every connection to the control plane. */
    private static final int MOST = 10_000;

    private final Map<String, String> stopped = new ConcurrentHashMap<>();
    private final Map<Waiter, String> held = new ConcurrentHashMap<>();
    private volatile boolean some;

    /** @param message for the caller: who stopped the session and why */
    public void stop(String session, String message) {
        if (stopped.size() < MOST) {
            stopped.put(session, message);
            some = true;
            held.forEach((waiter, whose) -> {
                if (whose.equals(session)) {
                    waiter.giveUp("the session was stopped");
                }
            });
        }
    }

    /** A call of the session waits for people; it gives up when the session is stopped. {@link #left} must follow. */
    void waits(String session, Waiter waiter) {
        held.put(waiter, session);
        if (why(session) != null) {
            waiter.giveUp("the session was stopped");
        }
    }

    void left(Waiter waiter) {
        held.remove(waiter);
    }

    /** The session has ended; its name does not come back. */
    public void ended(String session) {
        if (some) {
            stopped.remove(session);
        }
    }

    /** Why a session was stopped; {@code null} when it was not. */
    public @Nullable String why(String session) {
        return some ? stopped.get(session) : null;
    }
}
