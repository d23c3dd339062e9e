package io.sallyport.jdbc.read;

import io.sallyport.jdbc.connect.DriverCode;
import org.jspecify.annotations.Nullable;

/**
 * A thread inside a getter, or a write of a row, that may run code of the application's meanwhile: a map or a calendar that it was given, an object
 * that the driver builds, a stream, a handler of its log. Of what that thread reads then, only what the driver asks itself is a part of the call.
 */
record Asking(Thread thread) {

    /**
     * Whether what a thread reads of {@code carrier} is a part of a call of its own that is under way.
     *
     * @param inside a thread, an {@link Asking} or {@code null}
     */
    static boolean isPart(Object inside, Object carrier, Thread caller) {
        return inside == caller || isOf(inside, caller) && DriverCode.calls(carrier);
    }

    /** Whether that thread is inside such a call, whoever reads. */
    static boolean isOf(@Nullable Object inside, Thread caller) {
        return inside instanceof Asking asking && asking.thread == caller;
    }
}
