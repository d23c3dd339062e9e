package io.sallyport.http;

import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.Gate;
import io.sallyport.weaving.StateField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections over TLS, each with the servers that it was judged for and what was demanded of them then. Thread-safe.
 *
 * <p>Connections outlive policies. As long as no other demands have ever been in force, asking costs the reads of a few fields. From then on each
 * connection is compared with what is demanded when it is used next, once for each time that the demands change.
 */
final class JudgedConnections {

    /** @param host as the server was asked for */
    record Judgement(Target server, String host, TlsRequirement required) {

        boolean covers(Target other) {
            return server.endpoints().containsAll(other.endpoints());
        }
    }

    /**
     * State of a connection: of an {@code SSLSocket} or {@code SSLEngine} of the JDK's, which compare by identity.
     *
     * @param demands of the policy that all of it was judged by; {@code null} where they were several
     */
    private record Judged(
            List<Judgement> judgements, @Nullable Object demands) {

        Judged and(Judgement judgement, @Nullable Object by) {
            List<Judgement> all = new ArrayList<>(judgements);
            all.removeIf(known -> known.server().equals(judgement.server()));
            boolean alike = all.isEmpty() || demands == by;
            all.add(judgement);
            return new Judged(List.copyOf(all), alike ? by : null);
        }
    }

    private static final Judged NOT = new Judged(List.of(), null);

    /** No connection was judged yet. */
    private static final Object NONE = new Object();

    private final Gate gate;

    /** The demands that the first connection was judged by. */
    private volatile @Nullable Object first = NONE;

    /** Whether others have been in force since. */
    private volatile boolean changed;

    JudgedConnections(Gate gate) {
        this.gate = gate;
    }

    /** @param demands that were in force before what is demanded of the server was asked */
    synchronized void judged(Object connection, Judgement judgement, @Nullable Object demands) {
        if (first == NONE) {
            first = demands;
        }
        changed |= demands != first;
        StateField.set(connection, of(connection).and(judgement, demands));
    }

    boolean isJudged(Object connection, Target server) {
        for (Judgement judgement : of(connection).judgements()) {
            if (judgement.covers(server)) {
                return true;
            }
        }
        return false;
    }

    /** What the connection has to be judged for again; empty where everything stands. */
    List<Judgement> outdated(Object connection) {
        Object inForce = gate.tlsDemands();
        Object before = first;
        if (before == NONE || (!changed && inForce == before)) {
            return List.of();
        }
        changed = true;
        Judged judged = of(connection);
        if (judged.judgements().isEmpty() || (inForce != null && judged.demands() == inForce)) {
            return List.of();
        }
        if (judged.judgements().stream().anyMatch(this::isOutdated)) {
            return judged.judgements();
        }
        settled(connection, inForce);
        return List.of();
    }

    private boolean isOutdated(Judgement judgement) {
        return !gate.tls(judgement.server()).equals(judgement.required());
    }

    /**
     * It was judged for everything again, or is closed.
     *
     * @param demands that were in force before
     */
    synchronized void settled(Object connection, @Nullable Object demands) {
        StateField.set(connection, new Judged(of(connection).judgements(), demands));
    }

    private static Judged of(Object connection) {
        Judged judged = StateField.get(connection, Judged.class);
        return judged == null ? NOT : judged;
    }
}
