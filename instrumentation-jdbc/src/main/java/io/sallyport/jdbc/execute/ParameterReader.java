package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ParameterHead;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An application's reader that a driver sends. Its beginning is kept as it passes, and read ahead only when somebody asks: until a
 * statement is sent, nobody may have filled the pipe at whose end the reader is.
 */
final class ParameterReader extends Reader implements ParameterHead {

    private final Reader source;
    private char[] head = new char[16];
    /** How much of the head is known; the source stands behind it. */
    private int known;

    private int at;
    private int markedAt;
    private int markedKnown;
    private @Nullable IOException failure;

    ParameterReader(Reader source) {
        this.source = source;
    }

    @Override
    public Object head() {
        synchronized (lock) {
            try {
                while (known < MOST && failure == null && fill(MOST - known) > 0) {}
            } catch (IOException e) {
                failure = e;
            }
            return new String(head, 0, known);
        }
    }

    private int fill(int most) throws IOException {
        grow(most);
        int n = source.read(head, known, most);
        known += Math.max(n, 0);
        return n;
    }

    private void grow(int more) {
        if (known + more > head.length) {
            head = Arrays.copyOf(head, Math.max(known + more, Math.min(MOST, 2 * head.length)));
        }
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        synchronized (lock) {
            if (length > 0 && at < known) {
                int n = Math.min(length, known - at);
                System.arraycopy(head, at, into, from, n);
                at += n;
                return n;
            }
            if (failure != null) {
                throw failure;
            }
            int n = source.read(into, from, length);
            int kept = Math.min(n, MOST - known);
            if (kept > 0) {
                grow(kept);
                System.arraycopy(into, from, head, known, kept);
                known += kept;
                at = known;
            }
            return n;
        }
    }

    @Override
    public boolean ready() throws IOException {
        synchronized (lock) {
            return at < known || source.ready();
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
            markedAt = at;
            markedKnown = known;
        }
    }

    @Override
    public void reset() throws IOException {
        synchronized (lock) {
            source.reset();
            known = Math.min(known, markedKnown);
            at = markedAt;
            failure = null;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
