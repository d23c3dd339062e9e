package io.sallyport.core.command;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The code that makes a call. Who runs it (workload, person) is the process's
 * {@link io.sallyport.core.identity.Identity}.
 *
 * @param thread name of the calling thread
 * @param callSite nearest application frame as {@code package.Class.method:line}, or {@code null} when it was not walked
 * @param sampled whether {@code callSite} was taken from an earlier call of the same shape instead of this one
 * @param walk finds the call site of this very call; {@code null} where it is known or cannot be found. Only for {@link #exact}
 */
public record Caller(
        String thread,
        @Nullable String callSite,
        boolean sampled,
        @Nullable Supplier<@Nullable String> walk) {

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
        return walk == null ? this : new Caller(thread, walk.get(), false);
    }
}
