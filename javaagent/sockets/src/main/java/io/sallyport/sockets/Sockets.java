package io.sallyport.sockets;

import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.ClientSockets;

/** What the advice of this module shares. Made when the first connection is opened, so that start-up does not pay for it. */
final class Sockets {

    private static final Sockets CURRENT = new Sockets(AgentContext.current());

    private final ConnectGuard guard;
    private final ConnectObserver observer;
    private final SocketConnects connects;
    private final Traffic traffic = new Traffic();
    private final ClientSockets clients;

    private Sockets(AgentContext context) {
        clients = context.sockets();
        EgressCoverage egress = new EgressCoverage(context.coverage());
        context.coverage().include(egress);
        EgressSummary.atShutdown(egress);
        OpenerFinder openers = new OpenerFinder(context.coverage());
        GovernedPlaces governed = new GovernedPlaces(context.gate(), context.places());
        Relays relays = new Relays(context.relayPlaces(), context.relayed());
        guard = new ConnectGuard(context, openers, governed, relays, egress, traffic);
        observer = new ConnectObserver(openers, governed, clients, egress, context.gate());
        connects = new SocketConnects(guard, observer, relays);
    }

    static Sockets current() {
        return CURRENT;
    }

    ConnectGuard guard() {
        return guard;
    }

    ConnectObserver observer() {
        return observer;
    }

    SocketConnects connects() {
        return connects;
    }

    ClientSockets clients() {
        return clients;
    }

    Traffic traffic() {
        return traffic;
    }
}
