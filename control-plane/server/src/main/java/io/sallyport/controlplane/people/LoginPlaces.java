package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import java.util.HashMap;
import java.util.Map;

/**
 * How many logins are under way, where each takes long and few are looked at at a time: each that waits has a thread of the server.
 * Strangers have places of their own, so that a flood of them keeps out nobody who has signed in before. Thread-safe.
 */
final class LoginPlaces {

    private final int mostStrangers;
    private final int mostOfOneAddress;
    private final int mostKnown;
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

    /**
     * @param isKnown whether whoever it is has signed in at that address before
     * @throws Problem (429) when there is no place
     */
    synchronized Place take(boolean isKnown, String address) {
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
