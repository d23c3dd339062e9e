package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.record.RecordedCall;
import io.sallyport.link.channel.LinkThreads;
import io.sallyport.link.spool.Lane.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of this process on disk; the package says how. When {@link #append} has returned {@code true}, the event survives a kill of the
 * process; it is sealed within a tenth of a second and stays until the control plane has confirmed it. Thread-safe.
 *
 * <p>{@code append} returns {@code false}, and never throws, when the budget is used up, the disk fails, the event is larger than a chunk or the
 * spool is closed; {@link #trouble()} then says why. It recovers by itself when space comes back.
 */
public final class Spool implements EventSink, UploadableSpool, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** How long an append waits for the sealer when all lanes are full. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private final SpoolDirectory directory;
    private final SpoolBudget budget;
    private final RecordingKey key;
    private final Lanes lanes;
    private final Sealer sealer;
    private final Disk disk;
    private final GroupForce group = new GroupForce(this::forceAll);
    private volatile long acknowledged;
    private volatile boolean announced;
    private boolean closed;

    private Spool(SpoolDirectory directory, SpoolBudget budget, RecordingKey key, Disk disk) throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.budget = budget;
        this.key = key;
        directory.publicKey(key.publicKey());
        this.lanes = new Lanes(directory, budget);
        this.sealer = new Sealer(directory, budget, lanes, key, disk);
        lanes.onFilling(sealer::wake);
        sealer.onHarm(this::alarm);
    }

    /**
     * Starts an empty spool in a directory of its own.
     *
     * @param parent an existing private directory, see {@link PrivateFiles}
     * @throws IOException when the directory cannot be written
     */
    public static Spool create(Path parent, SpoolBudget budget, RecordingKey key) throws IOException {
        return create(SpoolDirectory.create(parent), budget, key);
    }

    /** Starts an empty spool in that directory. */
    static Spool create(SpoolDirectory directory, SpoolBudget budget, RecordingKey key) throws IOException {
        Spool spool = new Spool(directory, budget, key, Disk.REAL);
        new LinkThreads("sealer").newThread(spool.sealer).start();
        return spool;
    }

    /** One that seals only when {@link #seal} is called. */
    static Spool createAsleep(Path parent, SpoolBudget budget, RecordingKey key) throws IOException {
        return createAsleep(parent, budget, key, Disk.REAL);
    }

    static Spool createAsleep(Path parent, SpoolBudget budget, RecordingKey key, Disk disk) throws IOException {
        return new Spool(SpoolDirectory.create(parent), budget, key, disk);
    }

    @Override
    public boolean append(Event event) {
        for (long since = 0; ; since = since(since)) {
            Lane lane = lanes.claim();
            Outcome outcome;
            try {
                outcome = sealer.accepts() ? lane.append(event, sealer.round()) : Outcome.REFUSED;
            } catch (RuntimeException | InternalError e) {
                return broken(e);
            } finally {
                lane.release();
            }
            if (outcome == Outcome.KEPT || !goesOn(outcome, since)) {
                return outcome == Outcome.KEPT;
            }
        }
    }

    /** Where there is room for it at once: this is the sealer's thread, and nobody else makes room. */
    private void alarm(String harm) {
        Lane lane = lanes.claim();
        try {
            lane.append(Damage.alarm(Damage.describe(directory.id(), harm)), sealer.round());
        } catch (RuntimeException | InternalError e) {
            LOG.debug("Nothing can be said of {}", directory.path(), e);
        } finally {
            lane.release();
        }
    }

    @Override
    public byte @Nullable [] valueKey() {
        return key.valueKey();
    }

    @Override
    public boolean admitted(RecordedCall call, long at, String verdict, List<String> rules, List<String> masked) {
        for (long since = 0; ; since = since(since)) {
            Lane lane = lanes.claim();
            Outcome outcome;
            try {
                outcome = sealer.accepts()
                        ? lane.admitted(call, sealer.round(), at, verdict, rules, masked)
                        : Outcome.REFUSED;
            } catch (RuntimeException | InternalError e) {
                return broken(e);
            } finally {
                lane.release();
            }
            if (outcome == Outcome.KEPT || !goesOn(outcome, since)) {
                return outcome == Outcome.KEPT;
            }
        }
    }

    @Override
    public boolean completed(RecordedCall call, long at, long rows, List<String> masked, long micros) {
        for (long since = 0; ; since = since(since)) {
            Lane lane = lanes.claim();
            Outcome outcome;
            try {
                outcome = sealer.accepts()
                        ? lane.completed(call, sealer.round(), at, rows, masked, micros)
                        : Outcome.REFUSED;
            } catch (RuntimeException | InternalError e) {
                return broken(e);
            } finally {
                lane.release();
            }
            if (outcome == Outcome.KEPT || !goesOn(outcome, since)) {
                return outcome == Outcome.KEPT;
            }
        }
    }

    @Override
    public boolean force() {
        try {
            group.force();
            return true;
        } catch (IOException | RuntimeException | InternalError e) {
            return broken(e);
        }
    }

    /** A record is in a lane before it is in a segment: in this order none is missed that moves meanwhile. */
    private void forceAll() throws IOException {
        lanes.force(disk);
        sealer.force();
        disk.forceNames(directory.path());
        Path place = directory.path().getParent();
        if (place != null) {
            disk.forceNames(place);
        }
    }

    private static long since(long since) {
        return since == 0 ? System.nanoTime() | 1 : since;
    }

    /** A mapped page that cannot be written to (a file that somebody cut, a disk that died) is an {@link InternalError}. */
    private boolean broken(Throwable e) {
        sealer.broken("cannot append to the lanes in " + directory.path() + ": " + e);
        return false;
    }

    /** What to do about a record that found no place: wait for the sealer and try again, or give up. */
    private boolean goesOn(Outcome outcome, long since) {
        switch (outcome) {
            case TOO_LARGE -> sealer.refused("an event is larger than a chunk");
            case GONE -> sealer.broken("cannot write to " + directory.path() + ": its files are gone");
            case OVER_BUDGET -> {
                // A round may make room: what is sealed is smaller than the chunks that it was in.
                if (since == 0 && lanes.appended() > sealer.last()) {
                    return awaitRound();
                }
                sealer.refused(
                        "the spool " + directory.path() + " has reached its limit of " + budget.limit() + " bytes");
            }
            case BUSY -> {
                if (since == 0 || System.nanoTime() - since < PATIENCE) {
                    return awaitRound();
                }
                sealer.refused("the records in " + directory.path() + " cannot be sealed as fast as they come");
            }
            case REFUSED, KEPT -> {}
        }
        return false;
    }

    private boolean awaitRound() {
        long seen = sealer.rounds();
        long from = System.nanoTime();
        sealer.wake();
        while (sealer.rounds() == seen && sealer.accepts() && System.nanoTime() - from < PATIENCE) {
            if (Thread.currentThread().isInterrupted()) {
                // Parking would return at once.
                Thread.yield();
            } else {
                LockSupport.parkNanos(this, 100_000);
            }
        }
        return true;
    }

    /** Seals what was appended before the call; else it would be within a tenth of a second. */
    public void seal() {
        sealer.seal();
    }

    /** What a verifier of this recording needs, see {@link RecordingKey#publicKey}. */
    public String publicKey() {
        return key.publicKey();
    }

    @Override
    public String id() {
        return directory.id();
    }

    /** The directory that {@link SpoolVerifier} can check. */
    public Path path() {
        return directory.path();
    }

    @Override
    public long last() {
        return sealer.last();
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }

    /** The control plane hears of it: from then on it is missed where it vanishes. */
    public void announced() {
        announced = true;
    }

    /** Why the last event could not be kept; {@code null} when it was. */
    public @Nullable String trouble() {
        return sealer.trouble();
    }

    @Override
    public void acknowledge(long upTo) throws IOException {
        long known = Math.min(upTo, last());
        if (known > acknowledged) {
            acknowledged = known;
            directory.acknowledged(known);
            sealer.acknowledged(known);
        }
    }

    @Override
    public SpoolReader read(long sequence) {
        return new SpoolReader(directory, key, sequence);
    }

    /** Takes no more events. What the control plane has not confirmed stays on disk; an empty or fully confirmed spool is removed. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        sealer.close();
        if (acknowledged == last() && announced) {
            RecordingsOnDisk.confirmed(directory, last(), key);
        } else if (acknowledged == last()) {
            directory.delete();
        }
    }
}
