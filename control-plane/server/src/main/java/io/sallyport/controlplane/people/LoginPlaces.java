package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many logins are under way, where each takes long and few are looked at at a time: each that waits has a thread of the server.
 * Strangers have places of their own, so that a flood of them keeps out nobody who has signed in before; of those, the last ten thousand are known. Thread-safe.
 */
final class LoginPlaces {

    private static final int REMEMBERED = 10_000;

    private final int mostStrangers;
    private final int mostOfOneAddress;
    private final int mostKnown;
    private final Map<String, Boolean> succeeded = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<String, Integer> strangers = new HashMap<>();
    private int allStrangers;
    private int known;

    LoginPlaces(int mostStrangers, int mostOfOneAddress, int mostKnown) {
        this.mostStrangers = mostStrangers;
        this.mostOfOneAddress = mostOfOneAddress;
        this.mostKnown = mostKnown;
    }

    /** Given back once. */
    interface Place {
        void leave();
    }

    /** Somebody has signed in as that, which is known from now on. */
    synchronized void succeeded(String who) {
        succeeded.put(who, true);
    }

    synchronized boolean knows(String who) {
        return succeeded.get(who) != null;
    }

    /**
     * @param who whoever it is, at that address
     * @throws Problem (429) when there is no place
     */
    synchronized Place take(String who, String address) {
        boolean isKnown = knows(who);
        int own = strangers.getOrDefault(address, 0);
        boolean room = isKnown ? known < mostKnown : allStrangers < mostStrangers && own < mostOfOneAddress;
        if (!room) {
            throw new Problem(Problem.Kind.TOO_MANY, "too many logins wait at once; try again in some seconds");
        }
        if (isKnown) {
            known++;
            return this::leaveKnown;
        }
        strangers.put(address, own + 1);
        allStrangers++;
        return () -> leave(address);
    }

    private synchronized void leaveKnown() {
        known--;
    }

    private synchronized void leave(String address) {
        strangers.computeIfPresent(address, (key, own) -> own == 1 ? null : own - 1);
        allStrangers--;
    }
}
