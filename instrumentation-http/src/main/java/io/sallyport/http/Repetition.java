package io.sallyport.http;

import io.sallyport.core.command.SafeMethods;

/**
 * Whether a request that its client sends once more is still what people approved: they approved it once. It is where nothing can have come of
 * the first time, by what the server said, or would come of it twice, by its method (RFC 9110, sections 9.2.1 and 15; RFC 6585; RFC 8470).
 */
final class Repetition {

    /** In place of a status: the connection died, or nobody knows. */
    static final int UNANSWERED = 0;

    private Repetition() {}

    /**
     * @param method in upper case
     * @param status of the answer to the request as it was sent before, or {@link #UNANSWERED}
     */
    static boolean isApproved(String method, int status) {
        return switch (status) {
            case UNANSWERED -> SafeMethods.include(method);
            // Who asks has to say who he is; came by the wrong connection, too early, too slowly, or when it could not
            // be.
            case 401, 407, 408, 417, 421, 425, 429, 503 -> true;
            default -> status >= 300 && status < 400;
        };
    }
}
