package io.sallyport.http.urlconnection;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What the application writes a body to that is sent as it comes; counts. */
final class CountedOutput extends FilterOutputStream {

    private final OutputStream connections;
    private volatile long count;

    /**
     * @param connections the connection's stream
     * @param shown the same, or what shows what is written to it
     */
    CountedOutput(OutputStream connections, OutputStream shown) {
        super(shown);
        this.connections = connections;
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
        return connections == other;
    }

    long count() {
        return count;
    }
}
