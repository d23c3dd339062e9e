package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.http;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.plain;
import static io.sallyport.core.policy.Policies.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetMatchingTest {

    private static Target jdbc(String vendor, String database, String... hosts) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String host : hosts) {
            int colon = host.lastIndexOf(':');
            endpoints.add(new Endpoint(host.substring(0, colon), Integer.parseInt(host.substring(colon + 1))));
        }
        return new Target(Target.Protocol.JDBC, vendor, endpoints, database, "jdbc:" + vendor + ":" + database);
    }

    private static boolean denied(String pattern, Target target) {
        String yaml =
                "version: 1\ntargets: [{name: t, jdbc: '" + pattern + "'}]\nguard: [{name: g, target: t, then: deny}]";
        return load(yaml)
                        .decide(sql(target, plain(StatementKind.READ)), NOBODY, NOON)
                        .verdict()
                instanceof Verdict.Deny;
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://*.db.internal/orders,      postgresql, orders, a.db.internal:5432, true",
        "jdbc:postgresql://*.db.internal/orders,      postgresql, orders, a.b.db.internal:6000, true",
        "jdbc:postgresql://*.db.internal/orders,      postgresql, Orders, a.db.internal:5432, true",
        "jdbc:postgresql://*.db.internal/orders,      postgresql, other,  a.db.internal:5432, false",
        "jdbc:postgresql://*.db.internal/orders,      mysql,      orders, a.db.internal:5432, false",
        "jdbc:postgresql://*.db.internal/orders,      postgresql, orders, db.internal.evil.com:5432, false",
        "jdbc:postgresql://h:5432/orders,             postgresql, orders, h:5433, false",
        "jdbc:postgresql://h,                         postgresql, any,    h:1, true",
        "jdbc:*://h/*,                                oracle,     x,      h:1521, true",
        "jdbc:mysql://h/shop,                         mariadb,    shop,   h:3306, true",
        "jdbc:mariadb://h/shop,                       mysql,      shop,   h:3306, true",
        "jdbc:sqlserver://h;databaseName=shop,        sqlserver,  shop,   h:1433, true",
        "jdbc:sqlserver://h;databaseName=shop,        sqlserver,  other,  h:1433, false",
        "jdbc:oracle:thin:@h:1521:orcl,               oracle,     ORCL,   h:1521, true",
        "jdbc:oracle:thin:@//h:1521/svc,              oracle,     svc,    h:1521, true",
        "'jdbc:postgresql://[::1]:5432/x',            postgresql, x,      ::1:5432, true",
        "jdbc:postgresql://10.0.0.*/x,                postgresql, x,      10.0.0.9:5432, true",
    })
    void aPatternMeetsVendorHostPortAndDatabase(
            String pattern, String vendor, String database, String host, boolean expected) {
        assertThat(denied(pattern, jdbc(vendor, database, host))).isEqualTo(expected);
    }

    @Test
    void oneOfSeveralHostsIsEnoughToRestrict() {
        assertThat(denied("jdbc:postgresql://b/x", jdbc("postgresql", "x", "a:5432", "b:5432")))
                .isTrue();
    }

    @Test
    void everyHostIsNeededToPermit() {
        String yaml = "version: 1\ntargets: [{name: t, jdbc: 'jdbc:postgresql://b/x'}]\n"
                + "guard: [{name: d, then: deny}, {name: a, target: t, then: allow, override: [d]}]";
        var policy = load(yaml);
        var read = plain(StatementKind.READ);
        assertThat(policy.decide(sql(jdbc("postgresql", "x", "b:1"), read), NOBODY, NOON)
                        .verdict())
                .isSameAs(Verdict.Allow.PLAIN);
        assertThat(policy.decide(sql(jdbc("postgresql", "x", "b:1", "evil:1"), read), NOBODY, NOON)
                        .verdict())
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void aDatabaseInTheProcessIsMatchedByItsUrl() {
        Target memory = new Target(Target.Protocol.JDBC, "h2", List.of(), "", "jdbc:h2:mem:test");
        assertThat(denied("jdbc:h2:mem:*", memory)).isTrue();
        assertThat(denied("jdbc:h2:file:*", memory)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://users.internal/**,        https, users.internal, 443, /a/b, true",
        "https://users.internal/**,        http,  users.internal, 80,  /a/b, true",
        "https://users.internal,           https, users.internal, 443, /,    true",
        "https://users.internal/api/**,    https, users.internal, 443, /api, true",
        "https://users.internal/api/**,    https, users.internal, 443, /apix, false",
        "https://users.internal/api/*,     https, users.internal, 443, /api/x, true",
        "https://users.internal/api/*,     https, users.internal, 443, /api/x/, true",
        "https://users.internal/api/*,     https, users.internal, 443, /api/x/y, false",
        "https://users.internal:8443/**,   https, users.internal, 443, /a,   false",
        "https://*.internal/**,            https, users.internal, 443, /a,   true",
        "https://users.internal/**/secret, https, users.internal, 443, /a/b/secret, true",
        "https://users.internal/**/secret, https, users.internal, 443, /a/b/public, false",
    })
    void anHttpPatternMeetsHostPortAndPathAndNotTheScheme(
            String pattern, String scheme, String host, int port, String path, boolean expected) {
        Target target =
                new Target(Target.Protocol.HTTP, scheme, List.of(new Endpoint(host, port)), "", scheme + "://" + host);
        String yaml =
                "version: 1\ntargets: [{name: t, http: '" + pattern + "'}]\nguard: [{name: g, target: t, then: deny}]";
        assertThat(load(yaml).decide(http(target, "GET", path), NOBODY, NOON).verdict() instanceof Verdict.Deny)
                .isEqualTo(expected);
    }

    @Test
    void theMostSpecificTlsEntryWins() {
        var policy = load(
                "version: 1\ntargets:\n  - {name: all, jdbc: 'jdbc:postgresql://*'}\n"
                        + "  - {name: one, jdbc: 'jdbc:postgresql://db.internal/orders'}\n"
                        + "tls:\n  - {level: require}\n  - {target: one, level: off}\n  - {target: all, level: verify-full, roots: ca.pem}\n");
        assertThat(policy.tls(jdbc("postgresql", "orders", "db.internal:5432")).level())
                .isEqualTo(TlsRequirement.Level.OFF);
        assertThat(policy.tls(jdbc("postgresql", "x", "db.internal:5432")).roots())
                .containsExactly("ca.pem");
        assertThat(policy.tls(jdbc("mysql", "x", "db.internal:3306")).level()).isEqualTo(TlsRequirement.Level.REQUIRE);
    }

    @Test
    void ofSeveralHostsTheStrictestRequirementCounts() {
        var policy = load(
                "version: 1\ntargets:\n  - {name: a, jdbc: 'jdbc:postgresql://a'}\n  - {name: b, jdbc: 'jdbc:postgresql://b'}\n"
                        + "tls:\n  - {target: a, level: off}\n  - {target: b, level: verify-full}\n");
        assertThat(policy.tls(jdbc("postgresql", "x", "a:1", "b:1")).level())
                .isEqualTo(TlsRequirement.Level.VERIFY_FULL);
    }

    /** Who answers for names must not be able to switch off what the URL's own name is due. */
    @Test
    void anAliasRaisesTheTlsRequirementAndNeverLowersIt() {
        var policy = load(
                "version: 1\ntargets:\n  - {name: any, jdbc: 'jdbc:postgresql://*'}\n  - {name: a, jdbc: 'jdbc:postgresql://a.internal'}\n"
                        + "  - {name: b, jdbc: 'jdbc:postgresql://b.internal'}\n"
                        + "tls:\n  - {target: any, level: require}\n  - {target: a, level: off}\n  - {target: b, level: verify-full}\n");
        Target target = jdbc("postgresql", "x", "10.0.0.5:5432");
        assertThat(policy.tls(target.withAliases(List.of(new Endpoint("a.internal", 5432))))
                        .level())
                .isEqualTo(TlsRequirement.Level.REQUIRE);
        assertThat(policy.tls(target.withAliases(List.of(new Endpoint("b.internal", 5432))))
                        .level())
                .isEqualTo(TlsRequirement.Level.VERIFY_FULL);
    }

    @Test
    void anUnmentionedTargetNeedsNoTls() {
        assertThat(load("version: 1").tls(jdbc("postgresql", "x", "a:1"))).isEqualTo(TlsRequirement.NONE);
    }
}
