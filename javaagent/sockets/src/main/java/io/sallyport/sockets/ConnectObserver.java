package io.sallyport.sockets;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.verdict.Gate;
import io.sallyport.weaving.ClientSockets;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the advice calls. Whatever goes wrong in here stays in here, since there is no decision that could be missed: the first
 * failure is an alarm, later ones are silent. Thread-safe.
 */
final class ConnectObserver {

    private final OpenerFinder openers;
    private final GovernedPlaces places;
    private final ClientSockets clients;
    private final EgressCoverage egress;
    private final Gate gate;
    private final AtomicBoolean alarmed = new AtomicBoolean();

    ConnectObserver(
            OpenerFinder openers, GovernedPlaces places, ClientSockets clients, EgressCoverage egress, Gate gate) {
        this.openers = openers;
        this.places = places;
        this.clients = clients;
        this.egress = egress;
        this.gate = gate;
    }

    /**
     * Never throws.
     *
     * @param socket what a client may have opened for itself; {@code null} where only the stack can tell
     */
    void connected(@Nullable SocketAddress remote, @Nullable Object socket) {
        try {
            String target = Places.of(remote);
            if (target == null || !(remote instanceof InetSocketAddress inet)) {
                return;
            }
            Opener opener = openers.find();
            if (opener.kind() == Opener.Kind.AGENT) {
                return;
            }
            Endpoint governed = places.of(inet);
            if (governed != null) {
                egress.governed(target);
            }
            if (opener.kind() == Opener.Kind.MEDIATED
                    || (opener.kind() == Opener.Kind.UNMEDIATED && clients.isClients(socket))
                    || (governed != null && opener.kind() != Opener.Kind.FLAWED && places.isExpected(inet, governed))) {
                egress.mediated(target);
            } else {
                egress.unmediated(opener.name(), target);
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
