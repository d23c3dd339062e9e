package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.analysis;
import static io.sallyport.core.policy.Policies.http;
import static io.sallyport.core.policy.Policies.https;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.plain;
import static io.sallyport.core.policy.Policies.postgres;
import static io.sallyport.core.policy.Policies.sql;
import static io.sallyport.core.policy.Policies.sqlFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.verdict.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each key of {@code when}, by a guard that denies. */
class ConditionTest {

    private static boolean denied(String when, Command command, Identity identity, Instant now) {
        String yaml = "version: 1\ndefault: {opaque: allow}\nmask: [{name: m, columns: [secret.x]}]\n"
                + "guard: [{name: g, when: {" + when + "}, then: deny}]";
        return load(yaml).decide(command, identity, now).verdict() instanceof Verdict.Deny;
    }

    private static boolean denied(String when, Command command) {
        return denied(when, command, NOBODY, NOON);
    }

    private static boolean allowed(String when, Command command) {
        String yaml = "version: 1\ndefault: {jdbc: deny}\nguard: [{name: g, when: {" + when + "}, then: allow}]";
        return load(yaml).decide(command, NOBODY, NOON).verdict() instanceof Verdict.Allow;
    }

    private static SqlCommand using(TableUse... tables) {
        return sql(postgres(), analysis(StatementKind.READ, SqlFacts.NONE, List.of(tables), Lineage.NONE));
    }

    private static TableUse use(@Nullable String schema, String table, TableUse.Access access) {
        return new TableUse(schema, table, access);
    }

