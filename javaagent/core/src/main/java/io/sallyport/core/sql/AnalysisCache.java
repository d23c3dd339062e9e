package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Analyses by dialect, catalogue and exact text. A hit is two map look-ups and no allocation: a {@code String} caches its hash, and
 * a catalogue is looked up by identity, because targets keep one instance for minutes.
 *
 * <p>When a bound is passed the whole dialect's map starts anew: the workloads that overflow it generate their SQL, and for those
 * no order of eviction helps.
 */
final class AnalysisCache {

    private static final int OVERHEAD = 600;
    /** Each copy of a sensitive column makes a new catalogue; those before it are of no use any more. */
    private static final int MAX_CATALOGUES = 64;

    /** Texts longer than this aren't kept: they're rare, and a few would displace everything else. */
    private static final int MAX_TEXT = 128 << 10;

    private final int maxEntries;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();
    private final List<Map<String, SqlAnalysis>> withoutCatalogue = new ArrayList<>();
    private final Map<CatalogueKey, Map<String, SqlAnalysis>> byCatalogue = new ConcurrentHashMap<>();
    private volatile @Nullable LastUsed lastUsed;

    AnalysisCache(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        for (Dialect ignored : Dialect.values()) {
            withoutCatalogue.add(new ConcurrentHashMap<>());
        }
    }

    @Nullable
    SqlAnalysis get(Dialect dialect, String sql, Catalogue catalogue) {
        return map(dialect, catalogue).get(sql);
    }

    void put(Dialect dialect, String sql, Catalogue catalogue, SqlAnalysis analysis) {
        if (sql.length() > MAX_TEXT) {
            return;
        }
        long size = OVERHEAD + 2L * sql.length() + analysis.shape().length();
        if (entries.incrementAndGet() > maxEntries || bytes.addAndGet(size) > maxBytes) {
            clear();
            entries.incrementAndGet();
            bytes.addAndGet(size);
        }
        map(dialect, catalogue).put(sql, analysis);
    }

    private Map<String, SqlAnalysis> map(Dialect dialect, Catalogue catalogue) {
        if (catalogue == Catalogue.EMPTY) {
            return withoutCatalogue.get(dialect.ordinal());
        }
        LastUsed last = lastUsed;
        if (last != null && last.catalogue == catalogue && last.dialect == dialect) {
            return last.map;
        }
        if (byCatalogue.size() > MAX_CATALOGUES) {
            clear();
        }
        Map<String, SqlAnalysis> map =
                byCatalogue.computeIfAbsent(new CatalogueKey(dialect, catalogue), key -> new ConcurrentHashMap<>());
        lastUsed = new LastUsed(dialect, catalogue, map);
        return map;
    }

    private void clear() {
        for (Map<String, SqlAnalysis> map : withoutCatalogue) {
            map.clear();
        }
        byCatalogue.clear();
        lastUsed = null;
        entries.set(0);
        bytes.set(0);
    }

    /** Statements seldom change their target from one call to the next. */
    private record LastUsed(Dialect dialect, Catalogue catalogue, Map<String, SqlAnalysis> map) {}

    private static final class CatalogueKey {
        private final Dialect dialect;
        private final Catalogue catalogue;

        CatalogueKey(Dialect dialect, Catalogue catalogue) {
            this.dialect = dialect;
            this.catalogue = catalogue;
        }

        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof CatalogueKey k && k.catalogue == catalogue && k.dialect == dialect;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(catalogue) * 31 + dialect.ordinal();
        }
    }
}
