package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ParameterHead;
import java.io.IOException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an application's reader or stream that a driver sends. It is kept as it passes, and read ahead only when somebody
 * asks: until a statement is sent, nobody may have filled the pipe at whose end the source is. Not thread-safe; its owner locks.
 *
 * @param <A> {@code char[]} or {@code byte[]}
 */
final class PassingHead<A> {

    /** How a source is read; see {@link java.io.Reader#read(char[], int, int)}. */
    interface Source<A> {
        int read(A into, int from, int length) throws IOException;
    }

    private final Source<A> source;
    private final IntFunction<A> arrays;
    private int capacity = 16;
    private A head;
    /** How much of the head is known; the source stands behind it. */
    private int known;

    private int at;
    private int markedAt;
    private int markedKnown;
    private @Nullable IOException failure;

    /** @param arrays makes an array of so many elements */
    PassingHead(Source<A> source, IntFunction<A> arrays) {
        this.source = source;
        this.arrays = arrays;
        this.head = arrays.apply(capacity);
    }

    /** The first {@link ParameterHead#MOST} elements, or fewer where the source ends or fails earlier. */
    A known() {
        try {
            while (known < ParameterHead.MOST && failure == null && fill(ParameterHead.MOST - known) > 0) {}
        } catch (IOException e) {
            failure = e;
        }
        A copy = arrays.apply(known);
        System.arraycopy(head, 0, copy, 0, known);
        return copy;
    }

    private int fill(int most) throws IOException {
        grow(most);
        int n = source.read(head, known, most);
        known += Math.max(n, 0);
        return n;
    }

    private void grow(int more) {
        if (known + more > capacity) {
            capacity = Math.max(known + more, Math.min(ParameterHead.MOST, 2 * capacity));
            A wider = arrays.apply(capacity);
            System.arraycopy(head, 0, wider, 0, known);
            head = wider;
        }
    }

    /** What was read ahead first, then the source itself. */
    int read(A into, int from, int length) throws IOException {
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
        int kept = Math.min(n, ParameterHead.MOST - known);
        if (kept > 0) {
            grow(kept);
            System.arraycopy(into, from, head, known, kept);
            known += kept;
            at = known;
        }
        return n;
    }

    /** How many elements come without asking the source. */
    int ahead() {
        return known - at;
    }

    /** The source was marked where it stands. */
    void marked() {
        markedAt = at;
        markedKnown = known;
    }

    /** The source went back to its mark. */
    void reset() {
        known = Math.min(known, markedKnown);
        at = markedAt;
        failure = null;
    }
}
