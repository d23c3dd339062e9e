package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ParameterHead;
import java.io.IOException;
import java.io.Reader;

/** An application's reader that a driver sends; see {@link PassingHead}. As thread-safe as a reader. */
final class ParameterReader extends Reader implements ParameterHead {

    private final Reader source;
    private final PassingHead<char[]> head;

    ParameterReader(Reader source) {
        this.source = source;
        this.head = new PassingHead<>(source::read, char[]::new);
    }

    @Override
    public Object head() {
        synchronized (lock) {
            return new String(head.known());
        }
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        synchronized (lock) {
            return head.read(into, from, length);
        }
    }

    @Override
    public boolean ready() throws IOException {
        synchronized (lock) {
            return head.ahead() > 0 || source.ready();
        }
    }

    @Override
    public boolean markSupported() {
        return source.markSupported();
    }

    @Override
    public void mark(int readAheadLimit) throws IOException {
        synchronized (lock) {
            source.mark(readAheadLimit);
            head.marked();
        }
    }

    @Override
    public void reset() throws IOException {
        synchronized (lock) {
            source.reset();
            head.reset();
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
