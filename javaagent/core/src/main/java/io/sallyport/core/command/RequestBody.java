package io.sallyport.core.command;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that is about to be sent, for rules that ask for it. Immutable and thread-safe; the bytes are not copied, so
 * whoever makes one gives them away. Content is compared by the rules only and never recorded.
 */
public final class RequestBody {

    /** Bodies up to that many bytes are looked at, 1 MiB. */
    public static final int MOST = 1 << 20;

    /**
     * A body that is there and was not seen: longer than {@link #MOST}, in a coding that cannot be read, or of a kind that cannot be read
     * before it is sent. A rule that denies and asks for the body takes it for a match.
     */
    public static final RequestBody UNREAD = new RequestBody(null, new byte[0]);

    private final @Nullable String contentType;
    private final byte[] bytes;

    /**
     * @param contentType value of the {@code Content-Type} field
     * @param bytes the whole body, without {@code Content-Encoding}
     */
    public RequestBody(@Nullable String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    public @Nullable String contentType() {
        return contentType;
    }

    /** Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return this == o
                || this != UNREAD && o != UNREAD && o instanceof RequestBody body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length; never the content. */
    @Override
    public String toString() {
        return this == UNREAD ? "unread body" : "body of " + bytes.length + " bytes";
    }
}
