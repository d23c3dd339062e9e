package io.sallyport.controlplane;

import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import java.time.Instant;
import java.util.List;

/** A workload that has recorded statements of a size that a few of them fill the sockets between a server and who does not read. */
final class LongStatements {

    static final int CHARACTERS = 1_500_000;

    private LongStatements() {}

    /** @param at when each of them was decided */
    static void record(Running server, Instant at, int statements) throws Exception {
        TestAgent agent = server.connectedAgent("orders");
        for (int i = 1; i <= statements; i++) {
            Event event = Event.builder(at, Event.Type.DECISION)
                    .session("session-1")
                    .call("c-" + i)
                    .target("jdbc:postgresql://db/orders")
                    .summary("select")
                    .detail("SELECT '" + "x".repeat(CHARACTERS) + "'")
                    .verdict("allow")
                    .build();
            agent.send(new AgentMessage.Events("spool-1", List.of(new AgentMessage.Numbered(i, event))));
            agent.next(ServerMessage.EventsAck.class);
        }
        agent.disconnect();
    }
}
