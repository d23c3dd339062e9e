package io.sallyport.http.connect;

import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.ClientSockets;

/** What the advice of this package shares. */
final class Connects {

    static final ClientSockets SOCKETS = AgentContext.current().sockets();

    private Connects() {}
}
