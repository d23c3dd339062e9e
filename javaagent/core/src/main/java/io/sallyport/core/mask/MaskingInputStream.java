package io.sallyport.core.mask;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Pulls a body through a {@link BodyMasker} in bounded chunks. */
final class MaskingInputStream extends FilterInputStream {

    private final BodyMasker masker;
    private final long length;
    private final byte[] chunk = new byte[8192];
    private final Released released = new Released();
    private int position;
    private long pulled;
    private boolean ended;
    private boolean closed;

    /** @param length of {@code body}; negative where unknown */
    MaskingInputStream(InputStream body, long length, BodyMasker masker) {
        super(body);
        this.length = length;
        this.masker = masker;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            // The body's own complaint, if it has one; none of what it may still hold.
            in.read();
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        while (position == released.size()) {
            if (ended) {
                return -1;
            }
            refill();
        }
        int n = Math.min(length, released.size() - position);
        System.arraycopy(released.buffer(), position, target, offset, n);
        position += n;
        return n;
    }

    private void refill() throws IOException {
        released.reset();
        position = 0;
        int n = in.read(chunk, 0, chunk.length);
        if (n < 0) {
            ended = true;
            masker.finish(released);
        } else {
            pulled += n;
            masker.update(chunk, 0, n, released);
        }
    }

    @Override
    public void close() throws IOException {
        if (!ended && !closed) {
            masker.abandoned();
        }
        closed = true;
        super.close();
    }

    @Override
    public int available() throws IOException {
        if (closed) {
            return in.available();
        }
        // Whoever reads for as long as this is not 0 gets what there is, masked, and nothing here waits for more.
        while (position == released.size() && !ended && (pulled == length || in.available() > 0)) {
            refill();
        }
        return released.size() - position;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] scratch = new byte[(int) Math.min(8192, Math.max(n, 0))];
        int read = scratch.length == 0 ? 0 : read(scratch, 0, scratch.length);
        return Math.max(read, 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Gives access to the bytes without copying them. */
    private static final class Released extends ByteArrayOutputStream {
        byte[] buffer() {
            return buf;
        }
    }
}
