package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down the guessing of passwords without letting a stranger keep a person out: who fails is a name at an address. What is guessed at one name
 * from many addresses pauses the name too, but never at an address that has signed in under it, nor on the machine itself; an address that tries
 * many names is paused as a whole. Whoever is kept out all the same has the API token of the first start, which no pause concerns. Thread-safe.
 */
public final class PasswordThrottle {

    private static final int FREE_OF_NAME = 50;
    private static final int FREE_OF_ADDRESS = 20;
    private static final int REMEMBERED = 10_000;

    private final LoginThrottle pairs;
    private final LoginThrottle names;
    private final LoginThrottle addresses;
    private final Map<String, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    public PasswordThrottle(Clock clock) {
        pairs = new LoginThrottle(clock);
        names = new LoginThrottle(clock, FREE_OF_NAME);
        addresses = new LoginThrottle(clock, FREE_OF_ADDRESS);
    }

    /** @throws Problem (429) while that name is paused at that address */
    public void check(String name, String address) {
        pairs.check(pair(name, address));
        addresses.check(address);
        if (!isKnown(name, address)) {
            names.check(name);
        }
    }

    public void failed(String name, String address) {
        pairs.failed(pair(name, address));
        addresses.failed(address);
        names.failed(name);
    }

    public synchronized void succeeded(String name, String address) {
        pairs.succeeded(pair(name, address));
        known.put(pair(name, address), true);
    }

    private synchronized boolean isKnown(String name, String address) {
        return address.startsWith("127.")
                || address.equals("0:0:0:0:0:0:0:1")
                || address.equals("::1")
                || address.equals("[::1]")
                || known.get(pair(name, address)) != null;
    }

    private static String pair(String name, String address) {
        return address + ' ' + name;
    }
}
