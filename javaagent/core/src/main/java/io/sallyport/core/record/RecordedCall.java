package io.sallyport.core.record;

import org.jspecify.annotations.Nullable;

/** What both records of a call say alike, for a sink that writes them without an object for each. */
public interface RecordedCall {

    /** The session: of a connection, or of an HTTP service. */
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

    /** See {@link Event#transaction}. */
    default @Nullable String transaction() {
        return null;
    }

    /** See {@link Event#trace}. */
    default @Nullable String trace() {
        return null;
    }

    /** See {@link Event#user}. */
    default @Nullable String user() {
        return null;
    }

    /** Most bytes that {@link #writeValues} takes. */
    int MOST_VALUES = ValueText.MOST;

    /**
     * Writes what may be known of the call's values in UTF-8, see {@link Event#values}. On the calling thread only, before the call is sent.
     *
     * @param into has room for {@link #MOST_VALUES} bytes behind {@code at}
     * @return the position behind it; {@code at} where there is nothing to write
     */
    default int writeValues(byte[] into, int at) {
        return at;
    }

    /** The same as an object, from which any event can be made. */
    CallSubject subject();
}
