package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.core.verdict.Gate;
import io.sallyport.http.JudgedConnections.Judgement;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgedConnectionsTest {

    private static final TlsRequirement LITTLE = new TlsRequirement(Level.REQUIRE, "TLSv1.2", List.of(), Set.of());
    private static final TlsRequirement MUCH = new TlsRequirement(Level.VERIFY_FULL, "TLSv1.2", List.of(), Set.of());

    /** By identity. */
    private Object demands = new Object();

    private TlsRequirement required = LITTLE;

    /** What was asked of the policy. */
    private final List<Target> asked = new ArrayList<>();

    private final Gate gate = (Gate) Proxy.newProxyInstance(
            Gate.class.getClassLoader(), new Class<?>[] {Gate.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("tlsDemands")) {
                    return demands;
                }
                asked.add((Target) arguments[0]);
                return required;
            });

    private final JudgedConnections connections = new JudgedConnections(gate);

    private static Target server(String host) {
        return RequestTarget.of(URI.create("https://" + host + "/"), "/");
    }

    private Object judged(String host) {
        Object connection = new Object();
        connections.judged(connection, new Judgement(server(host), host, required), demands);
        return connection;
    }

    private void demand(TlsRequirement next) {
        demands = new Object();
        required = next;
    }

    @Test
    void underThePolicyThatAllWereJudgedByNothingIsAsked() {
        Object connection = judged("a.example");
        assertThat(connections.outdated(connection)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void afterAChangeOnlyTheConnectionThatIsUsedIsCompared() {
        Object used = judged("a.example");
        judged("b.example");
        demand(LITTLE);
        assertThat(connections.outdated(used)).isEmpty();
        assertThat(connections.outdated(used)).isEmpty();
        assertThat(asked).containsExactly(server("a.example"));
    }

    @Test
    void whatIsDemandedOtherwiseIsJudgedAgainAndOnlyThen() {
        Object kept = judged("a.example");
        demand(MUCH);
        Object newer = judged("a.example");
        assertThat(connections.outdated(newer)).isEmpty();
        assertThat(connections.outdated(kept)).hasSize(1);
        connections.judged(kept, new Judgement(server("a.example"), "a.example", required), demands);
        connections.settled(kept, demands);
        assertThat(connections.outdated(kept)).isEmpty();
    }

    @Test
    void aPolicyThatComesBackFindsWhatWasJudgedByTheOneBetween() {
        Object first = judged("a.example");
        Object then = demands;
        demand(MUCH);
        Object between = judged("a.example");
        connections.judged(first, new Judgement(server("b.example"), "b.example", required), demands);
        demands = then;
        required = LITTLE;
        assertThat(connections.outdated(between)).hasSize(1);
        assertThat(connections.outdated(first)).hasSize(2);
    }
}
