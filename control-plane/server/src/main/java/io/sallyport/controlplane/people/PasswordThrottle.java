package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import java.time.Clock;

/**
 * Slows down the guessing of passwords without letting a stranger keep a person out: who fails is a name at an address. What is guessed at one name
 * from many addresses pauses the name too, but never at an address that has signed in under it, nor on the machine itself; an address that tries
 * many names is paused as a whole, but for the names that have signed in there. Whoever is kept out all the same has the API token of the first start, which no pause concerns. Thread-safe.
 */
public final class PasswordThrottle {

    private static final int FREE_OF_NAME = 50;
    private static final int FREE_OF_ADDRESS = 20;
    private static final int STRANGERS_WAITING = 16;
    private static final int WAITING_OF_ONE_ADDRESS = 4;
    private static final int KNOWN_WAITING = 16;

    private final LoginThrottle pairs;
    private final LoginThrottle names;
    private final LoginThrottle addresses;
    private final LoginPlaces places = new LoginPlaces(STRANGERS_WAITING, WAITING_OF_ONE_ADDRESS, KNOWN_WAITING);

    public PasswordThrottle(Clock clock) {
        pairs = new LoginThrottle(clock);
        names = new LoginThrottle(clock, FREE_OF_NAME);
        addresses = new LoginThrottle(clock, FREE_OF_ADDRESS);
    }

    /**
     * Counts an attempt, before the password is looked at: of many at once, those beyond the free ones wait as if the others had failed.
     *
     * @throws Problem (429) while that name is paused at that address, or too many wait
     */
    public synchronized Attempt begin(String name, String address) {
        pairs.check(pair(name, address));
        if (!places.knows(pair(name, address))) {
            addresses.check(address);
            if (!isOnThisMachine(address)) {
                names.check(name);
            }
        }
        LoginPlaces.Place place = places.take(pair(name, address), address);
        return new Attempt(
                place,
                pair(name, address),
                pairs.begin(pair(name, address)),
                addresses.begin(address),
                names.begin(name));
    }

    /** An attempt under way, until it is closed; a failure unless it is told otherwise. */
    public final class Attempt implements AutoCloseable {

        private final LoginPlaces.Place place;
        private final String pair;
        private final LoginThrottle.Attempt ofPair;
        private final LoginThrottle.Attempt ofAddress;
        private final LoginThrottle.Attempt ofName;

        private Attempt(
                LoginPlaces.Place place,
                String pair,
                LoginThrottle.Attempt ofPair,
                LoginThrottle.Attempt ofAddress,
                LoginThrottle.Attempt ofName) {
            this.place = place;
            this.pair = pair;
            this.ofPair = ofPair;
            this.ofAddress = ofAddress;
            this.ofName = ofName;
        }

        /** The password was right: who mistyped before starts anew. */
        public void succeeded() {
            synchronized (PasswordThrottle.this) {
                pairs.succeeded(pair);
                addresses.withdraw(ofAddress);
                names.withdraw(ofName);
                places.succeeded(pair);
            }
        }

        @Override
        public void close() {
            place.leave();
        }

        /** Nobody knows whether the password is right. */
        public void withdrawn() {
            synchronized (PasswordThrottle.this) {
                pairs.withdraw(ofPair);
                addresses.withdraw(ofAddress);
                names.withdraw(ofName);
            }
        }
    }

    private static boolean isOnThisMachine(String address) {
        return address.startsWith("127.")
                || address.equals("0:0:0:0:0:0:0:1")
                || address.equals("::1")
                || address.equals("[::1]");
    }

    private static String pair(String name, String address) {
        return address + ' ' + name;
    }
}
