package io.sallyport.sockets;

import io.sallyport.weaving.AgentContext;

/** What the advice of this module shares. Made when the first connection is opened, so that start-up does not pay for it. */
final class Sockets {

    private static final Sockets CURRENT = new Sockets(AgentContext.current());

    private final ConnectGuard guard;
    private final ConnectObserver observer;
    private final Traffic traffic = new Traffic();

    private Sockets(AgentContext context) {
        EgressCoverage egress = new EgressCoverage(context.coverage());
        context.coverage().include(egress);
        EgressSummary.atShutdown(egress);
        OpenerFinder openers = new OpenerFinder(context.coverage());
        GovernedPlaces governed = new GovernedPlaces(context.gate(), context.places());
        guard = new ConnectGuard(context, openers, governed, egress, traffic);
        observer = new ConnectObserver(openers, governed, egress, context.gate());
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

    Traffic traffic() {
        return traffic;
    }
}
