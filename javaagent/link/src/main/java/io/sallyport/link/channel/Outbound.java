package io.sallyport.link.channel;

import io.sallyport.protocol.AgentMessage;

/** The sending half of a channel. Thread-safe, never blocks; what is sent on a closed channel is lost, as on a broken one. */
@FunctionalInterface
public interface Outbound {

    void send(AgentMessage message);
}
