package io.sallyport.controlplane.events;

import io.sallyport.controlplane.policy.PolicySigner;
import io.sallyport.controlplane.store.Database;
import io.sallyport.protocol.EventBundle;
import io.sallyport.protocol.RecordChain;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Writes a session as a bundle that can be verified offline, see {@link EventBundle}. Thread-safe. */
public final class SignedExport {

    private final Database database;
    private final ChainCheck check;
    private final PolicySigner signer;
    private final Clock clock;

    public SignedExport(Database database, ChainCheck check, PolicySigner signer, Clock clock) {
        this.database = database;
        this.check = check;
        this.signer = signer;
        this.clock = clock;
    }

    private record Part(String spool, long first, long last) {}

    /**
     * Row by row, so that a long session needs no memory for all of it, and of one moment: what comes in meanwhile is not in it, what is deleted
     * meanwhile is.
     *
     * @return whether anything of the session is in a chain; else nothing was written
     */
    public boolean write(String workload, String name, String session, String by, Writer out) throws IOException {
        try {
            return database.snapshot(handle -> {
                List<Part> parts = parts(handle, workload, session);
                if (parts.isEmpty()) {
                    return false;
                }
                Lines lines = new Lines(out);
                Map<String, Object> head = new LinkedHashMap<>();
                head.put("bundle", 1);
                head.put("workload", name);
                head.put("session", session);
                head.put("createdAt", clock.instant().toString());
                head.put("createdBy", by);
                lines.add(head);
                parts.forEach(part -> part(handle, workload, session, part, lines));
                byte[] signature = signer.sign(EventBundle.signed(lines.digest()));
                Map<String, Object> end = new LinkedHashMap<>();
                end.put("publicKey", signer.publicKey());
                end.put("signature", Base64.getEncoder().encodeToString(signature));
                lines.add(end);
                return true;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<Part> parts(Handle handle, String workload, String session) {
        return handle.createQuery("select spool, min(sequence) as f, max(sequence) as l from event"
                        + " where workload_id = :workload and session = :session and spool is not null and chain is not null"
                        + " group by spool order by spool")
                .bind("workload", workload)
                .bind("session", session)
                .map((row, ctx) -> new Part(row.getString("spool"), row.getLong("f"), row.getLong("l")))
                .list();
    }

    private void part(Handle handle, String workload, String session, Part part, Lines lines) {
        // A thread that reads within a snapshot reads of it: what is found is about the same moment.
        String problem = check.problem(workload, part.spool());
        String before = before(handle, workload, part);
        Map<String, Object> begin = new LinkedHashMap<>();
        begin.put("recording", part.spool());
        begin.put("before", before);
        if (problem != null) {
            begin.put("problem", problem);
        }
        lines.add(begin);
        String[] chain = {before};
        handle.createQuery("select sequence, session, body from event where workload_id = :workload"
                        + " and spool = :spool and sequence between :first and :last order by sequence")
                .bind("workload", workload)
                .bind("spool", part.spool())
                .bind("first", part.first())
                .bind("last", part.last())
                .setFetchSize(500)
                .map((row, ctx) -> {
                    long sequence = row.getLong("sequence");
                    String body = row.getString("body");
                    String digest = RecordChain.digest(sequence, body);
                    chain[0] = RecordChain.next(chain[0], digest);
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("sequence", sequence);
                    boolean asked = session.equals(row.getString("session"));
                    line.put(asked ? "event" : "digest", asked ? body : digest);
                    lines.add(line);
                    return sequence;
                })
                .forEach(sequence -> {});
        lines.add(Map.of("head", chain[0]));
    }

    /** The chain that the part's first event continues: that of the one before, or what retention left of it. */
    private static String before(Handle handle, String workload, Part part) {
        return handle.createQuery("select chain from event where workload_id = :workload and spool = :spool"
                        + " and sequence < :first and chain is not null order by sequence desc limit 1")
                .bind("workload", workload)
                .bind("spool", part.spool())
                .bind("first", part.first())
                .mapTo(String.class)
                .findOne()
                .orElseGet(() -> handle.createQuery(
                                "select anchor from spool where workload_id = :workload and spool = :spool")
                        .bind("workload", workload)
                        .bind("spool", part.spool())
                        .mapTo(String.class)
                        .one());
    }

    private static final class Lines {
        private final Writer out;
        private final MessageDigest all;

        Lines(Writer out) {
            this.out = out;
            try {
                this.all = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has SHA-256", e);
            }
        }

        void add(Map<String, Object> line) {
            String text = Wire.write(line) + "\n";
            all.update(text.getBytes(StandardCharsets.UTF_8));
            try {
                out.write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] digest() {
            return all.digest();
        }
    }
}
