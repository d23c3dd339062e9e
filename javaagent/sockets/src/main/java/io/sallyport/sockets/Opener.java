package io.sallyport.sockets;

/**
 * Who opened a connection.
 *
 * @param name binary class name; empty for the agent
 */
record Opener(Kind kind, String name) {

    static final Opener AGENT = new Opener(Kind.AGENT, "");
    static final Opener DATAGRAM = new Opener(Kind.DATAGRAM, "");

    enum Kind {
        /** The agent's own channel. */
        AGENT,
        /** No connection: datagrams are not looked at. */
        DATAGRAM,
        /** A woven client or driver, whose calls a module decides. */
        MEDIATED,
        UNMEDIATED
    }
}
