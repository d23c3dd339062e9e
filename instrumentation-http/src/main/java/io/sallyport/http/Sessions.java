package io.sallyport.http;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names of sessions: of a client object, or of a call whose client has no object that stays. Thread-safe. */
final class Sessions {

    /** Tells this process from others; random numbers for each call would cost more than deciding it. */
    private static final String PROCESS = "http-" + UUID.randomUUID().toString().substring(0, 18) + "-";

    private static final AtomicLong NUMBERS = new AtomicLong();

    private Sessions() {}

    static String next() {
        return PROCESS + NUMBERS.incrementAndGet();
    }
}
