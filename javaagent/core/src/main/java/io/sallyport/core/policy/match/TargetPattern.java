package io.sallyport.core.policy.match;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a declared target lives. Immutable; matching allocates nothing. */
public sealed interface TargetPattern permits JdbcPattern, UrlPattern, HttpPattern {

    Target.Protocol protocol();

    /** Whether at least one of the hosts that {@code target} lists is meant. */
    boolean matches(Target target);

    /** Whether every host that {@code target} lists is meant: what a permission needs, so that adding a host does not widen it. */
    boolean matchesWholly(Target target);

    /** The paths of requests that are meant; {@code null} where all are, as for JDBC. */
    default @Nullable SegmentGlob path() {
        return null;
    }

    /** Whether a TCP connection to {@code place} goes there: to a host that is meant, and a port that is named or usual. */
    default boolean listensAt(Endpoint place) {
        return false;
    }

    /** The same of a service of HTTP at an address, which the pattern lists as such: by itself, or by a glob that no name fits. */
    default boolean listsAddress(Endpoint place) {
        return false;
    }

    /**
     * Hosts that are meant, for a database at the ports that {@code target} lists, whatever hosts it lists: names, addresses and globs,
     * in lower case.
     */
    default List<String> hostsFor(Target target) {
        return List.of();
    }

    /** The one place that is meant, where the pattern names one server without globs; {@code null} for every other. */
    default @Nullable Endpoint place() {
        return null;
    }

    /** The more, the more specific. */
    int specificity();

    /**
     * Reads {@code jdbc:postgresql://*.db.internal/orders}, {@code jdbc:h2:mem:*} and their like.
     *
     * @throws IllegalArgumentException with a sentence for the policy's author
     */
    static TargetPattern jdbc(String text) {
        return JdbcPattern.parse(text);
    }

    /**
     * Reads {@code https://users.internal/**}.
     *
     * @throws IllegalArgumentException with a sentence for the policy's author
     */
    static TargetPattern http(String text) {
        return HttpPattern.parse(text);
    }
}
