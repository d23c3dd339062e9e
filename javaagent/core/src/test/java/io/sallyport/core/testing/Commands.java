package io.sallyport.core.testing;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.command.Target;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.Risk;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.StatementKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands as instrumentation modules build them. */
public final class Commands {

    public static final Target ORDERS = jdbc("postgresql", "db.internal");

    private Commands() {}

    public static Target jdbc(String vendor, String... hosts) {
        List<Endpoint> endpoints =
                Arrays.stream(hosts).map(h -> new Endpoint(h, 5432)).toList();
        String host = hosts.length == 0 ? "mem" : hosts[0];
        return new Target(
                Target.Protocol.JDBC, vendor, endpoints, "orders", "jdbc:" + vendor + "://" + host + "/orders");
    }

    /** A statement whose shape is {@code sql} with every digit replaced. */
    public static SqlCommand sql(String sql, Object... parameters) {
        return sql(ORDERS, sql, TransactionState.AUTOCOMMIT, parameters);
    }

    public static SqlCommand sql(Target target, String sql, TransactionState transaction, Object... parameters) {
        SqlAnalysis analysis = new SqlAnalysis(
                Dialect.POSTGRESQL,
                sql,
                sql.replaceAll("'[^']*'|\\d+", "?"),
                "0123456789abcdef",
                StatementKind.DELETE,
                Set.of(StatementKind.DELETE),
                Risk.HIGH,
                SqlFacts.NONE,
                List.of(),
                Lineage.NONE,
                SqlAnalysis.Parser.TREE);
        List<List<Object>> sets = parameters.length == 0 ? List.of() : List.of(Arrays.asList(parameters));
        return new SqlCommand(
                target, "session-1", new Caller("worker-7", "shop.Cart.clear:42", false), analysis, sets, transaction);
    }

    public static HttpCommand http(String method, String path, String query, Map<String, List<String>> headers) {
        Target target = new Target(
                Target.Protocol.HTTP,
                "https",
                List.of(new Endpoint("users.internal", 443)),
                "",
                "https://users.internal");
        return new HttpCommand(target, "client-1", new Caller("worker-7", null, false), method, path, query, headers);
    }

    public static ConnectCommand connect(Target target) {
        return new ConnectCommand(
                target, "session-1", new Caller("worker-7", null, false), Map.of("sslmode", "disable"), "app");
    }
}
