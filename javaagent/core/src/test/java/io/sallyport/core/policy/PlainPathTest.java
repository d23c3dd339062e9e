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

    /** Not even in the interpreter, which removes no allocation: so it does not matter how far the JIT has come. */
    @Test
    void plainCallsAllocateNothing() {
        CompiledPolicy policy = fiftyRules();
        Command read = sql(postgres(), plain(StatementKind.READ));
        policy.decide(read, NOBODY, NOON);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 10_000; i++) {
            policy.decide(read, NOBODY, NOON);
        }
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        // Less than a byte a call: what is left is the measurement's own.
        assertThat(bytes).isLessThan(10_000);
    }
}
