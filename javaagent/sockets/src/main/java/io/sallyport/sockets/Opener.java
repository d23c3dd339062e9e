package io.sallyport.sockets;

/**
 * Who opened a connection.
 *
 * @param name binary class name; empty for the agent
 */
record Opener(Kind kind, String name) {

    static final Opener AGENT = new Opener(Kind.AGENT, "");

    enum Kind {
        /** The agent's own channel. */
        AGENT,
        /** A woven client or driver, whose calls a module decides. */
        MEDIATED,
        UNMEDIATED
    }
}
