package io.sallyport.weaving;

import io.sallyport.core.command.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where instrumentation modules let connections be opened: how the socket level tells the connections of a mediated driver or client from
 * others where the stack does not show it, because the library connects on threads of its own or an application's socket factory does
 * it. Thread-safe.
 *
 * <p>While one admitted connect to a place is under way, another socket to the same place counts as it.
 */
public final class MediatedPlaces {

    /** More databases than one process talks to; beyond it, what the policy declares is governed still. */
    private static final int MOST_DATABASES = 1_000;

    /** How long an admitted request may wait for a connection of its client, and how many places are remembered for it. */
    private static final long REQUEST_NANOS = 120_000_000_000L;

    private static final int MOST_REQUESTED = 10_000;

    private final Map<Endpoint, Integer> expected = new ConcurrentHashMap<>();
    private final Map<Endpoint, Long> requested = new ConcurrentHashMap<>();
    private volatile @Nullable Connectors connectors;
    private final Set<Endpoint> databases = ConcurrentHashMap.newKeySet();

    /** An admitted connect to one of these begins; {@link #done} must follow. */
    public void expect(List<Endpoint> places) {
        for (Endpoint place : places) {
            expected.merge(place, 1, Integer::sum);
        }
    }

    public void done(List<Endpoint> places) {
        for (Endpoint place : places) {
            expected.computeIfPresent(place, (p, n) -> n == 1 ? null : n - 1);
        }
    }

    public boolean isExpected(Endpoint place) {
        return expected.containsKey(place);
    }

    /** A client is about to send a request there and may open a connection for it, later and on threads of its own. */
    public void requested(Endpoint place) {
        long now = System.nanoTime();
        Long before = requested.get(place);
        if (before != null && now - before < REQUEST_NANOS / 100) {
            return;
        }
        if (requested.size() >= MOST_REQUESTED) {
            requested.values().removeIf(then -> now - then > REQUEST_NANOS);
        }
        if (requested.size() < MOST_REQUESTED) {
            requested.put(place, now);
        }
    }

    /** Whether a class of {@link WeaveModule#connectors} connects there for a request. */
    public boolean isRequested(Endpoint place, String opener) {
        Long then = requested.get(place);
        if (then == null || System.nanoTime() - then > REQUEST_NANOS) {
            return false;
        }
        Connectors known = connectors;
        return known != null && known.include(opener);
    }

    /**
     * Whether a connect or a request to that very place was ever admitted, as far as that is remembered: who connects there by an address without a
     * name may mean another place, of which a name service of the application's left out the name.
     */
    public boolean isKnown(Endpoint place) {
        return requested.containsKey(place) || expected.containsKey(place) || databases.contains(place);
    }

    void connectors(Connectors all) {
        connectors = all;
    }

    /** A database server was found there; whatever else connects to it goes past the policy, declared or not. */
    public void database(Endpoint place) {
        if (databases.size() < MOST_DATABASES) {
            databases.add(place);
        }
    }

    public boolean isDatabase(Endpoint place) {
        return databases.contains(place);
    }
}
