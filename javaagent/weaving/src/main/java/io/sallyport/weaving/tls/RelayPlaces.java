package io.sallyport.weaving.tls;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HostSpelling;
import io.sallyport.core.command.Loopback;
import io.sallyport.core.verdict.Gate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which places stand behind relays, however they are spelt: by the policy's name for them, by an address to which that name led before, and on
 * the loopback by any of its names. Never asks a name service. Thread-safe.
 */
public final class RelayPlaces {

    /** More servers behind relays than one process talks to. */
    private static final int MOST_ADDRESSES = 1_000;

    private final Gate gate;
    private final Map<Endpoint, Endpoint> names = new ConcurrentHashMap<>();

    public RelayPlaces(Gate gate) {
        this.gate = gate;
    }

    /** The relay that connections to {@code place} go through; {@code null} where they go to the place itself. */
    public @Nullable Endpoint before(Endpoint place) {
        Endpoint relay = gate.relay(place);
        if (relay != null) {
            return relay;
        }
        for (String spelling : HostSpelling.of(place.host())) {
            relay = beforeCanonical(new Endpoint(spelling, place.port()));
            if (relay != null) {
                return relay;
            }
        }
        return null;
    }

    private @Nullable Endpoint beforeCanonical(Endpoint place) {
        Endpoint relay = gate.relay(names.getOrDefault(place, place));
        return relay == null && Loopback.isReachedBy(place.host())
                ? gate.relay(new Endpoint(Loopback.NAME, place.port()))
                : relay;
    }

    /** {@code name} led to {@code address}: whoever connects by address later on means the same server. */
    public void learn(Endpoint name, Endpoint address) {
        if (names.size() < MOST_ADDRESSES) {
            names.put(address, name);
        }
    }
}
