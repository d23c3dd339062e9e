package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.Endpoint;
import org.junit.jupiter.api.Test;

/** Which connections past mediated drivers a policy is about, and which of them it admits. */
class SocketAllowanceTest {

    private static PolicySnapshot load(String rest) throws InvalidPolicyException {
        return PolicyLoader.load("version: 1\n" + rest, "policy.yaml", KeySource.NONE);
    }

    @Test
    void aDeclaredTargetIsGovernedAtItsPortOrAtTheUsualOne() throws Exception {
        PolicySnapshot policy = load("""
                targets:
                  - {name: orders, jdbc: "jdbc:postgresql://*.db.internal/orders"}
                  - {name: stock, jdbc: "jdbc:mysql://stock:3307/*"}
                  - {name: api, http: "https://users.internal/**"}
                """);
        assertThat(policy.governs(new Endpoint("a.db.internal", 5432))).isTrue();
        assertThat(policy.governs(new Endpoint("a.db.internal", 22))).isFalse();
        assertThat(policy.governs(new Endpoint("stock", 3307))).isTrue();
        assertThat(policy.governs(new Endpoint("stock", 3306))).isFalse();
        assertThat(policy.governs(new Endpoint("users.internal", 443))).isTrue();
        assertThat(policy.governs(new Endpoint("users.internal", 8443))).isFalse();
    }

    @Test
    void anAllowedConnectionIsNamedByItsOpenerAndItsTarget() throws Exception {
        PolicySnapshot policy = load("connect: {allow: ['h2:INIT', 'socket:com.acme.*', 'socket:*@replica:5432']}");
        assertThat(policy.allowsSocket("com.acme.Backup", new Endpoint("db", 5432)))
                .isTrue();
        assertThat(policy.allowsSocket("org.other.Backup", new Endpoint("db", 5432)))
                .isFalse();
        assertThat(policy.allowsSocket("org.other.Backup", new Endpoint("replica", 5432)))
                .isTrue();
        assertThat(policy.allowsSocket("org.other.Backup", new Endpoint("replica", 5433)))
                .isFalse();
        assertThat(policy.allowedConnectSettings()).contains("h2:INIT");
    }

    @Test
    void anEntryThatCannotBeReadIsAnErrorWithItsPlace() {
        assertThatThrownBy(() -> load("connect:\n  allow: ['socket:@db:99999', 'socket:x@db:99999']"))
                .isInstanceOfSatisfying(
                        InvalidPolicyException.class,
                        e -> assertThat(e.errors().toString())
                                .contains("connect.allow[0]")
                                .contains("socket:class")
                                .contains("connect.allow[1]")
                                .contains("65535"));
    }
}
