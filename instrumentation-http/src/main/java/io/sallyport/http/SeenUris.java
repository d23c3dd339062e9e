package io.sallyport.http;

import java.net.URI;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The URIs that were asked for last, by their text: a program asks for few, again and again, and each request is looked at more than once on
 * its way. Thread-safe; texts that collide overwrite each other.
 */
final class SeenUris {

    private static final int SLOTS = 512;

    /** A longer one is parsed each time: what is kept must not fill the heap. */
    private static final int LONGEST = 512;

    private static final AtomicReferenceArray<@Nullable URI> SEEN = new AtomicReferenceArray<>(SLOTS);

    private SeenUris() {}

    /** @throws IllegalArgumentException if it is none */
    static URI of(String text) {
        if (text.length() > LONGEST) {
            return URI.create(text);
        }
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        URI seen = SEEN.get(slot);
        // A URI that was parsed keeps its text.
        if (seen == null || !seen.toString().equals(text)) {
            seen = URI.create(text);
            SEEN.set(slot, seen);
        }
        return seen;
    }
}
