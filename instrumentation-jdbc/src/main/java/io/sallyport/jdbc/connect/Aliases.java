package io.sallyport.jdbc.connect;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HostSpelling;
import io.sallyport.core.command.Loopback;
import io.sallyport.core.command.Target;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Under which of the policy's names else a database is known that a URL names otherwise: by its address, by another name of that address, by
 * another name of the loopback. Without this, whoever writes the address in place of the name would leave the policy behind.
 *
 * <p>The platform's resolver is asked where a connection is opened, on the thread that opens it: for the URL's hosts, which the driver asks it
 * for next anyway, and for the policy's names at the same vendor, database and port, those kept for a minute, and for ten where nobody knows
 * them. Globs are compared with the addresses and with the names that they lead back to. Thread-safe.
 */
public final class Aliases {

    private static final long KNOWN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long UNKNOWN_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** More names than a policy declares and a process connects to. */
    private static final int MOST_NAMES = 4_096;

    private record Lookup(List<InetAddress> addresses, long asked) {

        boolean isFresh(long now) {
            return now - asked < (addresses.isEmpty() ? UNKNOWN_NANOS : KNOWN_NANOS);
        }
    }

    private final ConcurrentHashMap<String, Lookup> lookups = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<InetAddress, String> names = new ConcurrentHashMap<>();

    /** @param declared hosts under which the policy declares databases like {@code target} */
    public List<Endpoint> of(Target target, Set<String> declared) {
        Set<Endpoint> found = new LinkedHashSet<>();
        for (Endpoint endpoint : target.endpoints()) {
            if (endpoint.port() > 0 && declared.stream().anyMatch(name -> tells(name, endpoint))) {
                List<InetAddress> addresses = addresses(endpoint.host());
                declared.stream()
                        .filter(name -> tells(name, endpoint))
                        .forEach(name -> add(name, addresses, endpoint.port(), found));
            }
        }
        target.endpoints().forEach(found::remove);
        return List.copyOf(found);
    }

    /** Whether the declared name can say anything that the endpoint's own does not. */
    private static boolean tells(String declared, Endpoint endpoint) {
        return !declared.equals("*") && !declared.equals(endpoint.host());
    }

    private void add(String declared, List<InetAddress> addresses, int port, Set<Endpoint> found) {
        if (declared.indexOf('*') >= 0) {
            for (InetAddress address : addresses) {
                found.add(new Endpoint(numeric(address), port));
                found.add(new Endpoint(nameOf(address), port));
            }
        } else if (isSame(addresses, addresses(declared))) {
            found.add(new Endpoint(declared, port));
        }
    }

    private static boolean isSame(List<InetAddress> one, List<InetAddress> other) {
        for (InetAddress address : one) {
            for (InetAddress of : other) {
                if (address.equals(of) || (Loopback.isReachedBy(address) && Loopback.isReachedBy(of))) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<InetAddress> addresses(String host) {
        long now = System.nanoTime();
        Lookup known = lookups.get(host);
        if (known == null || !known.isFresh(now)) {
            known = new Lookup(ask(host), now);
            if (lookups.size() < MOST_NAMES) {
                lookups.put(host, known);
            }
        }
        return known.addresses();
    }

    private static List<InetAddress> ask(String host) {
        List<InetAddress> addresses = new ArrayList<>();
        // Several where systems disagree on what a number means.
        for (String spelling : HostSpelling.of(host)) {
            try {
                addresses.addAll(List.of(InetAddress.getAllByName(spelling)));
            } catch (UnknownHostException unknown) {
                // Nobody can connect to it by that name either.
                continue;
            }
        }
        return List.copyOf(addresses);
    }

    /** The name that an address leads back to; where there is none, the platform answers with the address. */
    private String nameOf(InetAddress address) {
        String known = names.get(address);
        if (known == null) {
            // A new object: the one at hand remembers the name that it was made by.
            known = HostSpelling.of(unnamed(address).getCanonicalHostName()).get(0);
            if (names.size() < MOST_NAMES) {
                names.put(address, known);
            }
        }
        return known;
    }

    private static InetAddress unnamed(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has no legal length", impossible);
        }
    }

    private static String numeric(InetAddress address) {
        return HostSpelling.of(address.getHostAddress()).get(0);
    }
}
