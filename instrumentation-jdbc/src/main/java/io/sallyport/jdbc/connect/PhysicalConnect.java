package io.sallyport.jdbc.connect;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.weaving.StateField;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One physical connection that a driver opens: inside {@code Driver.connect}, which was admitted already; or by itself, for another
 * host, after a failure, from its own pool, and then it is a connect of its own.
 */
public final class PhysicalConnect {

    private PhysicalConnect() {}

    /** @param carrier the object that keeps the connection's state, if it has one already */
    public static @Nullable Object enter(Object carrier, Place place) throws SQLException {
        Jdbc jdbc = Jdbc.current();
        Attempt current = jdbc.attempts().current();
        if (current != null && place.isListedBy(current.command().target())) {
            return null;
        }
        ConnectCommand command = place.command();
        try {
            Passage passage = jdbc.gate().admit(command, Waiter.unlimited());
            String id = jdbc.attempts().newId();
            ConnectionState known = StateField.get(carrier, ConnectionState.class);
            String url = command.target().url();
            return jdbc.attempts()
                    .begin(
                            known == null
                                    ? new Attempt(id, url, command, passage, Attempt.Sight.SOCKET, carrier)
                                    : new Attempt(id, url, command, passage, known, Attempt.Sight.SOCKET, carrier));
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }

    /**
     * The driver is done.
     *
     * @param sender the driver's object that sends on this connection; {@code null} when there is none
     */
    public static void exit(@Nullable Object token, Object carrier, @Nullable Object sender, @Nullable Throwable thrown)
            throws SQLException {
        Attempts attempts = Jdbc.current().attempts();
        if (!(token instanceof Turn turn)) {
            Attempt current = attempts.current();
            if (current != null && thrown == null) {
                DriverCalls.own(sender, current.state());
                if (carrier instanceof Connection connection) {
                    current.opened(connection);
                }
            }
            return;
        }
        Attempt attempt = turn.attempt();
        attempts.end(turn);
        if (thrown != null) {
            attempt.passage().failed(thrown);
            SQLException refusal = attempt.refusal();
            if (refusal != null) {
                throw refusal;
            }
            return;
        }
        if (!attempt.isVerified()) {
            unseen(attempt);
        }
        attempt.passage().completed(-1);
        DriverCalls.own(sender, attempt.state());
        if (StateField.get(carrier) == null) {
            StateField.set(carrier, attempt.state());
        }
    }

    /** {@code sender} is the driver's object for the connection that this thread opens. */
    public static void sends(Object sender) {
        Attempt current = Jdbc.current().attempts().current();
        if (current != null) {
            DriverCalls.own(sender, current.state());
        }
    }

    /** The socket was never seen: a driver whose inside is not the one this agent knows. */
    private static void unseen(Attempt attempt) throws SQLException {
        try {
            TlsFacts relayed = Jdbc.current().relayed().takeLatest();
            Jdbc.current().gate().verifyTls(attempt.command(), relayed == null ? TlsFacts.PLAINTEXT : relayed);
        } catch (RefusedException refused) {
            SQLException translated = Refused.translate(refused);
            attempt.passage().failed(translated);
            throw translated;
        }
    }
}
