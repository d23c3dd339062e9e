package io.sallyport.core.mask.body;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A chunk of a body as it is read: what is decided leaves in runs, so that bytes that no rule touches are copied once. What is not yet decided when the
 * chunk ends must have been taken elsewhere. Not thread-safe.
 */
final class ChunkRun {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private OutputStream out = OutputStream.nullOutputStream();
    private int start;
    /** Start of what is decided but not yet written. */
    private int run;

    private int masked;

    void begin(byte[] chunk, int offset, OutputStream to) {
        bytes = chunk;
        out = to;
        start = offset;
        run = offset;
    }

    /** Lets go of the chunk, which belongs to the caller. */
    void end() {
        bytes = NOTHING;
        out = OutputStream.nullOutputStream();
    }

    byte[] bytes() {
        return bytes;
    }

    OutputStream out() {
        return out;
    }

    /** Index of the chunk's first byte. */
    int start() {
        return start;
    }

    /** Writes what stands before an index and is not written yet. */
    void flush(int upTo) throws IOException {
        if (upTo > run) {
            out.write(bytes, run, upTo - run);
        }
        run = upTo;
    }

    /** Something else was written in place of what stands before an index, and is one masked value. */
    void replaced(int upTo) {
        run = upTo;
        masked++;
    }

    /** What stands before an index was written elsewhere. */
    void passed(int upTo) {
        run = upTo;
    }

    /** Number of values masked so far. */
    int masked() {
        return masked;
    }
}
