package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import java.time.Clock;

/**
 * Slows down those who sign in through an identity provider and fail, by address, and lets few be judged at once: what they bring is read, or a provider asked, on a
 * thread of the server. Addresses that somebody has signed in from have places of their own. Thread-safe.
 */
public final class SignInThrottle {

    private static final int STRANGERS = 8;
    private static final int OF_ONE_ADDRESS = 4;
    private static final int KNOWN = 8;

    private final LoginThrottle addresses;
    private final LoginPlaces places = new LoginPlaces(STRANGERS, OF_ONE_ADDRESS, KNOWN);

    public SignInThrottle(Clock clock) {
        addresses = new LoginThrottle(clock);
    }

    /**
     * Counts an attempt before anything is looked at: of many at once, those beyond the free ones wait as if the others had failed.
     *
     * @throws Problem (429) while the address is paused, or too many are under way
     */
    public synchronized Attempt begin(String address) {
        addresses.check(address);
        LoginPlaces.Place place = places.take(address, address);
        return new Attempt(place, address, addresses.begin(address));
    }

    /** An attempt under way, until it is closed; a failure unless it is told otherwise. */
    public final class Attempt implements AutoCloseable {

        private final LoginPlaces.Place place;
        private final String address;
        private final LoginThrottle.Attempt counted;

        private Attempt(LoginPlaces.Place place, String address, LoginThrottle.Attempt counted) {
            this.place = place;
            this.address = address;
            this.counted = counted;
        }

        /** Somebody has signed in. */
        public void succeeded() {
            synchronized (SignInThrottle.this) {
                places.succeeded(address);
                addresses.withdraw(counted);
            }
        }

        /** Nothing that speaks against the address: a way to the provider, or a failure of ours. */
        public void withdrawn() {
            synchronized (SignInThrottle.this) {
                addresses.withdraw(counted);
            }
        }

        @Override
        public void close() {
            place.leave();
        }
    }
}
