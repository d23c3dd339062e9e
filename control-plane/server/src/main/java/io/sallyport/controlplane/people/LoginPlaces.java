package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import java.util.HashMap;
import java.util.Map;

/**
 * How many logins wait for their passwords to be compared, which takes long and is done for few at a time: each that waits has a thread of the server.
 * Strangers have places of their own, so that a flood of them keeps out nobody who has signed in before. Thread-safe.
 */
final class LoginPlaces {

    private static final int STRANGERS = 16;
    private static final int OF_ONE_ADDRESS = 4;
    private static final int KNOWN = 16;

    private final Map<String, Integer> strangers = new HashMap<>();
    private int allStrangers;
    private int known;

    /** Given back once. */
    interface Place {
        void leave();
    }

    /**
     * @param isKnown whether the name has signed in at that address before
     * @throws Problem (429) when there is no place
     */
    synchronized Place take(boolean isKnown, String address) {
        int own = strangers.getOrDefault(address, 0);
        boolean room = isKnown ? known < KNOWN : allStrangers < STRANGERS && own < OF_ONE_ADDRESS;
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
