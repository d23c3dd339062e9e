package io.sallyport.link.upload;

import io.sallyport.link.channel.AgentChannel;
import io.sallyport.link.spool.Batch;
import io.sallyport.link.spool.LeftoverSpool;
import io.sallyport.link.spool.Spool;
import io.sallyport.link.spool.UploadableSpool;
import io.sallyport.protocol.ServerMessage.EventsAck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends this process's events, and when those are all under way the ones that earlier processes left behind. Owned by the link's thread.
 *
 * <p>On each new connection it begins behind what the control plane says it has, so that nothing is sent twice on purpose; what is sent twice by
 * accident (a confirmation lost with the connection) carries the same {@code (spool, sequence)} and is stored once.
 */
public final class Uploader {

    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);

    private static final long FULL_PACE = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long SMALL_PACE = TimeUnit.MILLISECONDS.toNanos(20);

    private final Spool spool;
    private final List<LeftoverSpool> leftovers;
    private final Consumer<String> notices;
    private final List<Lane> lanes = new ArrayList<>();
    private long nextAt = System.nanoTime();

    /** @param notices hears, in one line, of a spool that cannot be uploaded */
    public Uploader(Spool spool, List<LeftoverSpool> leftovers, Consumer<String> notices) {
        this.spool = spool;
        this.leftovers = new ArrayList<>(leftovers);
        this.notices = notices;
    }

    /** A new connection is up; {@code acknowledged} is what the control plane has of this process's spool. */
    public void begin(long acknowledged) throws IOException {
        end();
        spool.acknowledge(acknowledged);
        lanes.add(new Lane(spool, spool.acknowledged()));
        for (UploadableSpool leftover : leftovers) {
            lanes.add(new Lane(leftover, leftover.acknowledged()));
        }
    }

    /**
     * Sends one batch if there is one and the connection takes it. Paced, since the control plane bounds frames per second: small batches
     * wait a moment to become larger ones.
     *
     * @return whether there may be more to send shortly
     */
    public boolean step(AgentChannel channel) {
        long now = System.nanoTime();
        if (now - nextAt < 0 || !channel.isWritable()) {
            return false;
        }
        for (Lane lane : List.copyOf(lanes)) {
            try {
                Batch batch = lane.next(now);
                if (batch != null) {
                    nextAt = now + (Lane.isFull(batch) ? FULL_PACE : SMALL_PACE);
                    channel.send(batch.frame());
                    return true;
                }
            } catch (IOException e) {
                LOG.debug("Upload of spool {} stopped", lane.spool(), e);
                notices.accept("events cannot be uploaded: " + e.getMessage()
                        + "; check the spool directory and run `verify` on it");
                remove(lane);
            }
        }
        return false;
    }

    public void confirmed(EventsAck ack) {
        for (Lane lane : List.copyOf(lanes)) {
            if (lane.spool().equals(ack.spool())) {
                try {
                    lane.confirmed(ack.upTo());
                } catch (IOException e) {
                    // Uploaded once more after a restart; the control plane knows the sequence numbers.
                    LOG.debug("Confirmation of spool {} not noted", lane.spool(), e);
                }
                if (!lane.spool().equals(spool.id()) && lane.drained()) {
                    remove(lane);
                    leftovers.removeIf(leftover -> leftover.id().equals(lane.spool()));
                }
            }
        }
    }

    /** Whether everything that can be uploaded is confirmed. */
    public boolean drained() {
        return lanes.stream().allMatch(Lane::drained);
    }

    /** Nanoseconds that the oldest unconfirmed batch has waited. */
    public long stalledFor() {
        long now = System.nanoTime();
        long oldest = now;
        for (Lane lane : lanes) {
            long since = lane.waitingSince(now);
            oldest = since - oldest < 0 ? since : oldest;
        }
        return now - oldest;
    }

    /** The connection is gone. */
    public void end() {
        List.copyOf(lanes).forEach(this::remove);
    }

    private void remove(Lane lane) {
        lanes.remove(lane);
        try {
            lane.close();
        } catch (IOException e) {
            LOG.debug("Spool {} not closed", lane.spool(), e);
        }
    }
}
