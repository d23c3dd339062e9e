package io.sallyport.controlplane.events;

import io.sallyport.controlplane.sessions.SessionTally;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.RecordChain;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The rows of one transaction, and what they add to the counters of their workloads. Workloads are counted in the order of their ids, so that two
 * transactions never wait for each other. Used by one thread.
 */
final class EventRows {

    private static final String INSERT =
            "insert into event (workload_id, spool, sequence, received_at, kind, verdict, target, session, body, chain, text_id)"
                    + " values (:workload, :spool, :sequence, :at, :kind, :verdict, :target, :session, :body, :chain, :text)";

    private final Tx tx;
    private final Instant now;
    private final Map<Event, Long> texts;
    private PreparedBatch batch;
    private final Map<String, Counts> counts = new TreeMap<>();

    /** @param texts see {@link EventTexts#of} */
    EventRows(Tx tx, Instant now, Map<Event, Long> texts) {
        this.texts = texts;
        this.tx = tx;
        this.now = now;
        tx.takesIds();
        this.batch = tx.handle().prepareBatch(INSERT);
    }

    private static final class Counts {
        final Tally calls = new Tally();
        final SessionTally sessions = new SessionTally();
        final Map<String, ShapeTally> shapes = new TreeMap<>();
    }

    /** @return the chain behind the last of them, see {@link RecordChain} */
    String add(String workload, String spool, List<AgentMessage.Numbered> events, String head) {
        Counts adding = counts.computeIfAbsent(workload, w -> new Counts());
        String chain = head;
        for (AgentMessage.Numbered numbered : events) {
            Event event = numbered.event();
            String body = Columns.json(event);
            chain = RecordChain.next(chain, RecordChain.digest(numbered.sequence(), body));
            batch.bind("workload", workload)
                    .bind("spool", spool)
                    .bind("sequence", numbered.sequence())
                    .bind("at", now)
                    .bind("kind", EventLog.kind(event))
                    .bind("verdict", EventLog.verdict(event))
                    .bind("target", Clip.text(event.target(), 2000))
                    .bindByType("session", SessionTally.name(event), String.class)
                    .bind("body", body)
                    .bind("chain", chain)
                    .bindByType("text", texts.get(event), Long.class)
                    .add();
            adding.calls.count(event);
            adding.sessions.count(event);
            adding.shapes.computeIfAbsent(spool, s -> new ShapeTally()).count(numbered.sequence(), event);
        }
        return chain;
    }

    /** Makes what was added visible to the statements that follow. */
    void write() {
        if (batch.size() > 0) {
            batch.execute();
            batch = tx.handle().prepareBatch(INSERT);
        }
    }

    void store() {
        write();
        counts.forEach((workload, added) -> {
            added.calls.store(tx, workload, now);
            added.sessions.store(tx, workload);
            added.shapes.forEach((spool, shapes) -> shapes.store(tx, workload, spool, now));
        });
    }
}