    @Test
    void kindIsThatOfAnyPart() {
        var read = plain(StatementKind.READ);
        var both = new io.sallyport.core.sql.SqlAnalysis(
                read.dialect(),
                "q",
                "q",
                "f",
                StatementKind.READ,
                Set.of(StatementKind.READ, StatementKind.DELETE),
                read.risk(),
                read.facts(),
                List.of(),
                Lineage.NONE,
                read.parser());
        assertThat(denied("kind: [delete, drop]", sql(postgres(), both))).isTrue();
        assertThat(denied("kind: [delete, drop]", sql(postgres(), read))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "destructive,0",
        "unboundedWrite,1",
        "ddl,2",
        "privilege,3",
        "fileOrOsAccess,4",
        "multi,5",
        "writes,6",
        "opaque,7"
    })
    void eachFactIsItsOwnKey(String key, int index) {
        boolean[] f = new boolean[8];
        f[index] = true;
        SqlFacts facts = new SqlFacts(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]);
        Command with = sql(postgres(), analysis(StatementKind.READ, facts, List.of(), Lineage.NONE));
        Command without = sql(postgres(), plain(StatementKind.READ));
        assertThat(denied(key + ": true", with)).isTrue();
        assertThat(denied(key + ": true", without)).isFalse();
        assertThat(denied(key + ": false", without)).isTrue();
    }

    @Test
    void nobodyCanSayWhatAnOpaqueStatementDoesNotDo() {
        Command opaque = sql(postgres(), analysis(StatementKind.CALL, SqlFacts.OPAQUE, List.of(), Lineage.NONE));
        assertThat(allowed("destructive: false", opaque)).isFalse();
        assertThat(denied("destructive: false", opaque)).isTrue();
        assertThat(denied("destructive: true", opaque)).isFalse();
    }

    @Test
    void tablesAreToldApartByTheirUse() {
        Command command = using(use(null, "patients", TableUse.Access.READ), use(null, "log", TableUse.Access.WRITE));
        assertThat(denied("tables: {read: ['patient*']}", command)).isTrue();
        assertThat(denied("tables: {write: ['patient*']}", command)).isFalse();
        assertThat(denied("tables: {read: [patients], write: [log]}", command)).isTrue();
        assertThat(denied("tables: {read: [patients], write: [orders]}", command))
                .isFalse();
    }

    @Test
    void aSchemaThatIsNotWrittenRestrictsAndPermitsNothing() {
        Command unqualified = using(use(null, "accounts", TableUse.Access.READ));
        assertThat(denied("tables: {read: [bank.accounts]}", unqualified)).isTrue();
        assertThat(allowed("tables: {read: [bank.accounts]}", unqualified)).isFalse();
        assertThat(allowed("tables: {read: [bank.accounts]}", using(use("bank", "accounts", TableUse.Access.READ))))
                .isTrue();
        assertThat(denied("tables: {read: [bank.accounts]}", using(use("test", "accounts", TableUse.Access.READ))))
                .isFalse();
    }

    @Test
    void parametersAreSeenWithTheirTypes() {
        Command command = sql(postgres(), plain(StatementKind.READ), 7, null, "x");
        assertThat(denied("params: {index: 2, isNull: true}", command)).isTrue();
        assertThat(denied("params: {index: 1, isNull: true}", command)).isFalse();
        assertThat(denied("params: {isNull: true}", command)).isTrue();
        assertThat(denied("params: {index: 3, type: [String]}", command)).isTrue();
        assertThat(denied("params: {index: 1, type: [java.lang.Long]}", command))
                .isFalse();
        assertThat(denied("params: {count: {over: 2}}", command)).isTrue();
        assertThat(denied("params: {count: {over: 3}}", command)).isFalse();
        assertThat(denied("params: [{index: 9}, {count: {over: 2}}]", command)).isTrue();
    }

    private static Command bound(String sql, @Nullable Object... parameters) {
        SqlAnalysis analysis = new StandardSqlReader().read(Dialect.POSTGRESQL, sql, Catalogue.EMPTY);
        return sql(postgres(), analysis, parameters);
    }

    @Test
    void aTenantIdMayNotBeNullWhereverItStands() {
        String rule = "params: {column: Tenant_ID, isNull: true}";
        assertThat(denied(rule, bound("SELECT * FROM t WHERE a = ? AND t.tenant_id = ?", 1, null)))
                .isTrue();
        assertThat(denied(rule, bound("SELECT * FROM t WHERE a = ? AND t.tenant_id = ?", null, 1)))
                .isFalse();
        assertThat(denied(rule, bound("INSERT INTO t (a, tenant_id) VALUES (?, ?), (lower(?), ?)", 1, 2, 3, null)))
                .isTrue();
        assertThat(denied(rule, bound("INSERT INTO t (a, tenant_id) VALUES (?, ?), (lower(?), ?)", 1, 2, null, 4)))
                .isFalse();
        assertThat(denied(rule, bound("UPDATE t SET a = ?, tenant_id = coalesce(?, 1) WHERE id = ?", 1, null, 3)))
                .isTrue();
        assertThat(denied(rule, bound("DELETE FROM t WHERE ? = tenant_id AND b BETWEEN ? AND ?", null, 1, 2)))
                .isTrue();
        assertThat(denied(rule, bound("DELETE FROM t WHERE tenant_id = 5 AND b BETWEEN ? AND ?", null, null)))
                .isFalse();
        assertThat(denied(rule, bound("DELETE FROM t WHERE tenant_id = ANY (?)", new Object[] {null})))
                .isTrue();
    }

    @Test
    void aLongListIsSeenAsPlaceholdersAndAsOneArray() {
        String rule = "params: {inList: {over: 99}}";
        Object[] values = new Object[100];
        Arrays.fill(values, 7);
        String marks = "?" + ", ?".repeat(99);
        assertThat(denied(rule, bound("SELECT * FROM t WHERE id IN (" + marks + ")", values)))
                .isTrue();
        assertThat(denied(rule, bound("INSERT INTO t VALUES (" + marks + ")", values)))
                .isFalse();
        assertThat(denied(rule, bound("SELECT * FROM t WHERE id = ANY (?)", (Object) new int[100])))
                .isTrue();
        assertThat(denied(rule, bound("SELECT * FROM t WHERE id = ANY (?)", (Object) new int[99])))
                .isFalse();
        assertThat(denied(rule, bound("SELECT * FROM t WHERE id = ANY (?)", List.of(values))))
                .isTrue();
        assertThat(denied(rule, bound("INSERT INTO t VALUES (?)", (Object) new byte[100])))
                .isFalse();
        assertThat(denied(
                        "params: {inList: {over: 99}, column: id}",
                        bound("SELECT * FROM t WHERE a IN (" + marks + ")", values)))
                .isFalse();
    }

    @Test
    void typesAndDetectorsSeeWhatAValueIsMadeOf() {
        Command command =
                bound("SELECT * FROM t WHERE a = ? AND b = ANY (?)", 7L, new String[] {"x", "4111111111111111"});
        assertThat(denied("params: {type: Number}", command)).isTrue();
        assertThat(denied("params: {type: java.lang.Comparable, index: 2}", command))
                .isFalse();
        assertThat(denied("params: {type: 'String[]'}", command)).isTrue();
        assertThat(denied("params: {detect: CREDIT_CARD}", command)).isTrue();
        assertThat(denied("params: {column: b, detect: CREDIT_CARD}", command)).isTrue();
        assertThat(denied("params: {column: a, detect: CREDIT_CARD}", command)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "org.flywaydb.**,          org.flywaydb.core.Flyway.migrate:12, true",
        "org.flywaydb,             org.flywaydb.core.Flyway.migrate:12, true",
        "org.flywaydb,             org.flywaydbx.Flyway.migrate:12,     false",
        "com.acme.Orders,          com.acme.Orders.list:3,              true",
        "com.acme.Orders,          com.acme.Orders$Page.list:3,         true",
        "com.acme.Orders,          com.acme.OrdersJob.run:3,            false",
        "com.*.Orders,             com.acme.Orders.list:3,              true",
        "com.acme.Orders.list,     com.acme.Orders.list:3,              true",
        "com.acme.Orders.list,     com.acme.Orders.listAll:3,           false",
    })
    void aCallSiteIsAPackageAClassOrAMethod(String pattern, String site, boolean expected) {
        assertThat(denied("callSite: ['" + pattern + "']", sqlFrom(site, postgres(), plain(StatementKind.READ))))
                .isEqualTo(expected);
    }

    @Test
    void aSampledCallSiteIsWalkedAnew() {
        Caller sampled = new Caller("main", "com.acme.A.run:1", true, new Caller.Walk() {
            @Override
            public String nearest() {
                return "com.acme.B.run:1";
            }

            @Override
            public String outermost() {
                return "com.acme.Main.main:1";
            }
        });
        Command command = new SqlCommand(
                postgres(), "s", sampled, plain(StatementKind.READ), List.of(), SqlCommand.TransactionState.AUTOCOMMIT);
        assertThat(denied("callSite: com.acme.B", command)).isTrue();
        assertThat(denied("callSite: com.acme.A", command)).isFalse();
    }

    @Test
    void everyNamedLabelMustHaveOneOfItsValues() {
        Identity identity = new Identity("w", true, Set.of(), Map.of("env", "prod", "tier", "1"));
        Command read = sql(postgres(), plain(StatementKind.READ));
        assertThat(denied("labels: {env: [prod, staging], tier: 1}", read, identity, NOON))
                .isTrue();
        assertThat(denied("labels: {env: 'pro*'}", read, identity, NOON)).isTrue();
        assertThat(denied("labels: {env: prod, tier: 2}", read, identity, NOON)).isFalse();
        assertThat(denied("labels: {env: prod}", read)).isFalse();
    }

    @Test
    void aSubjectCountsOnlyWhenSomebodyVouchesForIt() {
        Command read = sql(postgres(), plain(StatementKind.READ));
        Identity verified = new Identity("billing-1", true, Set.of(), Map.of());
        assertThat(denied("identity: {subject: 'billing-*'}", read, verified, NOON))
                .isTrue();
        assertThat(denied("identity: {subject: 'billing-*'}", read, Identity.unverified("billing-1"), NOON))
                .isFalse();
        assertThat(denied("identity: {verified: false}", read, NOBODY, NOON)).isTrue();
        assertThat(denied("identity: {verified: false}", read, verified, NOON)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // 2026-03-04 is a Wednesday.
        "'from: \"09:00\", to: \"17:00\"',                             2026-03-04T12:00:00Z, true",
        "'from: \"09:00\", to: \"17:00\"',                             2026-03-04T17:00:00Z, false",
        "'from: 22:00, to: 06:00',                                     2026-03-04T23:30:00Z, true",
        "'from: 22:00, to: 06:00',                                     2026-03-05T05:59:59Z, true",
        "'from: 22:00, to: 06:00',                                     2026-03-05T06:00:00Z, false",
        "'days: [wed], from: 22:00, to: 06:00',                        2026-03-05T01:00:00Z, true",
        "'days: [wed], from: 22:00, to: 06:00',                        2026-03-04T01:00:00Z, false",
        "'days: [sun], from: 22:00, to: 06:00',                        2026-03-09T01:00:00Z, true",
        "'days: [sat, sun]',                                           2026-03-07T00:00:00Z, true",
        "'days: [sat, sun]',                                           2026-03-06T23:59:59Z, false",
        "'from: 09:00, to: 10:00, zone: Asia/Tokyo',                   2026-03-04T00:30:00Z, true",
        "'days: [thu], from: 09:00, to: 10:00, zone: Asia/Tokyo',      2026-03-04T00:30:00Z, false",
        "'from: 02:30, to: 03:30, zone: Europe/Paris',                 2026-03-29T01:15:00Z, true",
        // The hour from 02:00 to 03:00 does not exist that night, and in October it comes twice.
        "'from: 02:00, to: 03:00, zone: Europe/Paris',                 2026-03-29T01:00:00Z, false",
        "'from: 02:00, to: 03:00, zone: Europe/Paris',                 2026-10-25T00:30:00Z, true",
        "'from: 02:00, to: 03:00, zone: Europe/Paris',                 2026-10-25T01:30:00Z, true",
        "'from: 02:00, to: 03:00, zone: Europe/Paris',                 2026-10-25T02:00:00Z, false",
        "'days: [sat], from: 22:00, to: 04:00, zone: Europe/Paris',    2026-10-25T02:59:59Z, true",
        "'days: [sat], from: 22:00, to: 04:00, zone: Europe/Paris',    2026-10-25T03:00:00Z, false",
        "'days: [sat], from: 22:00, to: 04:00, zone: Europe/Paris',    2026-03-29T01:59:59Z, true",
        "'days: [sat], from: 22:00, to: 04:00, zone: Europe/Paris',    2026-03-29T02:00:00Z, false",
    })
    void aTimeWindowMayCrossMidnightAndHasAZone(String window, Instant now, boolean expected) {
        assertThat(denied("time: {" + window + "}", sql(postgres(), plain(StatementKind.READ)), NOBODY, now))
                .isEqualTo(expected);
    }

    @Test
    void aRequestIsToldByMethodPathQueryAndHeader() {
        Command command = http(
                https("h"), "POST", "/api/v1/users/7", "id=1&debug=%74rue&id=2", Map.of("x-env", List.of("a", "prod")));
        assertThat(denied("method: [post, PUT]", command)).isTrue();
        assertThat(denied("method: GET", command)).isFalse();
        assertThat(denied("path: '/api/*/users/*'", command)).isTrue();
        assertThat(denied("path: '/api/*'", command)).isFalse();
        assertThat(denied("query: {debug: true}", command)).isTrue();
        assertThat(denied("query: {id: 2}", command)).isTrue();
        assertThat(denied("query: {id: 3}", command)).isFalse();
        assertThat(denied("query: {other: '*'}", command)).isFalse();
        assertThat(denied("header: {X-Env: prod}", command)).isTrue();
        assertThat(denied("header: {X-Env: prod, X-Other: '*'}", command)).isFalse();
    }

    @Test
    void keysOfStatementsAndRequestsDoNotMeetTheOther() {
        assertThat(denied("writes: false", http(https("h"), "GET", "/"))).isFalse();
        assertThat(denied("method: GET", sql(postgres(), plain(StatementKind.READ))))
                .isFalse();
    }

    @Test
    void allKeysMustHold() {
        Command drop = sqlFrom("com.acme.A.run:1", postgres(), plain(StatementKind.DROP));
        assertThat(denied("kind: drop, callSite: com.acme", drop)).isTrue();
        assertThat(denied("kind: drop, callSite: org.other", drop)).isFalse();
    }
}
