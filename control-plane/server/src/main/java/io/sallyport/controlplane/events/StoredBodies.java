package io.sallyport.controlplane.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.Wire;
import java.util.Optional;

/** Whether an event that comes again says what is stored. */
final class StoredBodies {

    /** What is sent again, after a confirmation that was lost, is what is stored. An event whose retention is over counts as stored. */
    static boolean isStored(Tx tx, String workload, String spool, AgentMessage.Numbered event) {
        return body(tx, workload, spool, event.sequence())
                .map(stored -> isSame(stored, event.event()))
                .orElse(true);
    }

    static boolean isAt(Tx tx, Twin twin, String spool, AgentMessage.Numbered event) {
        return twin.recordings().stream()
                .flatMap(other -> body(tx, other.workload(), spool, event.sequence()).stream())
                .anyMatch(stored -> isSame(stored, event.event()));
    }

    private static Optional<String> body(Tx tx, String workload, String spool, long sequence) {
        return tx.query(
                        "select body from event where workload_id = :workload and spool = :spool and sequence = :sequence")
                .bind("workload", workload)
                .bind("spool", spool)
                .bind("sequence", sequence)
                .mapTo(String.class)
                .findOne();
    }

    /** By members and not by text: what an earlier version stored lacks members that this one writes. */
    private static boolean isSame(String stored, Event event) {
        try {
            return Wire.read(stored, Event.class).equals(Wire.read(Columns.json(event), Event.class));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private StoredBodies() {}
}
