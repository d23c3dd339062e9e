package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.RecordChain;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recording of that name under other workloads: the process enrolled anew, or its disk was copied.
 *
 * @param recordings the one that has most of it first; sealed ones only
 * @param name of the first
 * @param acknowledged how far that has it
 */
record Twin(List<StoredRecording> recordings, String name, long acknowledged) {

    String describe(String spool) {
        return "recording " + spool + " was uploaded by another workload before: " + name + " ("
                + recordings.get(0).workload() + "), events 1 to " + acknowledged
                + "; what is the same stays there and is not counted again. The process enrolled anew, or its disk"
                + " was copied";
    }

    /** Of what nothing proves there is no twin: whoever wrote such a row would have us take for stored what never was. */
    static @Nullable Twin of(Tx tx, StoreSeal seal, String workload, String spool) {
        List<StoredRecording> others = tx
                .query(StoredRecording.SELECT
                        + " where spool = :spool and workload_id <> :workload and acknowledged > 0"
                        + " order by acknowledged desc, workload_id")
                .bind("spool", spool)
                .bind("workload", workload)
                .map(StoredRecording::read)
                .list()
                .stream()
                .filter(other -> other.isSealedBy(seal))
                .toList();
        if (others.isEmpty()) {
            return null;
        }
        StoredRecording most = others.get(0);
        String name = tx.query("select name from workload where id = :workload")
                .bind("workload", most.workload())
                .mapTo(String.class)
                .one();
        return new Twin(others, name, most.acknowledged());
    }

    /** The chain behind the last event that is shared, from which another workload's part goes on; where that is an end that is sealed, as it is sealed. */
    String chain(Tx tx, long upTo) {
        return recordings().stream()
                .flatMap(other -> chain(tx, other, upTo).stream())
                .findFirst()
                .orElse(RecordChain.START);
    }

    private static Optional<String> chain(Tx tx, StoredRecording other, long upTo) {
        if (upTo == other.acknowledged()) {
            return Optional.of(other.head());
        }
        if (upTo == other.anchored()) {
            return Optional.of(other.anchor());
        }
        return tx.query("select chain from event where workload_id = :workload and spool = :spool"
                        + " and sequence = :sequence and chain is not null")
                .bind("workload", other.workload())
                .bind("spool", other.spool())
                .bind("sequence", upTo)
                .mapTo(String.class)
                .findOne();
    }
}
