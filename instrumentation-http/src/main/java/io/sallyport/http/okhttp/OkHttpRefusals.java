package io.sallyport.http.okhttp;

import io.sallyport.core.verdict.Refusal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;

/** A refusal in OkHttp's words: what it throws for a protocol that is not kept, a time that is over, a call that was cancelled. */
final class OkHttpRefusals {

    private OkHttpRefusals() {}

    static IOException exception(Refusal refusal) {
        return switch (refusal.reason()) {
            case EXPIRED, STILL_WAITING -> new InterruptedIOException(refusal.describe());
            case WITHDRAWN -> new IOException("Canceled");
            case DENIED, NOT_APPROVED, TLS, FAILED -> new ProtocolException(refusal.describe());
        };
    }
}
