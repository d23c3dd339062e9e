package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ParameterHead;
import java.io.IOException;
import java.io.InputStream;

/** An application's stream of bytes that a driver sends; see {@link PassingHead}. Thread-safe. */
final class ParameterStream extends InputStream implements ParameterHead {

    private final InputStream source;
    private final PassingHead<byte[]> head;

    ParameterStream(InputStream source) {
        this.source = source;
        this.head = new PassingHead<>(source::read, byte[]::new);
    }

    @Override
    public synchronized Object head() {
        return head.known();
    }

    @Override
    public synchronized int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) throws IOException {
        return head.read(into, from, length);
    }

    @Override
    public synchronized int available() throws IOException {
        return head.ahead() + source.available();
    }

    @Override
    public boolean markSupported() {
        return source.markSupported();
    }

    @Override
    public synchronized void mark(int limit) {
        source.mark(limit);
        head.marked();
    }

    @Override
    public synchronized void reset() throws IOException {
        source.reset();
        head.reset();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
