package io.sallyport.sockets;

/**
 * Who opened a connection.
 *
 * @param name binary class name; empty for the agent
 * @param flaw of a driver or client that is woven in part: which class is not, and why; empty for all others
 */
record Opener(Kind kind, String name, String flaw) {

    static final Opener AGENT = new Opener(Kind.AGENT, "");
    static final Opener DATAGRAM = new Opener(Kind.DATAGRAM, "");

    Opener(Kind kind, String name) {
        this(kind, name, "");
    }

    /** Whether somebody else decides, or nothing is to be decided. */
    boolean isKnown() {
        return kind != Kind.UNMEDIATED && kind != Kind.FLAWED;
    }

    enum Kind {
        /** The agent's own channel. */
        AGENT,
        /** No connection: datagrams are not looked at. */
        DATAGRAM,
        /** A woven client or driver, whose calls a module decides. */
        MEDIATED,
        /** A client or driver one of whose classes could not be woven, so that its calls may pass undecided. */
        FLAWED,
        UNMEDIATED
    }
}
