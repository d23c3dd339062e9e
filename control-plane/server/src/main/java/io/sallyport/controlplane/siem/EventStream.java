package io.sallyport.controlplane.siem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.Fault;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.configuration.StreamSettings;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.Database;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every stored event to one receiver, at least once and nearly in order, on a thread of its own.
 *
 * <p>Ids are handed out before commit, so a smaller one can appear later. What was sent is remembered, and the cursor in the store only moves
 * over events below which none can appear any more, see {@link SettledIds}: after a restart those of the last moments are sent again.
 */
public final class EventStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int LOT = 200;
    private static final int WINDOW = 100_000;
    private static final long ROUND_MILLIS = 500;
    private static final long LONGEST_PAUSE = 60_000;

    private final String name;
    private final StreamReceiver receiver;
    private final StreamCursor cursor;
    private final Database database;
    private final EventQuery events;
    private final AuditLog audit;
    private final SettledIds settled;
    private final Set<Long> sent = new TreeSet<>();
    private final Thread thread;
    private long settledUpTo;
    private volatile boolean closed;

    /** @throws StartFailure for settings that cannot work */
    public EventStream(StreamSettings settings, Database database, EventQuery events, AuditLog audit, Clock clock) {
        if (settings.name() == null
                || settings.name().isBlank()
                || settings.name().length() > 100) {
            throw new StartFailure("settings: every stream needs a name");
        }
        this.name = settings.name();
        this.receiver = receiver(settings);
        this.cursor = new StreamCursor(database, name, Secrets.identifier(), clock);
        this.database = database;
        this.events = events;
        this.audit = audit;
        this.settled = new SettledIds(database, events);
        this.thread = new Thread(this::run, "stream-" + name);
        thread.setDaemon(true);
    }

    private static StreamReceiver receiver(StreamSettings settings) {
        URI http = settings.http();
        URI syslog = settings.syslog();
        if (http != null && syslog == null) {
            return new HttpReceiver(settings.name(), http, settings.authorization(), settings.ca());
        }
        if (syslog != null && http == null) {
            return new SyslogReceiver(settings.name(), syslog, settings.ca());
        }
        throw new StartFailure("settings: stream " + settings.name() + " needs either http or syslog");
    }

    public void start() {
        thread.start();
    }

    private void run() {
        long pause = ROUND_MILLIS;
        while (!closed) {
            try {
                round();
                pause = ROUND_MILLIS;
            } catch (IOException | RuntimeException e) {
                pause = Math.min(LONGEST_PAUSE, pause * 2);
                if (!closed) {
                    LOG.warn(
                            "stream {}: not sent, trying again in {} ms: {}",
                            name,
                            pause,
                            e instanceof IOException ? e.getMessage() : Fault.of(e));
                }
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void round() throws IOException {
        OptionalLong held = cursor.hold();
        if (held.isEmpty()) {
            sent.clear();
            return;
        }
        List<Long> arrived = events.idsAfter(held.getAsLong(), WINDOW);
        if (arrived.isEmpty()) {
            return;
        }
        Lots lots = new Lots(this::send);
        List<Long> lot = new ArrayList<>();
        for (long id : arrived) {
            if (!sent.contains(id)) {
                lot.add(id);
            }
            if (lot.size() == LOT) {
                send(lots, lot);
            }
        }
        send(lots, lot);
        lots.end();
        long behind = held.getAsLong();
        for (long id : arrived) {
            if (id > settledUpTo || !sent.contains(id)) {
                break;
            }
            behind = id;
        }
        if (behind > held.getAsLong()) {
            cursor.advance(behind);
            long upTo = behind;
            sent.removeIf(id -> id <= upTo);
        }
        // For the next round, which reads after it.
        settledUpTo = settled.upTo();
    }

    private void send(Lots lots, List<Long> lot) throws IOException {
        if (lot.isEmpty() || closed) {
            return;
        }
        for (List<Long> part : events.parts(lot)) {
            lots.send(part);
        }
        lot.clear();
        setAside(lots.givenUp());
    }

    private void send(List<Long> ids) throws IOException {
        // Splitting takes many requests: another replica would believe this one dead.
        cursor.hold();
        List<ObjectNode> mapped = events.byIds(ids).stream().map(EcsEvent::of).toList();
        if (!mapped.isEmpty()) {
            receiver.send(mapped);
        }
        sent.addAll(ids);
    }

    /** They stay in the store; the stream goes on without them. */
    private void setAside(Map<Long, String> rejected) {
        if (rejected.isEmpty()) {
            return;
        }
        rejected.forEach((id, why) -> LOG.warn("stream {}: event {} is set aside: {}", name, id, why));
        database.run(tx -> rejected.forEach((id, why) -> audit.write(
                tx,
                "control plane",
                "stream.rejected",
                name,
                "event " + id + " was not taken and is set aside: " + why + " when it was sent alone")));
        sent.addAll(rejected.keySet());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(2_000);
            cursor.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("the lease of stream {} ends by itself", name, e);
        }
        receiver.close();
    }
}
