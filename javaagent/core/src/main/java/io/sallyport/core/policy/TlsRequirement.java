package io.sallyport.core.policy;

import java.util.List;
import java.util.Set;

/**
 * Encryption in transit that a target must have; the most specific {@code tls} entry of a policy.
 *
 * @param level in PostgreSQL's words
 * @param minVersion lowest TLS version by JSSE name, {@code TLSv1.2} or {@code TLSv1.3}
 * @param roots PEM files with trusted roots; empty: the platform's
 */
public record TlsRequirement(Level level, String minVersion, List<String> roots, Set<Exemption> exempt) {

    /** What an unmentioned target must have. */
    public static final TlsRequirement NONE =
            new TlsRequirement(Level.OFF, "TLSv1.2", List.of(), Set.of(Exemption.IN_MEMORY, Exemption.UNIX_SOCKET));

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
}
