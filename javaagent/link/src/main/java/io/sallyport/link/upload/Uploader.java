package io.sallyport.link.upload;

import io.sallyport.link.channel.AgentChannel;
import io.sallyport.link.spool.Batch;
import io.sallyport.link.spool.Damage;
import io.sallyport.link.spool.DamagedSpoolException;
import io.sallyport.link.spool.LeftoverSpool;
import io.sallyport.link.spool.Spool;
import io.sallyport.link.spool.UploadableSpool;
import io.sallyport.protocol.ServerMessage.EventsAck;
import io.sallyport.protocol.ServerMessage.EventsAgain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Set<String> alarmed = new HashSet<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private long nextAt = System.nanoTime();

    /** @param notices hears, in one line, of a spool that cannot be uploaded */
    public Uploader(Spool spool, List<LeftoverSpool> leftovers, Consumer<String> notices) {
        this.spool = spool;
        this.leftovers = new ArrayList<>(leftovers);
        this.notices = notices;
        for (LeftoverSpool leftover : leftovers) {
            String damage = leftover.damage();
            if (damage != null) {
                alarm(leftover.id(), damage);
            }
        }
    }

    private void alarm(String recording, String damage) {
        String what = Damage.describe(recording, damage);
        if (alarmed.add(recording)) {
            notices.accept(what);
            spool.append(Damage.alarm(what));
            // Sealed at once: of this process's own recording, what is behind the damage is looked for next.
            spool.seal();
        }
    }

    /**
     * A new connection is up.
     *
     * @param acknowledged what the control plane has of this process's spool
     * @param stored the same of those that earlier processes left, as far as it tells
     */
    public void begin(long acknowledged, Map<String, Long> stored) throws IOException {
        end();
        spool.acknowledge(acknowledged);
        // The control plane may know less than it has confirmed, when it was restored from a backup. It gets again what
        // is still here, and sees what is not as a gap.
        deliveries.add(new Delivery(spool, acknowledged));
        for (UploadableSpool leftover : leftovers) {
            long confirmed = leftover.acknowledged();
            deliveries.add(new Delivery(leftover, Math.min(confirmed, stored.getOrDefault(leftover.id(), confirmed))));
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
        for (Delivery delivery : List.copyOf(deliveries)) {
            try {
                Batch batch = delivery.next(now);
                if (batch != null) {
                    nextAt = now + (Delivery.isFull(batch) ? FULL_PACE : SMALL_PACE);
                    channel.send(batch.frame());
                    return true;
                }
            } catch (DamagedSpoolException e) {
                alarm(delivery.spool(), String.valueOf(e.getMessage()));
                try {
                    delivery.skip();
                } catch (IOException unreadable) {
                    LOG.debug("Upload of spool {} stopped", delivery.spool(), unreadable);
                    remove(delivery);
                }
            } catch (IOException e) {
                LOG.debug("Upload of spool {} stopped", delivery.spool(), e);
                notices.accept("events cannot be uploaded: " + e.getMessage()
                        + "; check the spool directory and run `verify` on it");
                remove(delivery);
            }
        }
        return false;
    }

    public void confirmed(EventsAck ack) {
        compare(ack);
        for (Delivery delivery : List.copyOf(deliveries)) {
            if (delivery.spool().equals(ack.spool())) {
                try {
                    delivery.confirmed(ack.upTo());
                } catch (IOException e) {
                    // Uploaded once more after a restart; the control plane knows the sequence numbers.
                    LOG.debug("Confirmation of spool {} not noted", delivery.spool(), e);
                }
                if (!delivery.spool().equals(spool.id()) && delivery.drained()) {
                    remove(delivery);
                    leftovers.removeIf(leftover -> leftover.id().equals(delivery.spool()));
                }
            }
        }
    }

    /** The control plane had no room for what was sent from number {@code from} on. */
    public void again(EventsAgain wanted) {
        for (int i = 0; i < deliveries.size(); i++) {
            Delivery before = deliveries.get(i);
            if (before.spool().equals(wanted.spool())) {
                try {
                    deliveries.set(i, before.again(wanted.from()));
                    before.close();
                } catch (IOException e) {
                    LOG.debug("Spool {} is not sent again before the next connection", before.spool(), e);
                }
            }
        }
    }

    /** Whether what lies here is as new as what was confirmed of it. */
    private void compare(EventsAck ack) {
        for (LeftoverSpool leftover : leftovers) {
            try {
                String outdated = leftover.id().equals(ack.spool()) ? leftover.outdatedBy(ack.upTo()) : null;
                if (outdated != null) {
                    alarm(leftover.id(), outdated);
                }
            } catch (IOException e) {
                LOG.debug("That spool {} is outdated is not noted", leftover.id(), e);
            }
        }
    }

    /** Whether everything that can be uploaded is confirmed. */
    public boolean drained() {
        return deliveries.stream().allMatch(Delivery::drained);
    }

    /** Nanoseconds that the oldest unconfirmed batch has waited. */
    public long stalledFor() {
        long now = System.nanoTime();
        long oldest = now;
        for (Delivery delivery : deliveries) {
            long since = delivery.waitingSince(now);
            oldest = since - oldest < 0 ? since : oldest;
        }
        return now - oldest;
    }

    /** The connection is gone. */
    public void end() {
        List.copyOf(deliveries).forEach(this::remove);
    }

    private void remove(Delivery delivery) {
        deliveries.remove(delivery);
        try {
            delivery.close();
        } catch (IOException e) {
            LOG.debug("Spool {} not closed", delivery.spool(), e);
        }
    }
}
