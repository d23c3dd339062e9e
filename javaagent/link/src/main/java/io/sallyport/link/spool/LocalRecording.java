package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.EventSink;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A recording for a workload without control plane: the same spool, which nobody empties. Thread-safe.
 *
 * <p>Every start gets a spool of its own below the directory; older ones stay and do not count towards the limit.
 */
public final class LocalRecording implements EventSink, AutoCloseable {

    private final Spool spool;

    private LocalRecording(Spool spool) {
        this.spool = spool;
    }

    /**
     * Starts a recording.
     *
     * @param directory made if it is not there, mode 0700
     * @param maxBytes of this start's events; {@link #append} returns {@code false} behind it
     * @throws IOException when the directory cannot be used
     */
    public static LocalRecording open(Path directory, long maxBytes) throws IOException {
        PrivateFiles.directory(directory);
        return new LocalRecording(Spool.create(directory, new SpoolBudget(maxBytes)));
    }

    @Override
    public boolean append(Event event) {
        return spool.append(event);
    }

    /** The directory of this start's events, for {@link SpoolVerifier}. */
    public Path path() {
        return spool.path();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
