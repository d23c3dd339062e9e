package io.sallyport.weaving;

import io.sallyport.core.command.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where instrumentation modules let connections be opened: how the socket level tells the connections of a mediated driver or client from
 * others where the stack does not show it, because the library connects on threads of its own or an application's socket factory does
 * it. Thread-safe.
 *
 * <p>While one admitted connect of a driver's to a place is under way, another socket to the same place counts as it. HTTP clients are told by the
 * sockets that they open: {@link ClientSockets}.
 */
public final class MediatedPlaces {

    /** More databases than one process talks to; beyond it, what the policy declares is governed still. */
    private static final int MOST_DATABASES = 1_000;

    /** How many places of admitted requests are remembered. */
    private static final int MOST_REQUESTED = 10_000;

    private final Map<Endpoint, Integer> expected = new ConcurrentHashMap<>();
    private final Set<Endpoint> requested = ConcurrentHashMap.newKeySet();
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

    /** A client is about to send a request there: an address that is asked for by its own spelling is meant. */
    public void requested(Endpoint place) {
        if (requested.contains(place)) {
            return;
        }
        if (requested.size() >= MOST_REQUESTED) {
            // What is asked for again is remembered again, before it is connected to.
            requested.clear();
        }
        requested.add(place);
    }

    /**
     * Whether a connect or a request to that very place was ever admitted, as far as that is remembered: who connects there by an address without a
     * name may mean another place, of which a name service of the application's left out the name.
     */
    public boolean isKnown(Endpoint place) {
        return requested.contains(place) || expected.containsKey(place) || databases.contains(place);
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
