package io.sallyport.core.policy;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Loopback;
import io.sallyport.core.command.Target;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Encryption in transit that a target must have; the most specific {@code tls} entry of a policy.
 *
 * @param level in PostgreSQL's words
 * @param minVersion lowest TLS version by JSSE name, {@code TLSv1.2} or {@code TLSv1.3}
 * @param roots PEM files with trusted roots; empty: the platform's
 * @param relay where the relay listens that stands before the target; {@code null} where connections go to the target itself
 */
public record TlsRequirement(
        Level level,
        String minVersion,
        List<String> roots,
        Set<Exemption> exempt,
        @Nullable Endpoint relay) {

    /** What an unmentioned target must have. */
    public static final TlsRequirement NONE =
            new TlsRequirement(Level.OFF, "TLSv1.2", List.of(), Set.of(Exemption.IN_MEMORY, Exemption.UNIX_SOCKET));

    public TlsRequirement(Level level, String minVersion, List<String> roots, Set<Exemption> exempt) {
        this(level, minVersion, roots, exempt, null);
    }

    public TlsRequirement {
        roots = List.copyOf(roots);
        exempt = Set.copyOf(exempt);
    }

    /** In ascending order of strictness. */
    public enum Level {
        OFF,
        OBSERVE,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL
    }

    /** Targets that need no TLS because the policy says so. */
    public enum Exemption {
        IN_MEMORY,
        UNIX_SOCKET,
        LOOPBACK,
        MESH
    }

    /** Whether a plain-text connection is refused. */
    public boolean demandsEncryption() {
        return level.compareTo(Level.REQUIRE) >= 0;
    }

    /**
     * Why {@code target} needs no TLS, in words for the record; {@code null} when it does. Asks nobody: no name is resolved.
     */
    public @Nullable String exemption(Target target) {
        return exemption(target, true);
    }

    /** @param staysHere {@code false} for a connection that is seen to lead elsewhere than to the loopback, whatever its target's name */
    public @Nullable String exemption(Target target, boolean staysHere) {
        if (target.inProcess()) {
            return exempt.contains(Exemption.IN_MEMORY) ? "exempt: in-memory" : null;
        }
        // Connector/J has no such sockets: to it a path is a name like any other.
        if (exempt.contains(Exemption.UNIX_SOCKET)
                && !target.vendor().equals("mysql")
                && all(target, TlsRequirement::isSocketPath)) {
            return "exempt: unix-socket";
        }
        if (staysHere && exempt.contains(Exemption.LOOPBACK) && all(target, Loopback::is)) {
            return "exempt: loopback";
        }
        return exempt.contains(Exemption.MESH) ? "exempt: mesh, declared, not verified" : null;
    }

    private static boolean all(Target target, Predicate<String> kind) {
        for (Endpoint endpoint : target.endpoints()) {
            if (!kind.test(endpoint.host())) {
                return false;
            }
        }
        return true;
    }

    /** A directory or file in place of a host, as libpq and MariaDB write it; abstract sockets begin with {@code @}. */
    private static boolean isSocketPath(String host) {
        return host.startsWith("/") || host.startsWith("@");
    }
}
