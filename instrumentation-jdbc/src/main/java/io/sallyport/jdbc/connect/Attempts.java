package io.sallyport.jdbc.connect;

import io.sallyport.core.command.Endpoint;
import io.sallyport.jdbc.execute.DriverScope;
import io.sallyport.weaving.MediatedPlaces;
import io.sallyport.weaving.tls.Shaking;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connections that are being opened: by thread, and by id for drivers that connect on a thread of their own. Thread-safe. */
public final class Attempts {

    /** Beginnings of the names of driver classes that shake hands. */
    private static final String[] DRIVERS = {
        "org.postgresql.", "org.h2.", "com.mysql.", "org.mariadb.", "com.microsoft.sqlserver.jdbc.", "oracle.net."
    };

    private final ThreadLocal<Attempt> current = new ThreadLocal<>();
    private final ThreadLocal<Object> asking = new ThreadLocal<>();
    private final Map<String, Attempt> byId = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    private final MediatedPlaces places;

    public Attempts(MediatedPlaces places) {
        this.places = places;
    }

    String newId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What this thread is opening, or {@code null}. */
    @Nullable
    Attempt current() {
        return current.get();
    }

    @Nullable
    Attempt byId(@Nullable String id) {
        return id == null ? null : byId.get(id);
    }

    /** An attempt begins, on the thread that called the driver. */
    Turn begin(Attempt attempt) {
        byId.put(attempt.id(), attempt);
        List<Endpoint> endpoints = attempt.command().target().endpoints();
        endpoints.forEach(places::database);
        places.expect(endpoints);
        return join(attempt);
    }

    /** The call of the driver ended. */
    void end(Turn turn) {
        if (byId.remove(turn.attempt().id()) != null) {
            places.done(turn.attempt().command().target().endpoints());
        }
        leave(turn);
    }

    /** This thread works for {@code attempt} from now on. */
    Turn join(Attempt attempt) {
        Attempt before = current.get();
        DriverScope scope = DriverScope.open(attempt.state());
        current.set(attempt);
        return new Turn(attempt, before, scope);
    }

    void leave(Turn turn) {
        turn.scope().close();
        if (turn.before() == null) {
            current.remove();
        } else {
            current.set(turn.before());
        }
    }

    /** Whether the TLS handshake that this thread is in is made by a driver that opens a connection, and not by something that it calls. */
    public boolean isShaking() {
        String shaking = current.get() == null ? null : Shaking.nearest();
        if (shaking != null) {
            for (String prefix : DRIVERS) {
                if (shaking.startsWith(prefix)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether this thread asks that connection about itself, so that the driver's own statements do not ask again. */
    boolean isAsking(Object connection) {
        return asking.get() == connection;
    }

    /** A question to a connection about itself. */
    interface Question<T, E extends Exception> {

        @Nullable
        T ask() throws E;
    }

    /** Asks a connection about itself on this thread. Of no other connection: one of the application's may run its code meanwhile. */
    <T, E extends Exception> @Nullable T ask(Object connection, Question<T, E> question) throws E {
        Object before = asking.get();
        asking.set(connection);
        try {
            return question.ask();
        } finally {
            if (before == null) {
                asking.remove();
            } else {
                asking.set(before);
            }
        }
    }
}
