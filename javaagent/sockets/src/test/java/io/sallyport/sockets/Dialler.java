package io.sallyport.sockets;

import java.net.InetSocketAddress;

/** Application code whose woven call makes the agent open a connection of its own. */
public class Dialler {

    public void dial(InetSocketAddress remote) {}
}
