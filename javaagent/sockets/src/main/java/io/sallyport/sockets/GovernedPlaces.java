package io.sallyport.sockets;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Loopback;
import io.sallyport.core.verdict.Gate;
import io.sallyport.weaving.MediatedPlaces;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which connections go to a place that the policy is about: a declared target, or a database that a mediated driver connects to.
 * Never asks a name service: an address is known to be a database's once a connection by its name was seen. Thread-safe.
 */
final class GovernedPlaces {

    private final Gate gate;
    private final MediatedPlaces places;

    GovernedPlaces(Gate gate, MediatedPlaces places) {
        this.gate = gate;
        this.places = places;
    }

    /** The governed place that is meant, by the name under which it is one; {@code null} when there is none. */
    @Nullable
    Endpoint of(InetSocketAddress remote) {
        Endpoint named = Places.named(remote);
        InetAddress address = remote.getAddress();
        if (places.isDatabase(named)) {
            if (address != null) {
                // Whoever connects by address later on means the same server.
                places.database(Places.numeric(address, remote.getPort()));
            }
            return named;
        }
        if (gate.governs(named)) {
            return named;
        }
        if (address == null) {
            return null;
        }
        Endpoint numeric = Places.numeric(address, remote.getPort());
        if (!numeric.equals(named) && isGoverned(numeric)) {
            return numeric;
        }
        Endpoint local = new Endpoint(Loopback.NAME, remote.getPort());
        return Loopback.isReachedBy(address) && isGoverned(local) ? local : null;
    }

    /**
     * Whether the governed place is an address that was reached by a name under which it is none. A listed address without a name may be what a name
     * service of the application's answered for any: it is the policy's own spelling only once something was admitted under that.
     */
    boolean isAlias(InetSocketAddress remote, Endpoint governed) {
        InetAddress address = remote.getAddress();
        if (address == null || !governed.equals(Places.numeric(address, remote.getPort()))) {
            return false;
        }
        String named = remote.getHostString();
        boolean own = named.equals(address.getHostAddress()) || named.equalsIgnoreCase(governed.host());
        return !own || (gate.listsAddress(governed) && !places.isKnown(governed));
    }

    /**
     * Whether an admitted connect of a driver's to that place is under way. Under another name it is so only where a driver was admitted under that;
     * what was admitted under the place's own opens nothing for the other.
     */
    boolean isExpected(InetSocketAddress remote, Endpoint governed) {
        if (isAlias(remote, governed)) {
            return places.isExpected(Places.named(remote));
        }
        InetAddress address = remote.getAddress();
        return places.isExpected(governed)
                || places.isExpected(Places.named(remote))
                || (address != null && places.isExpected(Places.numeric(address, remote.getPort())));
    }

    private boolean isGoverned(Endpoint place) {
        return places.isDatabase(place) || gate.governs(place);
    }
}
