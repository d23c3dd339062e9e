package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Database;
import io.sallyport.protocol.RecordChain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies what is stored of a workload's recordings against its chain. Thread-safe. */
public final class ChainCheck {

    private final Database database;

    public ChainCheck(Database database) {
        this.database = database;
    }

    /**
     * @param first and {@code last} sequence numbers that are there; 0 where none is
     * @param deleted last number that is not stored here, because its retention was over or another workload had uploaded it; 0 for none
     * @param problem what was found, {@code null} when nothing was
     */
    public record Checked(
            String recording,
            long events,
            long first,
            long last,
            long deleted,
            @Nullable String problem) {}

    private record Spool(String name, long acknowledged, String head, String anchor, long anchored) {}

    private record Row(long sequence, @Nullable String chain, String body) {}

    public List<Checked> of(String workload) {
        List<Spool> spools = database.read(handle -> handle.createQuery(
                        "select spool, acknowledged, head, anchor, anchored from spool where workload_id = :workload order by spool")
                .bind("workload", workload)
                .map((row, ctx) -> new Spool(
                        row.getString("spool"),
                        row.getLong("acknowledged"),
                        row.getString("head"),
                        row.getString("anchor"),
                        row.getLong("anchored")))
                .list());
        List<Checked> checked = new ArrayList<>();
        spools.forEach(spool -> checked.add(check(workload, spool)));
        return checked;
    }

    private Checked check(String workload, Spool spool) {
        Walk walk = new Walk(spool);
        database.read(handle -> {
            handle.createQuery(
                            "select sequence, chain, body from event where workload_id = :workload and spool = :spool"
                                    + " and sequence > :anchored order by sequence")
                    .bind("workload", workload)
                    .bind("spool", spool.name())
                    .bind("anchored", spool.anchored())
                    .setFetchSize(500)
                    .map((row, ctx) -> new Row(row.getLong("sequence"), row.getString("chain"), row.getString("body")))
                    .forEach(walk::step);
            return true;
        });
        return walk.end();
    }

    private static final class Walk {
        private final Spool spool;
        private String chain;
        private long events;
        private long first;
        private long last;
        private @Nullable String problem;

        Walk(Spool spool) {
            this.spool = spool;
            this.chain = spool.anchor();
        }

        void step(Row row) {
            if (problem != null) {
                return;
            }
            first = first == 0 ? row.sequence() : first;
            chain = RecordChain.next(chain, RecordChain.digest(row.sequence(), row.body()));
            if (!chain.equals(row.chain())) {
                problem = "event " + row.sequence() + " was altered, or one before it was dropped or inserted";
            }
            last = row.sequence();
            events++;
        }

        Checked end() {
            if (problem == null && !chain.equals(spool.head())) {
                problem = "events behind " + last + " are missing; " + spool.acknowledged() + " were stored";
            }
            return new Checked(spool.name(), events, first, last, spool.anchored(), problem);
        }
    }
}
