package io.sallyport.link.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PolicyHolderTest {

    private static final ConnectCommand CONNECT = new ConnectCommand(
            new Target(Target.Protocol.JDBC, "h2", List.of(), "orders", "jdbc:h2:mem:orders"),
            "session-1",
            Caller.ofCurrentThread(),
            Map.of(),
            "sa");

    private final PolicySnapshot arrived = new ColdStartPolicy(OnColdStart.OBSERVE);

    @Test
    void aCallWaitsForTheFirstPolicy() {
        PolicyHolder holder = PolicyHolder.coldStart(Duration.ofMinutes(5), OnColdStart.DENY);
        CompletableFuture<PolicySnapshot> seen = new CompletableFuture<>();
        Thread caller = new Thread(() -> seen.complete(holder.current()));
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        assertThat(holder.present()).isFalse();
        holder.set(arrived);
        await().until(seen::isDone);
        assertThat(seen.join()).isSameAs(arrived);
    }

    @Test
    void afterTheWaitTheFallbackDecidesUntilAPolicyComes() {
        PolicyHolder holder = PolicyHolder.coldStart(Duration.ZERO, OnColdStart.DENY);
        assertThat(holder.current()).isEqualTo(new ColdStartPolicy(OnColdStart.DENY));
        holder.set(arrived);
        assertThat(holder.current()).isSameAs(arrived);
    }

    @Test
    void anInterruptedCallerGetsTheFallbackAndKeepsItsFlag() {
        PolicyHolder holder = PolicyHolder.coldStart(Duration.ofMinutes(5), OnColdStart.DENY);
        Thread.currentThread().interrupt();
        assertThat(holder.current().mode()).isEqualTo(Mode.ENFORCE);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void denyRefusesEveryCallAndObserveLetsItPassAndSaysWhatItWouldHaveDone() {
        assertThat(decide(OnColdStart.DENY).verdict()).isInstanceOf(Verdict.Deny.class);
        assertThat(decide(OnColdStart.OBSERVE).verdict()).isEqualTo(Verdict.Allow.PLAIN);
        assertThat(decide(OnColdStart.OBSERVE).wouldHave()).isEqualTo("deny");
    }

    private static Decision decide(OnColdStart then) {
        return new ColdStartPolicy(then).decide(CONNECT, Identity.unverified("orders"), Instant.now());
    }
}
