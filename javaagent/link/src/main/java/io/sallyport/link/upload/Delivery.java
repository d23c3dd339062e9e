package io.sallyport.link.upload;

import io.sallyport.link.spool.Batch;
import io.sallyport.link.spool.SpoolReader;
import io.sallyport.link.spool.UploadableSpool;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One spool on its way over one connection: what was sent and what of it is confirmed. Not thread-safe. */
final class Delivery implements AutoCloseable {

    /** Well below the 64 KiB that WebSocket servers take without being told otherwise. */
    private static final int BATCH_BYTES = 40 * 1024;

    private static final int BATCH_EVENTS = 200;

    /** Unconfirmed batches; at most about 640 KiB. */
    private static final int WINDOW = 16;

    private final UploadableSpool spool;
    private final SpoolReader reader;
    private boolean ended;
    private final Deque<Sent> unconfirmed = new ArrayDeque<>();

    /** @param behind sequence number that the control plane has already */
    Delivery(UploadableSpool spool, long behind) throws IOException {
        this.spool = spool;
        this.reader = spool.read(behind + 1);
    }

    /** The same spool on its way from number {@code from} on, of which nothing is confirmed. */
    Delivery again(long from) throws IOException {
        return new Delivery(spool, Math.max(spool.acknowledged(), Math.min(from, reader.position()) - 1));
    }

    String spool() {
        return spool.id();
    }

    /** The next batch; {@code null} when there is none or the window is full. */
    @Nullable
    Batch next(long now) throws IOException {
        if (ended || unconfirmed.size() >= WINDOW) {
            return null;
        }
        Batch batch = Batch.read(reader, spool.id(), spool.last(), BATCH_EVENTS, BATCH_BYTES);
        if (batch != null) {
            unconfirmed.add(new Sent(batch.last(), now));
        }
        return batch;
    }

    /** Goes on behind damage; where nothing whole is left there, nothing more is sent. */
    void skip() throws IOException {
        ended = !reader.skip();
    }

    /** Whether the batch ended because it was large enough, so that there probably is more. */
    static boolean isFull(Batch batch) {
        return batch.last() - batch.first() + 1 >= BATCH_EVENTS || batch.frame().readableBytes() >= BATCH_BYTES;
    }

    /** Takes a confirmation; one of records that were not sent counts only up to those that were. */
    void confirmed(long upTo) throws IOException {
        long known = Math.min(upTo, reader.position() - 1);
        while (!unconfirmed.isEmpty() && unconfirmed.element().last <= known) {
            unconfirmed.remove();
        }
        spool.acknowledge(known);
    }

    boolean drained() {
        return spool.acknowledged() >= spool.last() || ended && unconfirmed.isEmpty();
    }

    /** When the oldest unconfirmed batch was sent; {@code now} when there is none. */
    long waitingSince(long now) {
        Sent oldest = unconfirmed.peek();
        return oldest == null ? now : oldest.at;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private record Sent(long last, long at) {}
}
