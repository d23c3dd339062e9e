package io.sallyport.jdbc.connect;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.vendor.ConnectUrl;
import io.sallyport.jdbc.vendor.Endpoints;
import io.sallyport.jdbc.vendor.PostgresqlUrlReader;
import io.sallyport.jdbc.vendor.Settings;
import io.sallyport.jdbc.vendor.Vendor;
import io.sallyport.weaving.CallSites;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The truth about a driver's socket, between the TLS handshake and the first byte of authentication. */
public final class SocketCheck {

    private SocketCheck() {}

    /**
     * @param info the driver's merged properties, with the attempt's id where {@code Driver.connect} was called
     * @throws SQLException when the connection must not go on; the driver closes the socket
     */
    public static void beforeAuthentication(Socket socket, String host, int port, String user, Properties info)
            throws SQLException {
        Jdbc jdbc = Jdbc.current();
        Attempt attempt = jdbc.attempts().byId(info.getProperty(Settings.ATTEMPT));
        if (attempt != null && !lists(attempt.command().target(), host, port)) {
            attempt = null;
        }
        if (attempt != null) {
            demandNoDoors(
                    attempt, attempt.command(), attempt.command().settings().keySet(), info);
            if (!attempt.isVerified(socket)) {
                verify(attempt, attempt.command(), socket, host);
            }
            return;
        }
        // The driver's inside was called without Driver.connect.
        ConnectCommand command = direct(host, port, user, info);
        demandNoDoors(null, command, Set.of(), info);
        try {
            jdbc.gate().admit(command, Waiter.unlimited()).completed(-1);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
        verify(null, command, socket, host);
    }

    /**
     * A driver has settings from other places than its caller: pgjdbc's {@code org/postgresql/driverconfig.properties} on the class path.
     *
     * @param judged settings that were looked at when the connect began
     */
    private static void demandNoDoors(
            @Nullable Attempt attempt, ConnectCommand command, Set<String> judged, Properties effective)
            throws SQLException {
        Vendor vendor = Vendor.of(command.target().vendor());
        try {
            for (String door :
                    vendor.sideDoors(new ConnectUrl(command.target(), Settings.of(effective), command.user()))) {
                if (!judged.contains(door)) {
                    Admissions.checkDoor(command, door);
                }
            }
        } catch (RefusedException refused) {
            throw refused(attempt, refused);
        }
    }

    private static SQLException refused(@Nullable Attempt attempt, RefusedException refused) {
        SQLException translated = Refused.translate(refused);
        if (attempt != null) {
            attempt.refused(translated);
        }
        return translated;
    }

    /** Before user and database are named; where the attempt is known by the thread, the socket is judged here already. */
    public static void beforeStartup(Socket socket, String host, int port) throws SQLException {
        Attempt attempt = Jdbc.current().attempts().current();
        if (attempt != null && lists(attempt.command().target(), host, port)) {
            verify(attempt, attempt.command(), socket, host);
        }
    }

    /** For drivers that connect on the thread that called them. What nobody admitted yet is decided now. */
    public static void beforeCredentials(Socket socket, Place place) throws SQLException {
        Attempt attempt = Jdbc.current().attempts().current();
        if (attempt != null && place.isListedBy(attempt.command().target())) {
            if (!attempt.isVerified(socket)) {
                verify(attempt, attempt.command(), socket, place.endpoint().host());
            }
            return;
        }
        ConnectCommand command = place.command();
        try {
            Jdbc.current().gate().admit(command, Waiter.unlimited()).completed(-1);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
        verify(null, command, socket, place.endpoint().host());
    }

    /** The same for drivers whose connections are decided when they are first used, where nobody admitted them yet. */
    public static void truth(Socket socket, Place place) throws SQLException {
        Attempt attempt = Jdbc.current().attempts().current();
        if (attempt == null || !place.isListedBy(attempt.command().target())) {
            verify(null, place.command(), socket, place.endpoint().host());
        } else if (!attempt.isVerified(socket)) {
            verify(attempt, attempt.command(), socket, place.endpoint().host());
        }
    }

    private static void verify(@Nullable Attempt attempt, ConnectCommand command, Socket socket, String host)
            throws SQLException {
        Jdbc jdbc = Jdbc.current();
        try {
            TlsRequirement required = jdbc.gate().tls(command.target());
            TlsFacts facts = jdbc.tlsSessions().inspect(socket, host, required.roots());
            jdbc.gate().verifyTls(command, facts);
            if (attempt != null) {
                attempt.verified(socket);
            }
        } catch (RefusedException refused) {
            throw refused(attempt, refused);
        }
    }

    /** A thread of the driver begins to work for the attempt that {@code info} names; answers the token for {@link #leave}. */
    public static @Nullable Object enter(Properties info) {
        Attempts attempts = Jdbc.current().attempts();
        Attempt attempt = attempts.byId(info.getProperty(Settings.ATTEMPT));
        if (attempt == null || attempts.current() == attempt) {
            return null;
        }
        return attempts.join(attempt);
    }

    public static void leave(@Nullable Object token) {
        if (token instanceof Turn turn) {
            Jdbc.current().attempts().leave(turn);
        }
    }

    private static boolean lists(Target target, String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        return target.endpoints().contains(Endpoints.of(lower, port));
    }

    /** What is known of a session that was opened without {@code Driver.connect}, from outside. */
    public static ConnectionState unopened(String host, int port, String user, String database) {
        Properties named = new Properties();
        named.setProperty("PGDBNAME", database);
        ConnectCommand command = direct(host, port, user, named);
        return new ConnectionState(command, Jdbc.current().catalogues().of(command.target()));
    }

    private static ConnectCommand direct(String host, int port, String user, Properties info) {
        List<Endpoint> endpoints = List.of(Endpoints.of(host, port));
        String database = PostgresqlUrlReader.database(info.getProperty("PGDBNAME"), user);
        Target target = new Target(
                Target.Protocol.JDBC,
                "postgresql",
                endpoints,
                database,
                "jdbc:postgresql://" + Endpoints.join(endpoints, PostgresqlUrlReader.PORT) + "/" + database);
        String session = "jdbc-" + Jdbc.current().attempts().newId().substring(0, 12);
        return new ConnectCommand(
                Jdbc.current().target(target), session, CallSites.unwalked(), Settings.of(info), user);
    }
}
