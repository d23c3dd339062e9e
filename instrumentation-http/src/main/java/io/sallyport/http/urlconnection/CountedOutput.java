package io.sallyport.http.urlconnection;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What the application writes a body to that is sent as it comes; counts. */
final class CountedOutput extends FilterOutputStream {

    private volatile long count;

    CountedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        count++;
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        count += length;
    }

    /** Not that of the super class, which hides what {@code flush} throws. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    boolean isOver(OutputStream other) {
        return out == other;
    }

    long count() {
        return count;
    }
}
