package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.SqlAnalysis;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers one value per analysis, by identity: the reader hands out the same object for the same text. Direct-mapped, of fixed
 * size, without locks; two analyses on one slot evict each other, and a race computes a value twice. Values must not hold their
 * analysis, which is held weakly.
 */
final class AnalysisCache<V> {

    private static final int SLOTS = 1024;

    private final AtomicReferenceArray<@Nullable Entry<V>> slots = new AtomicReferenceArray<>(SLOTS);

    V get(SqlAnalysis analysis, Function<SqlAnalysis, V> make) {
        int hash = System.identityHashCode(analysis);
        int slot = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SLOTS - 1);
        Entry<V> entry = slots.get(slot);
        if (entry != null && entry.refersTo(analysis)) {
            return entry.value;
        }
        V value = make.apply(analysis);
        slots.set(slot, new Entry<>(analysis, value));
        return value;
    }

    private static final class Entry<V> extends WeakReference<SqlAnalysis> {
        final V value;

        Entry(SqlAnalysis analysis, V value) {
            super(analysis);
            this.value = value;
        }
    }
}
