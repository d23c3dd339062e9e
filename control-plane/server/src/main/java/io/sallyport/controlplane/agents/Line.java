package io.sallyport.controlplane.agents;

import io.sallyport.protocol.ServerMessage;

/** The way back to one agent. Thread-safe; never blocks and never throws. */
public interface Line {

    /** Sends one frame, in the order of the calls; nothing happens when the line is down. */
    void send(ServerMessage message);

    /** @param code WebSocket close code (RFC 6455 section 7.4) */
    void close(int code, String reason);
}
