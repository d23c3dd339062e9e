package io.sallyport.http.urlconnection;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.answer.MaskedAnswer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The answer of one connection as its caller may see it: refused by its status, masked, or as it came. Thread-safe. */
final class UrlAnswer {

    private final HttpURLConnection connection;
    private final HttpCall requests;
    private final TruthfulHeaders headers;
    private final LongSupplier written;
    private boolean judged;
    private @Nullable IOException refused;
    private volatile @Nullable IOException refusedAgain;
    private @Nullable MaskedAnswer masked;
    private @Nullable InputStream raw;
    private @Nullable InputStream mask;

    /** @param written how much the application has written to the connection; -1 where it has none */
    UrlAnswer(HttpURLConnection connection, HttpCall requests, LongSupplier written) {
        this.written = written;
        this.connection = connection;
        this.requests = requests;
        this.headers = new TruthfulHeaders(connection);
    }

    TruthfulHeaders headers() {
        return headers;
    }

    /** {@code getInputStream} ended. */
    @Nullable
    InputStream arrived(Object entered, @Nullable InputStream returned, @Nullable Throwable thrown) throws IOException {
        if (entered == Inside.NESTED) {
            return returned;
        }
        try {
            // For statuses of 400 and above an answer is reported by an exception; its body is in the error stream.
            if (thrown != null && !(thrown instanceof FileNotFoundException) && status() < 400) {
                requests.sent(written.getAsLong());
                requests.failed(thrown);
                return returned;
            }
            IOException no = judge();
            if (no == null) {
                return returned == null ? null : masked(returned);
            }
            if (returned != null) {
                returned.close();
            }
            throw no;
        } finally {
            Inside.exit(entered);
        }
    }

    /** There was an answer, which the connection gave up to send its request again, and may not. */
    void refuse(IOException no) {
        refusedAgain = no;
    }

    /** {@code getErrorStream} ended. */
    @Nullable
    InputStream error(@Nullable InputStream body) {
        IOException again = refusedAgain;
        if (body == null && again != null) {
            return new RefusedStream(again);
        }
        Object entered = body == null ? Inside.NESTED : Inside.enter(connection);
        if (body == null || entered == Inside.NESTED) {
            return body;
        }
        try {
            IOException no = judge();
            return no == null ? masked(body) : new RefusedStream(no);
        } finally {
            Inside.exit(entered);
        }
    }

    /** Where a field is that the caller counts among those that stay; like the getter itself, this waits for the answer. */
    int headerPosition(int asked) {
        Object entered = Inside.enter(connection);
        if (entered == Inside.NESTED) {
            return asked;
        }
        try {
            if (hasBody()) {
                judge();
            }
        } finally {
            Inside.exit(entered);
        }
        return headers.position(asked);
    }

    private boolean hasBody() {
        try {
            return connection.getInputStream() != null;
        } catch (IOException reportedToTheCallerOfInputStream) {
            return connection.getErrorStream() != null;
        }
    }

    /** @return the refusal of an answer with this status; the caller then gets no body by either way */
    private synchronized @Nullable IOException judge() {
        if (!judged && requests.isAdmitted()) {
            judged = true;
            try {
                requests.sent(written.getAsLong());
                masked = requests.answered(status(), headers::joined, false);
                headers.untrue(masked);
            } catch (RefusedException no) {
                refused = HttpRefusals.ofSockets(no.refusal());
            }
        }
        return refused;
    }

    private synchronized InputStream masked(InputStream body) {
        MaskedAnswer answer = masked;
        if (answer == null) {
            return body;
        }
        if (body != raw || mask == null) {
            raw = body;
            mask = answer.over(body);
        }
        return mask;
    }

    private int status() {
        try {
            return connection.getResponseCode();
        } catch (IOException none) {
            return -1;
        }
    }
}
