package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.plain;
import static io.sallyport.core.policy.Policies.postgres;
import static io.sallyport.core.policy.Policies.sql;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sallyport.core.command.Command;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Verdict;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call that no rule is about costs no garbage, however many rules there are. */
class PlainPathTest {

    private static CompiledPolicy fiftyRules() {
        StringBuilder yaml = new StringBuilder("version: 1\nguard:\n");
        for (int i = 0; i < 50; i++) {
            yaml.append("  - {name: g")
                    .append(i)
                    .append(", when: {kind: [drop, truncate], tables: {write: ['t")
                    .append(i)
                    .append("*']}, callSite: ['com.acme.x")
                    .append(i)
                    .append(".**']}, then: deny}\n");
        }
        yaml.append("mask:\n  - {name: m, columns: [payments.card_number], unless: {groups: [a]}}\n");
        return load(yaml.toString());
    }

    @Test
    void plainCallsShareOneDecision() {
        CompiledPolicy policy = fiftyRules();
        Command read = sql(postgres(), plain(StatementKind.READ));
        Decision decision = policy.decide(read, NOBODY, NOON);
        assertThat(decision.verdict()).isSameAs(Verdict.Allow.PLAIN);
        assertThat(policy.decide(read, NOBODY, NOON)).isSameAs(decision);
    }

    /** So that neither the caller nor the time has to be known for it. */
    @Test
    void aStatementThatItsTextKeepsFromEveryGuardIsDecidedByItself() {
        CompiledPolicy policy = load("version: 1\nguard:\n  - {name: g, when: {kind: [drop]}, then: deny}\n"
                + "mask:\n  - {name: m, columns: [payments.card_number]}\n");
        Command read = sql(postgres(), plain(StatementKind.READ));
        assertThat(policy.decideByCommand(read)).isNotNull().isSameAs(policy.decide(read, NOBODY, NOON));
        assertThat(policy.decideByCommand(sql(postgres(), plain(StatementKind.DROP))))
                .isNull();
    }

    @Test
    void whatDependsOnTheCallerOrTheTimeIsNotDecidedByTheCommandAlone() {
        Command read = sql(postgres(), plain(StatementKind.READ));
        for (String rules : List.of(
                "mask:\n  - {name: m, columns: [t.c], unless: {groups: [a]}}\n",
                "guard:\n  - {name: g, when: {groups: [a]}, then: deny}\n",
                "guard:\n  - {name: g, when: {time: {days: [sat]}}, then: deny}\n",
                "guard:\n  - {name: g, when: {rate: {over: 5, per: 60s}}, then: deny}\n",
                "default: {jdbc: deny, unmatched: deny}\n")) {
            assertThat(load("version: 1\n" + rules).decideByCommand(read))
                    .as(rules)
                    .isNull();
        }
    }

    /** The path is looked at by every rule, whatever its number and length. */
    @Test
    void plainRequestsAllocateNothing() {
        StringBuilder yaml = new StringBuilder("version: 1\nguard:\n");
        for (int i = 0; i < 50; i++) {
            yaml.append("  - {name: g" + i + ", when: {path: '/admin/" + i + "/**', method: DELETE}, then: deny}\n");
        }
        CompiledPolicy policy = load(yaml.toString());
        Command get = Policies.http(Policies.https("api.acme.com"), "GET", "/admin/users/4711/orders");
        policy.decide(get, NOBODY, NOON);
        assertThat(bytesOf(() -> policy.decide(get, NOBODY, NOON))).isLessThan(10_000);
    }

    /** Not even in the interpreter, which removes no allocation: so it does not matter how far the JIT has come. */
    @Test
    void plainCallsAllocateNothing() {
        CompiledPolicy policy = fiftyRules();
        Command read = sql(postgres(), plain(StatementKind.READ));
        policy.decide(read, NOBODY, NOON);
        // Less than a byte a call: what is left is the measurement's own.
        assertThat(bytesOf(() -> policy.decide(read, NOBODY, NOON))).isLessThan(10_000);
    }

    private static long bytesOf(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 10_000; i++) {
            call.run();
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
