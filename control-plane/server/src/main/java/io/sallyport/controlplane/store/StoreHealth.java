package io.sallyport.controlplane.store;

import io.sallyport.controlplane.Fault;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store answers, and what other replicas post is heard: one that reads on some connections and is deaf on others is not part of the
 * whole. A thread of its own asks it again and again, so that whoever wants to know never waits for a store that is away, and
 * however often they ask, it costs the store nothing. Thread-safe.
 */
public final class StoreHealth implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Longer than a store under load lets a question wait. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Database database;
    private final ScheduledExecutorService asking;
    private volatile long answered = System.nanoTime();
    private boolean told;
    private boolean toldOfRoom;

    public StoreHealth(Database database) {
        this.database = database;
        this.asking = Executors.newSingleThreadScheduledExecutor(run -> {
            Thread thread = new Thread(run, "store health");
            thread.setDaemon(true);
            return thread;
        });
        var unused = asking.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is the matter, for its operator; {@code null} where it answers and takes what is to be stored. */
    public @Nullable String trouble() {
        if (database.room().isLacking()) {
            return DiskRoom.TROUBLE;
        }
        return answers()
                ? null
                : "the store does not answer, or not on every connection; look at the database, this goes on by itself when it is back";
    }

    /** Whether it can be read, and hears of what other replicas post. */
    public boolean answers() {
        return System.nanoTime() - answered < SILENCE.toNanos()
                && database.notices().behind().compareTo(SILENCE) < 0;
    }

    private void ask() {
        lookForRoom();
        try {
            database.glance(handle ->
                    handle.createQuery("select 1").mapTo(Integer.class).one());
            answered = System.nanoTime();
            if (told) {
                told = false;
                LOG.info("the store answers again");
            }
        } catch (RuntimeException e) {
            database.suspect(e);
            if (!told) {
                told = true;
                LOG.warn(
                        "the store does not answer; until it does nobody can sign in, decide or read: {}", Fault.of(e));
            }
        }
    }

    private void lookForRoom() {
        DiskRoom room = database.room();
        room.look();
        if (room.isLacking() != toldOfRoom) {
            toldOfRoom = room.isLacking();
            if (toldOfRoom) {
                LOG.warn("{}; agents keep what they record", DiskRoom.TROUBLE);
            } else {
                LOG.info("there is room on the disk of the data directory again");
            }
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
