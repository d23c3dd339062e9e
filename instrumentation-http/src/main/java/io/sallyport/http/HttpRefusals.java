package io.sallyport.http;

import io.sallyport.core.verdict.Refusal;
import java.io.IOException;
import java.net.http.HttpTimeoutException;

/** A refusal in the words of HTTP clients: the exception types that their callers handle already. */
public final class HttpRefusals {

    private HttpRefusals() {}

    public static IOException exception(Refusal refusal) {
        return switch (refusal.reason()) {
            case EXPIRED, STILL_WAITING -> new HttpTimeoutException(refusal.describe());
            case DENIED, NOT_APPROVED, WITHDRAWN, TLS, FAILED -> new IOException(refusal.describe());
        };
    }
}
