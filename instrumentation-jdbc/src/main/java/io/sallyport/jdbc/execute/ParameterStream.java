package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ParameterHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The same as {@link ParameterReader} for bytes. */
final class ParameterStream extends InputStream implements ParameterHead {

    private final InputStream source;
    private byte[] head = new byte[16];
    private int known;
    private int at;
    private int markedAt;
    private int markedKnown;
    private @Nullable IOException failure;

    ParameterStream(InputStream source) {
        this.source = source;
    }

    @Override
    public synchronized Object head() {
        try {
            while (known < MOST && failure == null && fill(MOST - known) > 0) {}
        } catch (IOException e) {
            failure = e;
        }
        return Arrays.copyOf(head, known);
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
    public synchronized int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) throws IOException {
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

    @Override
    public synchronized int available() throws IOException {
        return known - at + source.available();
    }

    @Override
    public boolean markSupported() {
        return source.markSupported();
    }

    @Override
    public synchronized void mark(int limit) {
        source.mark(limit);
        markedAt = at;
        markedKnown = known;
    }

    @Override
    public synchronized void reset() throws IOException {
        source.reset();
        known = Math.min(known, markedKnown);
        at = markedAt;
        failure = null;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
