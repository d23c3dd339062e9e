package io.sallyport.jdbc.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The frames of all threads on one connection: a stack without locks. There is almost always none or one, since drivers serialise
 * a connection; frames of several threads can interleave, so a frame that is not on top when it ends is marked and swept later.
 */
final class Frames {

    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(Frames.class, "top", Frame.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through TOP
    private volatile @Nullable Frame top;

    @Nullable
    Frame innermost(Thread thread) {
        for (Frame f = top; f != null; f = f.below) {
            if (f.owner == thread && !f.left) {
                return f;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return !areOfOthers(null);
    }

    /** Whether any thread but that one is inside a call. */
    boolean areOfOthers(@Nullable Thread thread) {
        for (Frame f = top; f != null; f = f.below) {
            if (f.owner != thread && !f.left) {
                return true;
            }
        }
        return false;
    }

    void push(Frame frame) {
        Frame old;
        do {
            old = top;
            while (old != null && old.left) {
                old = old.below;
            }
            frame.below = old;
        } while (!swap(frame, old));
    }

    /** Puts {@code frame} on top of {@code below}, dropping frames above it that have ended. */
    private boolean swap(Frame frame, @Nullable Frame below) {
        Frame seen = top;
        Frame live = seen;
        while (live != null && live.left) {
            live = live.below;
        }
        return live == below && TOP.compareAndSet(this, seen, frame);
    }

    void remove(Frame frame) {
        frame.left = true;
        Frame seen = top;
        Frame live = seen;
        while (live != null && live.left) {
            live = live.below;
        }
        if (live != seen) {
            // Losing the race leaves a marked frame behind, which the next push or removal sweeps.
            TOP.compareAndSet(this, seen, live);
        }
    }
}
