package io.sallyport.http;

import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.Gate;
import io.sallyport.weaving.StateField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Open connections over TLS, each with the servers that it was judged for and what was demanded of them then. Thread-safe.
 *
 * <p>Connections outlive policies. As long as nothing else is demanded than what every connection was judged by, asking costs the reads of a few
 * fields; when a policy comes into force, the first to ask compares what it demands for each open connection, and those are outdated of which it
 * demands something else.
 */
final class JudgedConnections {

    /** @param host as the server was asked for */
    record Judgement(Target server, String host, TlsRequirement required) {

        boolean covers(Target other) {
            return server.endpoints().containsAll(other.endpoints());
        }
    }

    /** State of a connection: of an {@code SSLSocket} or {@code SSLEngine} of the JDK's, which compare by identity. */
    private record Judged(List<Judgement> judgements) {

        Judged and(Judgement judgement) {
            List<Judgement> all = new ArrayList<>(judgements);
            all.removeIf(known -> known.server().equals(judgement.server()));
            all.add(judgement);
            return new Judged(List.copyOf(all));
        }
    }

    private static final Judged NOT = new Judged(List.of());

    private final Gate gate;
    private final Set<Object> open = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** Guarded by itself. */
    private final Set<Object> outdated = Collections.newSetFromMap(new WeakHashMap<>());

    private volatile boolean anyOutdated;

    /** What all but the outdated were judged by. */
    private volatile @Nullable Object demands;

    JudgedConnections(Gate gate) {
        this.gate = gate;
    }

    void judged(Object connection, Judgement judgement) {
        synchronized (open) {
            StateField.set(connection, of(connection).and(judgement));
            open.add(connection);
        }
        if (isOutdated(judgement)) {
            synchronized (outdated) {
                outdated.add(connection);
                anyOutdated = true;
            }
        }
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
        if (inForce == demands && !anyOutdated) {
            return List.of();
        }
        synchronized (outdated) {
            if (inForce != demands) {
                compareAll();
                anyOutdated = true;
                demands = inForce;
            }
            boolean is = outdated.contains(connection);
            anyOutdated = !outdated.isEmpty();
            return is ? of(connection).judgements() : List.of();
        }
    }

    private void compareAll() {
        List<Object> all;
        synchronized (open) {
            all = new ArrayList<>(open);
        }
        for (Object connection : all) {
            if (of(connection).judgements().stream().anyMatch(this::isOutdated)) {
                outdated.add(connection);
            }
        }
    }

    private boolean isOutdated(Judgement judgement) {
        return !gate.tls(judgement.server()).equals(judgement.required());
    }

    /** It was judged for everything again, or is closed. */
    void settled(Object connection) {
        synchronized (outdated) {
            outdated.remove(connection);
            anyOutdated = !outdated.isEmpty();
        }
    }

    private static Judged of(Object connection) {
        Judged judged = StateField.get(connection, Judged.class);
        return judged == null ? NOT : judged;
    }
}
