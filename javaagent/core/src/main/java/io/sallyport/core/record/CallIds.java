package io.sallyport.core.record;

import java.nio.charset.StandardCharsets;

/**
 * Source of call ids, which are incident ids where a call is refused. Thread-safe.
 *
 * <p>A source that counts hands out numbers, so that a call whose id nobody asks for never makes a text of it.
 */
@FunctionalInterface
public interface CallIds {

    /** A new id. */
    String get();

    /** A new id's number, for {@link #text} and {@link #write}; 0 from a source that does not count. */
    default long draw() {
        return 0;
    }

    /** The id of a number that {@link #draw} has returned. */
    default String text(long number) {
        throw new IllegalStateException("this source of ids does not count");
    }

    /**
     * Writes the id of a number in ASCII.
     *
     * @param into has room for 32 bytes behind {@code at}
     * @return the position behind it
     */
    default int write(long number, byte[] into, int at) {
        byte[] id = text(number).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(id, 0, into, at, id.length);
        return at + id.length;
    }
}
