package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.record.RecordedCall;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording for a workload without control plane: the same spool, which nobody empties. Thread-safe.
 *
 * <p>Every start gets a spool of its own below the directory; older ones stay and do not count towards the limit. What a process that was killed
 * had not sealed is sealed by the next start.
 */
public final class LocalRecording implements EventSink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRecording.class);

    private final Spool spool;
    private final ProcessLock lock;

    private LocalRecording(Spool spool, ProcessLock lock) {
        this.spool = spool;
        this.lock = lock;
    }

    /**
     * Starts a recording.
     *
     * @param directory made if it is not there, mode 0700
     * @param maxBytes of this start's events; {@link #append} returns {@code false} behind it
     * @param keyFile made if it is not there; {@code null}: {@link RecordingKey#FILE} in the directory
     * @throws IOException when the directory or the key cannot be used
     */
    public static LocalRecording open(Path directory, long maxBytes, @Nullable Path keyFile) throws IOException {
        PrivateFiles.directory(directory);
        RecordingKey key = RecordingKey.at(keyFile == null ? directory.resolve(RecordingKey.FILE) : keyFile);
        List<String> damages = sealDead(directory, key);
        SpoolDirectory own = SpoolDirectory.create(directory);
        // Before there are lanes: without its lock a process that starts meanwhile would take them for those of a dead
        // one.
        ProcessLock lock = ProcessLock.tryLock(own.path());
        if (lock == null) {
            throw new IOException("the new recording " + own.path() + " is locked by another process");
        }
        Spool spool;
        try {
            spool = Spool.create(own, new SpoolBudget(maxBytes), key);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        damages.forEach(damage -> spool.append(Damage.alarm(damage)));
        return new LocalRecording(spool, lock);
    }

    /** @return what is damaged, for people */
    private static List<String> sealDead(Path directory, RecordingKey key) throws IOException {
        List<String> damages = new ArrayList<>();
        SpoolDirectory.removeRemains(directory);
        for (SpoolDirectory found : SpoolDirectory.below(directory)) {
            try {
                String damage = sealIfDead(found, key);
                if (damage != null) {
                    damages.add(Damage.describe(found.id(), damage));
                }
            } catch (NoSuchFileException e) {
                // Its process lives, and has taken it away meanwhile; or another one that starts now was faster.
                LOG.debug("Nothing is left of {}", found.path(), e);
            }
        }
        return damages;
    }

    private static @Nullable String sealIfDead(SpoolDirectory found, RecordingKey key) throws IOException {
        if (found.lanes().isEmpty()) {
            return null;
        }
        try (ProcessLock lock = ProcessLock.tryLock(found.path())) {
            return lock == null ? null : DeadLanes.seal(found, key);
        }
    }

    @Override
    public boolean append(Event event) {
        return spool.append(event);
    }

    @Override
    public boolean force() {
        return spool.force();
    }

    @Override
    public byte @Nullable [] valueKey() {
        return spool.valueKey();
    }

    @Override
    public boolean admitted(RecordedCall call, long at, String verdict, List<String> rules, List<String> masked) {
        return spool.admitted(call, at, verdict, rules, masked);
    }

    @Override
    public boolean completed(RecordedCall call, long at, long rows, List<String> masked, long micros) {
        return spool.completed(call, at, rows, masked, micros);
    }

    /** Seals what was appended before the call. */
    public void seal() {
        spool.seal();
    }

    /** The directory of this start's events, for {@link SpoolVerifier}. */
    public Path path() {
        return spool.path();
    }

    @Override
    public void close() throws IOException {
        spool.close();
        lock.close();
    }
}
