package io.sallyport.core.policy;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.RequestPath;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.command.Target;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.Risk;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds policies and calls for the tests of this package. */
public final class Policies {

    public static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    public static final Identity NOBODY = Identity.unverified("test");
    public static final KeySource KEYS =
            reference -> "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private Policies() {}

    public static CompiledPolicy load(String yaml) {
        try {
            return PolicyLoader.load(yaml, "policy.yaml", KEYS);
        } catch (InvalidPolicyException e) {
            throw new AssertionError(e);
        }
    }

    public static List<PolicyError> errors(String yaml) {
        try {
            PolicyLoader.load(yaml, "policy.yaml", KEYS);
            throw new AssertionError("the policy is accepted");
        } catch (InvalidPolicyException e) {
            return e.errors();
        }
    }

    public static Target jdbc(String vendor, String host, int port, String database) {
        return new Target(
                Target.Protocol.JDBC,
                vendor,
                List.of(new Endpoint(host, port)),
                database,
                "jdbc:" + vendor + "://" + host + ":" + port + "/" + database);
    }

    public static Target postgres() {
        return jdbc("postgresql", "db1.db.internal", 5432, "orders");
    }

    public static Target https(String host) {
        return new Target(Target.Protocol.HTTP, "https", List.of(new Endpoint(host, 443)), "", "https://" + host);
    }

    public static Identity member(String... groups) {
        return new Identity("alice", true, Set.of(groups), Map.of());
    }

    public static SqlAnalysis analysis(StatementKind kind, SqlFacts facts, List<TableUse> tables, Lineage lineage) {
        return analysis("statement", kind, facts, tables, lineage);
    }

    public static SqlAnalysis analysis(
            String sql, StatementKind kind, SqlFacts facts, List<TableUse> tables, Lineage lineage) {
        return new SqlAnalysis(
                Dialect.POSTGRESQL,
                sql,
                sql,
                "0123456789abcdef",
                kind,
                Set.of(kind),
                Risk.LOW,
                facts,
                tables,
                lineage,
                SqlAnalysis.Parser.TREE);
    }

    public static SqlAnalysis plain(StatementKind kind) {
        return analysis(kind, SqlFacts.NONE, List.of(), Lineage.NONE);
    }

    public static SqlCommand sql(Target target, SqlAnalysis analysis, @Nullable Object... parameters) {
        return sqlFrom("com.acme.Orders.list:42", target, analysis, parameters);
    }

    public static SqlCommand sqlFrom(
            @Nullable String site, Target target, SqlAnalysis analysis, @Nullable Object... parameters) {
        return new SqlCommand(
                target,
                "s1",
                new Caller("main", site, false),
                analysis,
                parameters.length == 0 ? List.of() : List.of(java.util.Arrays.asList(parameters)),
                TransactionState.AUTOCOMMIT);
    }

    public static HttpCommand http(Target target, String method, String path) {
        return http(target, method, path, "", Map.of());
    }

    public static HttpCommand http(
            Target target, String method, String path, String query, Map<String, List<String>> headers) {
        RequestPath read = RequestPath.of(path);
        return new HttpCommand(
                target, "s1", Caller.ofCurrentThread(), method, read.normal(), query, headers, null, read.readings());
    }
}
