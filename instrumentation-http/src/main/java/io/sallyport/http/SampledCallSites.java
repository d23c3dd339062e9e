package io.sallyport.http;

import io.sallyport.core.command.Caller;
import io.sallyport.weaving.CallSites;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where requests that simply pass are made: the site is taken at the first and every 256th request with the same method, authority and path,
 * and marked as sampled; the gate asks for the exact one where it matters ({@link Caller#exact}). Thread-safe; samples that collide overwrite
 * each other.
 */
final class SampledCallSites {

    private static final int EVERY = 256;
    private static final int SLOTS = 1024;

    private final AtomicReferenceArray<@Nullable Sample> samples = new AtomicReferenceArray<>(SLOTS);

    private static final class Sample {
        private final OutgoingRequest request;
        private final @Nullable String site;
        // Racy on purpose: a lost count delays the next sample by one.
        private int uses;

        Sample(OutgoingRequest request, @Nullable String site) {
            this.request = new OutgoingRequest(request.method(), request.uri(), Map.of());
            this.site = site;
        }

        boolean isOf(OutgoingRequest other) {
            return request.method().equals(other.method())
                    && String.valueOf(request.uri().getRawPath())
                            .equals(other.uri().getRawPath())
                    && String.valueOf(request.uri().getRawAuthority())
                            .equals(other.uri().getRawAuthority());
        }
    }

    Caller of(OutgoingRequest request) {
        int hash = 31 * request.method().hashCode()
                + String.valueOf(request.uri().getRawPath()).hashCode();
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        Sample sample = samples.get(slot);
        if (sample == null || !sample.isOf(request) || ++sample.uses >= EVERY) {
            sample = new Sample(request, CallSites.nearest());
            samples.set(slot, sample);
        }
        return CallSites.sampled(sample.site);
    }
}
