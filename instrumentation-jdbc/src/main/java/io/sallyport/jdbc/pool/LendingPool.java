package io.sallyport.jdbc.pool;

import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.state.PoolLink;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A pool that lends connections, and the timeouts that it has while a call waits. Keeps no pool alive. */
final class LendingPool implements PoolLink {

    private final PoolKind kind;
    private final WeakReference<Object> source;
    /** Settings that were warned of: once for each connection is often enough, whoever waits is told each time. */
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    LendingPool(PoolKind kind, Object source) {
        this.kind = kind;
        this.source = new WeakReference<>(source);
    }

    @Override
    public boolean isOf(Object other) {
        return source.refersTo(other);
    }

    @Override
    public @Nullable String exceededBy(Duration wait) {
        Object pool = source.get();
        if (pool == null) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (PoolSetting setting : kind.settings()) {
            Duration limit = limit(setting, pool);
            if (limit != null && wait.compareTo(limit) > 0) {
                String said = kind.name(pool) + ", " + setting.name() + " = " + words(limit) + ": " + setting.then();
                words.add(said);
                if (warned.add(setting.name())) {
                    Jdbc.current()
                            .gate()
                            .alarm("a call may wait " + words(wait)
                                    + " for approval, longer than a timeout of its pool. " + said
                                    + ". Make one of the two fit the other.");
                }
            }
        }
        return words.isEmpty()
                ? null
                : "It may wait " + words(wait) + "; before that, " + String.join("; ", words) + ".";
    }

    private static @Nullable Duration limit(PoolSetting setting, Object pool) {
        try {
            return setting.of(pool);
        } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
            return null;
        }
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
