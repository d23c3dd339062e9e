package io.sallyport.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What the body of a request is written to whose length its head states, by a client that sees to it only that no more is written. Where less is, its
 * server takes the next request of the connection for the rest, and what comes behind that for a request which nobody decided. Not
 * thread-safe, as what it writes to.
 */
public class StatedBody extends FilterOutputStream {

    private final long length;
    private long written;

    /** @param length in bytes, above 0 */
    public StatedBody(OutputStream out, long length) {
        super(out);
        this.length = length;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        out.write(bytes, offset, count);
        written += count;
    }

    /** Not that of the super class, which hides what {@code flush} throws. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Whether something is missing. */
    public boolean isCut() {
        return written < length;
    }
}
