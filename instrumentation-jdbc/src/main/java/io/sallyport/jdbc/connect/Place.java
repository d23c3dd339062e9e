package io.sallyport.jdbc.connect;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.vendor.Endpoints;
import io.sallyport.weaving.CallSites;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a driver goes, as its inside knows it.
 *
 * @param vendor as in {@link Target#vendor}
 * @param endpoint host and port; the path and 0 for a socket file
 */
public record Place(String vendor, Endpoint endpoint, String user, String database) {

    public static Place of(
            String vendor, @Nullable String host, int port, @Nullable String user, @Nullable String database) {
        String known = host == null ? "" : host;
        boolean path = known.startsWith("/") || known.startsWith("@");
        Endpoint endpoint = path ? new Endpoint(known, 0) : Endpoints.of(known, port);
        return new Place(vendor, endpoint, user == null ? "" : user, database == null ? "" : database);
    }

    boolean isListedBy(Target target) {
        return target.endpoints().contains(endpoint);
    }

    /** A connect of its own, which no {@code Driver.connect} announced. */
    ConnectCommand command() {
        String session = "jdbc-" + Jdbc.current().attempts().newId().substring(0, 12);
        String url = "jdbc:" + vendor + "://" + endpoint + "/" + database;
        Target target = new Target(Target.Protocol.JDBC, vendor, List.of(endpoint), database, url);
        return new ConnectCommand(Jdbc.current().target(target), session, CallSites.unwalked(), Map.of(), user);
    }

    /** What is known of a session that was opened from outside the driver's own classes. */
    public ConnectionState unopened() {
        ConnectCommand command = command();
        return new ConnectionState(command, Jdbc.current().catalogues().of(command.target()));
    }
}
