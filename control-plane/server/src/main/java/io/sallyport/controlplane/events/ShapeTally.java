package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.record.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which statement shapes one batch of events brings, by the place in the code that sends them: stored in the transaction that stores the
 * batch. Used by one thread. A workload has a few hundred; of one that makes up its statements no more than {@link #MOST} are kept.
 */
final class ShapeTally {

    static final int MOST = 20_000;

    private final Map<String, Seen> shapes = new TreeMap<>();

    private static final class Seen {
        final String target;
        final String site;
        final String shape;
        final long sequence;
        long calls;

        Seen(String target, String site, String shape, long sequence) {
            this.target = target;
            this.site = site;
            this.shape = shape;
            this.sequence = sequence;
        }
    }

    void count(long sequence, Event event) {
        String target = event.target();
        String shape = event.detail();
        if (event.type() != Event.Type.DECISION || target == null || shape == null || !target.startsWith("jdbc:")) {
            return;
        }
        String site = site(event.callSite());
        shapes.computeIfAbsent(key(target, site, shape), k -> new Seen(target, site, shape, sequence)).calls++;
    }

    /** Class and method without a line, since lines move. */
    private static String site(@Nullable String callSite) {
        String site = callSite == null ? "" : callSite;
        int line = site.lastIndexOf(':');
        return line > 0 && site.substring(line + 1).matches("[0-9]+") ? site.substring(0, line) : site;
    }

    private static String key(String target, String site, String shape) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((target + '\n' + site + '\n' + shape).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void store(Tx tx, String workload, String spool, Instant now) {
        shapes.forEach((key, seen) -> {
            int known = tx.update("update statement_shape set calls = calls + :calls, last_at = :now"
                            + " where workload_id = :workload and shape_key = :key")
                    .bind("calls", seen.calls)
                    .bind("now", now)
                    .bind("workload", workload)
                    .bind("key", key)
                    .execute();
            if (known == 0) {
                insert(tx, workload, spool, now, key, seen);
            }
        });
    }

    private static void insert(Tx tx, String workload, String spool, Instant now, String key, Seen seen) {
        tx.update("insert into statement_shape (workload_id, shape_key, target, site, shape, calls, first_at, last_at,"
                        + " first_spool, first_sequence, fresh) select :workload, :key, :target, :site, :shape, :calls,"
                        + " cast(:now as timestamp with time zone), cast(:now as timestamp with time zone), :spool, :sequence,"
                        + " not exists (select 1 from statement_shape o join workload w on w.id = o.workload_id"
                        + " where o.shape_key = :key and w.name = (select name from workload where id = :workload))"
                        + " from workload where id = :workload"
                        + " and (select count(*) from statement_shape where workload_id = :workload) < :most")
                .bind("workload", workload)
                .bind("key", key)
                .bind("target", Clip.text(seen.target, 2000))
                .bind("site", Clip.text(seen.site, 500))
                .bind("shape", Clip.text(seen.shape, 16_000))
                .bind("calls", seen.calls)
                .bind("now", now)
                .bind("spool", spool)
                .bind("sequence", seen.sequence)
                .bind("most", MOST)
                .execute();
    }
}
