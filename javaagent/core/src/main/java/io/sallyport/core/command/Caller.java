package io.sallyport.core.command;

import org.jspecify.annotations.Nullable;

/**
 * The code that makes a call. Who runs it (workload, person) is the process's
 * {@link io.sallyport.core.identity.Identity}.
 *
 * @param thread name of the calling thread
 * @param callSite nearest application frame as {@code package.Class.method:line}, or {@code null} when it was not walked
 * @param sampled whether {@code callSite} was taken from an earlier call of the same shape instead of this one
 * @param walk looks at the stack of this very call; {@code null} where there is none to look at. Only for {@link #exact} and
 *     {@link #entryPoint}
 */
public record Caller(
        String thread,
        @Nullable String callSite,
        boolean sampled,
        @Nullable Walk walk) {

    /** The calling thread's stack, as {@code package.Class.method:line}; {@code null} where it has no frame of an application. */
    public interface Walk {

        /** The frame that makes the call. */
        @Nullable
        String nearest();

        /** The frame where the thread came into the application: a servlet, a job, {@code main}. */
        @Nullable
        String outermost();
    }

    public Caller(String thread, @Nullable String callSite, boolean sampled) {
        this(thread, callSite, sampled, null);
    }

    /** A caller whose stack has not been walked. */
    public static Caller ofCurrentThread() {
        return new Caller(Thread.currentThread().getName(), null, false);
    }

    /**
     * The same caller with the call site of this very call. A stack walk costs microseconds, so it is made for calls that are
     * refused, held or ruled by their call site, and only on the calling thread.
     */
    public Caller exact() {
        return walk == null || (callSite != null && !sampled) ? this : new Caller(thread, walk.nearest(), false, walk);
    }

    /** Where the thread came into the application; a walk of its whole stack, for calls that are held. Only on the calling thread. */
    public @Nullable String entryPoint() {
        return walk == null ? null : walk.outermost();
    }
}
