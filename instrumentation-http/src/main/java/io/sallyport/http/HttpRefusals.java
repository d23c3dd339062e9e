package io.sallyport.http;

import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A refusal in the words of HTTP clients: the exception types that their callers handle already. */
public final class HttpRefusals {

    private HttpRefusals() {}

    /** Every refusal that reaches a caller begins so. */
    private static final String OURS = "Refused by Sallyport";

    /** Whether a failure is a refusal: nothing that a client should try again. */
    public static boolean isRefusal(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith(OURS);
    }

    /** What an asynchronous decision failed with: the refusal if it was one, else the failure itself. */
    public static @Nullable Refusal refusal(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof RefusedException refused ? refused.refusal() : null;
    }

    /** A failure without the wrapping that a future puts around it. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The same for what an asynchronous decision failed with. */
    public static Throwable exception(Throwable failure) {
        Refusal refusal = refusal(failure);
        return refusal == null ? cause(failure) : exception(refusal);
    }

    /** For clients whose limits end in the exceptions of {@code java.net}. */
    public static IOException ofSockets(Refusal refusal) {
        return switch (refusal.reason()) {
            case EXPIRED, STILL_WAITING -> new SocketTimeoutException(refusal.describe());
            case WITHDRAWN -> new InterruptedIOException(refusal.describe());
            case DENIED, NOT_APPROVED, TLS, FAILED -> new IOException(refusal.describe());
        };
    }

    public static IOException exception(Refusal refusal) {
        return switch (refusal.reason()) {
            case EXPIRED, STILL_WAITING -> new HttpTimeoutException(refusal.describe());
            case DENIED, NOT_APPROVED, WITHDRAWN, TLS, FAILED -> new IOException(refusal.describe());
        };
    }
}
