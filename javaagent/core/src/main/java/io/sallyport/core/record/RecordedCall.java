package io.sallyport.core.record;

import org.jspecify.annotations.Nullable;

/** What both records of a call say alike, for a sink that writes them without an object for each. */
public interface RecordedCall {

    /** The connection's or client's session. */
    String session();

    /** Normalised URL. */
    String target();

    /** {@code select}, {@code GET /users}. */
    String summary();

    /** Statement shape or request line. */
    String detail();

    @Nullable
    String callSite();

    String thread();

    /**
     * Writes the call's id in ASCII.
     *
     * @param into has room for 64 bytes behind {@code at}
     * @return the position behind it
     */
    int writeId(byte[] into, int at);

    /** The same as an object, from which any event can be made. */
    CallSubject subject();
}
