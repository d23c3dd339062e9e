package io.sallyport.jdbc.read;

import io.sallyport.jdbc.connect.DriverCode;
import org.jspecify.annotations.Nullable;

/**
 * Who is inside a getter of one result set or callable statement, and what the last one came to. A getter calls other getters: only the outermost
 * masks, since drivers parse what inner ones return. A thread that finds another one here masks for itself. Plain on purpose: a thread sees itself
 * here only if it wrote itself, and a race of two threads on one result makes inner values masked, never outer ones clear. Entered last: what fails
 * before leaves nothing behind.
 */
final class Inside {

    /** A thread, which is what nearly every getter leaves here, or a {@link Call}. */
    private @Nullable Object now;

    private boolean nullByMask;

    /** Whether the getter left a value out that was not NULL. */
    private boolean hidden;

    /**
     * @param asks whether it may run code of the application's meanwhile: a map or a calendar that it was given, an object that the driver builds,
     *     a stream, a handler of its log. Of what its thread reads then, only what the driver asks itself is a part of the call.
     * @param outer a call that asks, in which the application made this one; it goes on afterwards
     */
    private record Call(
            Thread thread, boolean asks, @Nullable Call outer) {}

    /** Whether what a thread reads of {@code carrier} is a part of a call of its own that is under way. */
    boolean covers(Object carrier, Thread caller) {
        Object seen = now;
        return seen != null
                && (seen == caller
                        || seen instanceof Call call
                                && call.thread == caller
                                && (!call.asks || DriverCode.calls(carrier)));
    }

    /** Whether that thread is inside a call, whoever reads. */
    boolean has(Thread caller) {
        return now == caller || now instanceof Call call && call.thread == caller;
    }

    /** A getter begins that no other one covers. */
    void enter(Thread caller, boolean asks) {
        Call outer = now instanceof Call call && call.thread == caller ? call : null;
        now = outer == null && !asks ? caller : new Call(caller, asks, outer);
    }

    /** The call under way may run code of the application's from now on; answers whether this thread is inside one. */
    boolean asks() {
        Thread caller = Thread.currentThread();
        if (now == caller) {
            now = new Call(caller, true, null);
        } else if (now instanceof Call call && call.thread == caller) {
            now = call.asks ? call : new Call(caller, true, call.outer);
        } else {
            return false;
        }
        return true;
    }

    /** The getter ends. */
    void leave() {
        now = now instanceof Call call && call.thread == Thread.currentThread() ? call.outer : null;
    }

    /** The getter ends, and its value passes as it is. */
    void leaveClear() {
        nullByMask = false;
        leave();
    }

    /** What this thread reads until {@link #resume} is the agent's own. */
    @Nullable
    Object pause() {
        Object before = now;
        now = Thread.currentThread();
        return before;
    }

    /** @param before what {@link #pause} answered */
    void resume(@Nullable Object before) {
        now = before;
    }

    /** The value of a masked column is left out from now on, since the driver builds an object of the application's next; answers whether it may be. */
    boolean hide() {
        hidden = asks();
        return hidden;
    }

    /** Nothing was left out yet. */
    void shown() {
        hidden = false;
    }

    /** Whether the value that the getter found to be NULL was left out. */
    boolean wasHidden() {
        boolean left = hidden;
        hidden = false;
        return left;
    }

    /** @param masked whether the caller got NULL, or zero, in place of a value */
    void nullByMask(boolean masked) {
        nullByMask = masked;
    }

    boolean isNullByMask() {
        return nullByMask;
    }
}
