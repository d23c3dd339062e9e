package io.sallyport.http.urlconnection;

import java.io.IOException;
import java.io.InputStream;

/** Stands for the body of an answer that the policy refuses: {@code getErrorStream} cannot throw, so reading does. */
final class RefusedStream extends InputStream {

    private final IOException refusal;

    RefusedStream(IOException refusal) {
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        throw new IOException(refusal.getMessage());
    }
}
