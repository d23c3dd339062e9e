package io.sallyport.jdbc.execute;

import io.sallyport.core.command.Caller;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.weaving.CallSites;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where statements that simply pass are made: the site is taken at the first and every 256th execution of a statement shape and marked
 * as sampled; the gate asks for the exact one where it matters ({@link Caller#exact}). Thread-safe; samples of colliding shapes
 * overwrite each other.
 */
public final class SampledCallSites {

    private static final int EVERY = 256;
    private static final int SLOTS = 1024;

    private final AtomicReferenceArray<@Nullable Sample> samples = new AtomicReferenceArray<>(SLOTS);

    private static final class Sample {
        private final String fingerprint;
        private final @Nullable String site;
        /** The last caller with this site; made anew only for another thread, or one of another name. Racy on purpose. */
        private @Nullable Caller caller;
        // Racy on purpose: a lost count delays the next sample by one.
        private int uses;

        Sample(String fingerprint, @Nullable String site) {
            this.fingerprint = fingerprint;
            this.site = site;
        }
    }

    /** A caller with the site of an earlier execution of the same shape. */
    @SuppressWarnings("ReferenceEquality") // a thread keeps the object of its name
    public Caller of(SqlAnalysis analysis) {
        String fingerprint = analysis.fingerprint();
        int slot = fingerprint.hashCode() & (SLOTS - 1);
        Sample sample = samples.get(slot);
        if (sample == null || !sample.fingerprint.equals(fingerprint) || ++sample.uses >= EVERY) {
            sample = new Sample(fingerprint, CallSites.nearest());
            samples.set(slot, sample);
        }
        Caller caller = sample.caller;
        if (caller == null || caller.thread() != Thread.currentThread().getName()) {
            caller = CallSites.sampled(sample.site);
            sample.caller = caller;
        }
        return caller;
    }
}
