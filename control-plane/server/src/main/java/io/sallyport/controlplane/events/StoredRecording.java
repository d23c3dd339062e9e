package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.RecordChain;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * How much of a recording is stored: one row, sealed. Whoever changes it holds its lock.
 *
 * @param ordinal its place in the {@link RecordingList}; 0: it was stored before recordings were sealed
 * @param acknowledged number of the last event that is stored, {@code head} the chain behind it
 * @param anchored up to where nothing is stored under this workload (its retention is over, or another workload has it), {@code anchor} the chain there
 * @param ended its last number, where its process confirmed that all of it is stored; {@link #UNTOLD}, {@link #OPEN} or {@link #GONE}
 * @param seal see {@link StoreSeal}
 */
record StoredRecording(
        String workload,
        String spool,
        long ordinal,
        long acknowledged,
        String head,
        long anchored,
        String anchor,
        long ended,
        String seal) {

    /** What the control plane itself says about a workload; no agent may use the name. */
    static final String OWN = "control-plane";

    /** Its workload does not say what becomes of it: an agent of a version that does not, or nothing but its events came. */
    static final long UNTOLD = -3;

    /** It goes on, or waits on the workload's disk. */
    static final long OPEN = -1;

    /** It is no longer on the workload's disk, without that workload's word that all of it is stored. */
    static final long GONE = -2;

    static final String SELECT =
            "select workload_id, spool, ordinal, acknowledged, head, anchored, anchor, ended, seal from spool";

    static StoredRecording fresh(String workload, String spool, long ordinal, StoreSeal seal) {
        return new StoredRecording(workload, spool, ordinal, 0, RecordChain.START, 0, RecordChain.START, UNTOLD, "")
                .sealed(seal);
    }

    static @Nullable StoredRecording find(Handle handle, String workload, String spool) {
        return handle.createQuery(SELECT + " where workload_id = :workload and spool = :spool")
                .bind("workload", workload)
                .bind("spool", spool)
                .map(StoredRecording::read)
                .findOne()
                .orElse(null);
    }

    static StoredRecording lock(Tx tx, String workload, String spool) {
        return tx.query(SELECT + " where workload_id = :workload and spool = :spool for update")
                .bind("workload", workload)
                .bind("spool", spool)
                .map(StoredRecording::read)
                .findOne()
                .orElseGet(() -> {
                    // Somebody removed the row: what comes is taken, and nothing vouches for it.
                    StoredRecording removed = new StoredRecording(
                            workload, spool, 0, 0, RecordChain.START, 0, RecordChain.START, OPEN, "");
                    removed.insert(tx);
                    return removed;
                });
    }

    static StoredRecording read(ResultSet row, StatementContext context) throws SQLException {
        return new StoredRecording(
                row.getString("workload_id"),
                row.getString("spool"),
                row.getLong("ordinal"),
                row.getLong("acknowledged"),
                row.getString("head"),
                row.getLong("anchored"),
                row.getString("anchor"),
                row.getLong("ended"),
                row.getString("seal"));
    }

    boolean hasOwn() {
        return acknowledged > anchored;
    }

    boolean isEmpty() {
        return acknowledged == 0;
    }

    boolean isClosed() {
        return ended >= 0 && ended == acknowledged;
    }

    /** Whether somebody else wrote to the row. What was stored before there were seals has none. */
    boolean isAltered(StoreSeal key) {
        boolean early = ordinal == 0 && seal.isEmpty() && !isEmpty();
        return !early && !isSealedBy(key);
    }

    boolean isSealedBy(StoreSeal key) {
        return StoreSeal.same(seal, sealOf(key));
    }

    private String sealOf(StoreSeal key) {
        return key.of("recording", workload, spool, ordinal, acknowledged, head, anchored, anchor, ended);
    }

    private StoredRecording sealed(StoreSeal key) {
        return new StoredRecording(workload, spool, ordinal, acknowledged, head, anchored, anchor, ended, sealOf(key));
    }

    /** Whether an event was stored before recordings were chained. */
    boolean isUnchained(long sequence, @Nullable String chain) {
        return chain == null && sequence <= anchored && ordinal == 0;
    }

    /** Whether an event can be the next one of what is stored here; {@code chain}: recomputed from the anchor. */
    boolean isContinuedBy(long sequence, String chain) {
        return sequence > anchored && (sequence < acknowledged || sequence == acknowledged && chain.equals(head));
    }

    StoredRecording upTo(long position, String chain) {
        return new StoredRecording(workload, spool, ordinal, position, chain, anchored, anchor, ended, seal);
    }

    /** Nothing up to there is stored here. */
    StoredRecording anchoredAt(long sequence, String chain) {
        boolean behind = sequence > acknowledged;
        return new StoredRecording(
                workload,
                spool,
                ordinal,
                behind ? sequence : acknowledged,
                behind ? chain : head,
                sequence,
                chain,
                ended,
                seal);
    }

    /** @param as the last number, or {@link #GONE} */
    StoredRecording ending(long as) {
        return new StoredRecording(workload, spool, ordinal, acknowledged, head, anchored, anchor, as, seal);
    }

    /**
     * Stores what became of the row.
     *
     * @param before as it was locked: what does not carry its seal never gets one again, so that what somebody else wrote is not vouched for
     */
    void store(Tx tx, StoredRecording before, StoreSeal key) {
        StoredRecording now = before.isSealedBy(key) ? sealed(key) : this;
        now.bind(
                        tx.update(
                                "update spool set acknowledged = :acknowledged, head = :head, anchored = :anchored, anchor = :anchor,"
                                        + " ended = :ended, seal = :seal where workload_id = :workload and spool = :spool and ordinal = :ordinal"))
                .execute();
    }

    void insert(Tx tx) {
        bind(tx.update(
                        "insert into spool (workload_id, spool, ordinal, acknowledged, head, anchored, anchor, ended, seal)"
                                + " values (:workload, :spool, :ordinal, :acknowledged, :head, :anchored, :anchor, :ended, :seal)"))
                .execute();
    }

    private Update bind(Update update) {
        return update.bind("workload", workload)
                .bind("spool", spool)
                .bind("ordinal", ordinal)
                .bind("acknowledged", acknowledged)
                .bind("head", head)
                .bind("anchored", anchored)
                .bind("anchor", anchor)
                .bind("ended", ended)
                .bind("seal", seal);
    }
}
