package io.sallyport.controlplane;

import java.util.List;

/**
 * A request that cannot be served, told to whoever made it. The message says what happened and what to do; it never carries a
 * secret.
 */
public final class Problem extends RuntimeException {

    /** What went wrong, with the HTTP status that says so (RFC 9110). */
    public enum Kind {
        INVALID(400),
        UNAUTHENTICATED(401),
        FORBIDDEN(403),
        NOT_FOUND(404),
        TOO_SLOW(408),
        CONFLICT(409),
        GONE(410),
        TOO_LARGE(413),
        UNSUPPORTED(415),
        UNPROCESSABLE(422),
        TOO_MANY(429),
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final transient List<?> details;

    public Problem(Kind kind, String message) {
        this(kind, message, List.of());
    }

    /** @param details machine-readable parts, each with a JSON form */
    public Problem(Kind kind, String message, List<?> details) {
        super(message, null, false, false);
        this.kind = kind;
        this.details = List.copyOf(details);
    }

    public Kind kind() {
        return kind;
    }

    public List<?> details() {
        return details;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
