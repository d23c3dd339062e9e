package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.RecordChain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recording of that name under other workloads: the process enrolled anew, or its disk was copied.
 *
 * @param workloads the one that has most of it first
 * @param name of the first
 * @param acknowledged how far that has it
 */
record Twin(List<String> workloads, String name, long acknowledged) {

    String describe(String spool) {
        return "recording " + spool + " was uploaded by another workload before: " + name + " ("
                + workloads.get(0) + "), events 1 to " + acknowledged
                + "; what is the same stays there and is not counted again. The process enrolled anew, or its disk"
                + " was copied";
    }

    static @Nullable Twin of(Tx tx, String workload, String spool) {
        List<Twin> others = tx.query(
                        "select s.workload_id, s.acknowledged, w.name from spool s join workload w on w.id = s.workload_id"
                                + " where s.spool = :spool and s.workload_id <> :workload and s.acknowledged > 0"
                                + " order by s.acknowledged desc, s.workload_id")
                .bind("spool", spool)
                .bind("workload", workload)
                .map((row, ctx) -> new Twin(
                        List.of(row.getString("workload_id")), row.getString("name"), row.getLong("acknowledged")))
                .list();
        if (others.isEmpty()) {
            return null;
        }
        Twin most = others.get(0);
        List<String> workloads =
                others.stream().map(other -> other.workloads().get(0)).toList();
        return new Twin(workloads, most.name(), most.acknowledged());
    }

    /** The chain behind the last event that is shared, from which another workload's part goes on. */
    String chain(Tx tx, String spool, long upTo) {
        return workloads().stream()
                .flatMap(other -> tx
                        .query("select chain from event where workload_id = :workload and spool = :spool"
                                + " and sequence = :sequence and chain is not null")
                        .bind("workload", other)
                        .bind("spool", spool)
                        .bind("sequence", upTo)
                        .mapTo(String.class)
                        .list()
                        .stream())
                .findFirst()
                .orElse(RecordChain.START);
    }
}
