package io.sallyport.core.mask;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Masks one body as it streams by. Not thread-safe; one instance per body.
 *
 * <p>Push style, so that reactive clients can use it: bytes go in as they arrive, what is safe to release comes out.
 */
public interface BodyMasker {

    /** Takes the next bytes; writes what is decided so far to {@code out}. */
    void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException;

    /** The body ended; writes the rest. Truncated or invalid input is replaced or refused with {@link BodyRefusedException}. */
    void finish(OutputStream out) throws IOException;

    /** Nobody will read the rest; {@link #finish} is not called. Blocking clients say so, others may not. */
    default void abandoned() {}

    /** Whether it is decided that all that came and is to come passes as it is. */
    default boolean passes() {
        return false;
    }

    /** Number of values masked so far. */
    int masked();

    /**
     * The same as a filter for blocking clients.
     *
     * @param length of {@code body} in bytes; -1 where unknown
     */
    default InputStream over(InputStream body, long length) {
        return new MaskingInputStream(body, length, this);
    }

    /** The same for a body of unknown length. */
    default InputStream over(InputStream body) {
        return over(body, -1);
    }
}
