package io.sallyport.core.command;

import org.jspecify.annotations.Nullable;

/**
 * The code that makes a call. Who runs it (workload, person) is the process's
 * {@link io.sallyport.core.identity.Identity}.
 *
 * @param thread name of the calling thread
 * @param callSite nearest application frame as {@code package.Class.method:line}, or {@code null} when it was not walked
 * @param sampled whether {@code callSite} was taken from an earlier call of the same shape instead of this one
 */
public record Caller(String thread, @Nullable String callSite, boolean sampled) {

    /** A caller whose stack has not been walked. */
    public static Caller ofCurrentThread() {
        return new Caller(Thread.currentThread().getName(), null, false);
    }
}
