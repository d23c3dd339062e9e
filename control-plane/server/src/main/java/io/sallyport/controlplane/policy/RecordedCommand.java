package io.sallyport.controlplane.policy;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.command.Target;
import io.sallyport.core.record.Event;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a command of a recorded decision again, as far as the record goes: the shape of a statement, a request's line. Values, headers and
 * bodies are not there, so what rules say about them is what they say of none.
 */
final class RecordedCommand {

    private static final Map<String, Integer> USUAL_PORTS = Map.of("http", 80, "https", 443);

    private RecordedCommand() {}

    /** @return {@code null} for an event that is no call, or one that cannot be told from its record */
    static @Nullable Command of(Event event, SqlReader reader) {
        Target target = event.target() == null ? null : target(event.target());
        if (target == null || event.detail() == null || event.summary() == null) {
            return null;
        }
        Caller caller = new Caller(event.thread() == null ? "" : event.thread(), event.callSite(), false);
        String session = event.session() == null ? "" : event.session();
        if (target.protocol() == Target.Protocol.JDBC) {
            TransactionState transaction =
                    "open".equals(event.transaction()) ? TransactionState.IN_TRANSACTION : TransactionState.AUTOCOMMIT;
            return new SqlCommand(
                    target,
                    session,
                    caller,
                    reader.read(dialect(target.vendor()), event.detail(), Catalogue.EMPTY),
                    List.of(),
                    transaction);
        }
        int blank = event.summary().indexOf(' ');
        int query = event.detail().indexOf('?');
        return blank < 1
                ? null
                : new HttpCommand(
                        target,
                        session,
                        caller,
                        event.summary().substring(0, blank),
                        event.summary().substring(blank + 1),
                        query < 0 ? "" : event.detail().substring(query + 1),
                        Map.of());
    }

    private static @Nullable Target target(String url) {
        return url.startsWith("jdbc:") ? database(url) : site(url);
    }

    private static @Nullable Target database(String url) {
        int end = url.indexOf(':', 5);
        if (end < 0) {
            return null;
        }
        String vendor = url.substring(5, end);
        int slashes = url.indexOf("//", end);
        if (slashes < 0) {
            return new Target(Target.Protocol.JDBC, vendor, List.of(), "", url);
        }
        String rest = url.substring(slashes + 2);
        int slash = rest.indexOf('/');
        List<Endpoint> endpoints = new ArrayList<>();
        for (String host : (slash < 0 ? rest : rest.substring(0, slash)).split(",")) {
            endpoints.add(endpoint(host, 0));
        }
        return new Target(Target.Protocol.JDBC, vendor, endpoints, slash < 0 ? "" : rest.substring(slash + 1), url);
    }

    private static Endpoint endpoint(String text, int usual) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}");
        return port
                ? new Endpoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)))
                : new Endpoint(text, usual);
    }

    private static @Nullable Target site(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = uri.getScheme();
            String authority = uri.getAuthority();
            return scheme == null || authority == null
                    ? null
                    : new Target(
                            Target.Protocol.HTTP,
                            scheme,
                            List.of(endpoint(authority, USUAL_PORTS.getOrDefault(scheme, 0))),
                            "",
                            url);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Dialect dialect(String vendor) {
        return switch (vendor) {
            case "postgresql" -> Dialect.POSTGRESQL;
            case "mysql", "mariadb" -> Dialect.MYSQL;
            case "sqlserver", "jtds" -> Dialect.TSQL;
            case "oracle" -> Dialect.ORACLE;
            case "h2" -> Dialect.H2;
            case "sqlite" -> Dialect.SQLITE;
            default -> Dialect.GENERIC;
        };
    }
}
