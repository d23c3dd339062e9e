package io.sallyport.sockets;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.verdict.StandardGate;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.MediatedPlaces;
import io.sallyport.weaving.WeaveInstaller;
import io.sallyport.weaving.tls.RelayTls;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.bytebuddy.agent.ByteBuddyAgent;

/** This JVM with its sockets woven, once for all test classes. */
final class WovenSockets {

    static final Queue<Event> EVENTS = new ConcurrentLinkedQueue<>();
    static final ScriptedCoverage COVERAGE;
    static final MediatedPlaces PLACES;
    static final AgentContext CONTEXT;

    /** How TLS is layered on a socket to a relay; tests replace it. */
    static volatile RelayTls relayTls = RelayTls.NONE;

    private static volatile PolicySnapshot policy = policy("");

    static {
        WeaveInstaller installer = new WeaveInstaller(ByteBuddyAgent.install());
        COVERAGE = new ScriptedCoverage(installer.coverage());
        StandardGate gate = new StandardGate(
                () -> policy,
                () -> Identity.unverified("test"),
                new HoldRoom(ApprovalDesk.NOBODY, Clock.systemUTC()),
                EVENTS::add,
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString());
        CONTEXT = new AgentContext(gate, null, COVERAGE, true, (connected, relay) -> relayTls.layer(connected, relay));
        PLACES = CONTEXT.places();
        installer.install(CONTEXT, List.of(new SocketsModule(), new RelayModule(), new DiallerModule()));
    }

    private WovenSockets() {}

    /** Puts a policy in force, without its first line. */
    static void govern(String rest) {
        policy = policy(rest);
    }

    private static PolicySnapshot policy(String rest) {
        try {
            return PolicyLoader.load("version: 1\n" + rest, "policy.yaml", KeySource.NONE);
        } catch (InvalidPolicyException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
