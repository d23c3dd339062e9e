package io.sallyport.sockets;

import io.sallyport.core.verdict.Gate;
import io.sallyport.weaving.AgentContext;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the advice calls. Whatever goes wrong in here stays in here, since there is no decision that could be missed: the first
 * failure is an alarm, later ones are silent. Thread-safe.
 */
final class ConnectObserver {

    private final OpenerFinder openers;
    private final EgressCoverage egress;
    private final Gate gate;
    private final AtomicBoolean alarmed = new AtomicBoolean();

    ConnectObserver(OpenerFinder openers, EgressCoverage egress, Gate gate) {
        this.openers = openers;
        this.egress = egress;
        this.gate = gate;
    }

    /** An observer whose findings are part of the agent's coverage. */
    static ConnectObserver of(AgentContext context) {
        EgressCoverage egress = new EgressCoverage(context.coverage());
        context.coverage().include(egress);
        EgressSummary.atShutdown(egress);
        return new ConnectObserver(new OpenerFinder(context.coverage()), egress, context.gate());
    }

    /** Never throws. */
    void connected(@Nullable SocketAddress remote) {
        try {
            String target = Endpoint.of(remote);
            if (target == null) {
                return;
            }
            Opener opener = openers.find();
            switch (opener.kind()) {
                case AGENT -> {}
                case MEDIATED -> egress.mediated(target);
                case UNMEDIATED -> egress.unmediated(opener.name(), target);
            }
        } catch (Throwable t) {
            alarm(t);
        }
    }

    private void alarm(Throwable cause) {
        try {
            if (alarmed.compareAndSet(false, true)) {
                gate.alarm("connections of this process are not all seen: attributing one failed with "
                        + cause.getClass().getName() + "; unmediated egress may be missing from the coverage");
            }
        } catch (Throwable alarmFailed) {
            // Nothing is left to tell it to, and the application's connection is none of the agent's failures.
        }
    }
}
