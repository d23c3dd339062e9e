package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.EventSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of this process on disk. When {@link #append} has returned {@code true}, the event survives a kill of the process;
 * it is chained by hash to the one before ({@link SpoolRecord} has the format) and stays until the control plane has confirmed it.
 *
 * <p>Thread-safe. All writers share one short lock (serialising, hashing and one {@code write}: some microseconds); lanes per thread in
 * mapped files would remove it. It is a {@link ReentrantLock} so that virtual threads are not pinned while they wait for it.
 *
 * <p>{@code append} returns {@code false}, and never throws, when the budget is used up, the disk fails, the event has no JSON form or
 * the spool is closed; {@link #trouble()} then says why. It recovers by itself when space comes back.
 */
public final class Spool implements EventSink, UploadableSpool, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final SpoolDirectory directory;
    private final SpoolBudget budget;
    private final long segmentBytes;
    private final RecordWriter writer = new RecordWriter();
    private final Deque<Sealed> sealed = new ArrayDeque<>();
    private final byte[] chain;

    private @Nullable SegmentFile active;
    private boolean closed;
    private volatile long last;
    private volatile long acknowledged;
    private volatile @Nullable String trouble;

    private Spool(SpoolDirectory directory, SpoolBudget budget) {
        this.directory = directory;
        this.budget = budget;
        // Confirmed segments are deleted as a whole, so a small part of the budget is the most that a confirmed event
        // can block.
        this.segmentBytes = Math.min(4L << 20, Math.max(1, budget.limit() / 8));
        this.chain = SpoolRecord.genesis(directory.id()).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Starts an empty spool in a directory of its own.
     *
     * @param parent an existing private directory, see {@link PrivateFiles}
     * @throws IOException when the directory cannot be written
     */
    public static Spool create(Path parent, SpoolBudget budget) throws IOException {
        SpoolDirectory directory = new SpoolDirectory(parent.resolve(SpoolId.next()));
        PrivateFiles.directory(directory.path());
        return new Spool(directory, budget);
    }

    @Override
    public boolean append(Event event) {
        lock.lock();
        try {
            return !closed && write(event);
        } catch (IOException | RuntimeException e) {
            trouble("cannot write to " + directory.path() + ": " + e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean write(Event event) throws IOException {
        long sequence = last + 1;
        writer.write(sequence, chain, event);
        int length = writer.length();
        if (!budget.take(length)) {
            trouble("the spool " + directory.path() + " has reached its limit of " + budget.limit() + " bytes");
            return false;
        }
        try {
            segment(sequence).append(writer.bytes(), length);
        } catch (IOException | RuntimeException e) {
            budget.giveBack(length);
            throw e;
        }
        System.arraycopy(writer.hashDigits(), 0, chain, 0, chain.length);
        last = sequence;
        trouble = null;
        return true;
    }

    private SegmentFile segment(long sequence) throws IOException {
        SegmentFile current = active;
        if (current != null && current.size() >= segmentBytes) {
            active = null;
            sealed.add(new Sealed(
                    current.first(), sequence - 1, current.size(), new String(chain, StandardCharsets.US_ASCII)));
            current.close();
            current = null;
        }
        if (current == null) {
            Path path = directory.segment(sequence);
            // An empty one is left when its first write failed.
            Files.deleteIfExists(path);
            current = new SegmentFile(path, sequence);
            active = current;
        }
        return current;
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
        return last;
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }

    /** Why the last event could not be kept; {@code null} when it was. */
    public @Nullable String trouble() {
        return trouble;
    }

    @Override
    public void acknowledge(long upTo) throws IOException {
        long known = Math.min(upTo, last);
        if (known <= acknowledged) {
            return;
        }
        acknowledged = known;
        directory.acknowledged(known);
        Deque<Sealed> done = new ArrayDeque<>();
        lock.lock();
        try {
            for (Sealed head = sealed.peek(); head != null && head.last <= known; head = sealed.peek()) {
                done.add(sealed.remove());
            }
        } finally {
            lock.unlock();
        }
        if (!done.isEmpty()) {
            Sealed end = done.getLast();
            directory.deleted(new SpoolDirectory.Anchor(end.last, end.hash));
            for (Sealed segment : done) {
                Files.deleteIfExists(directory.segment(segment.first));
                budget.giveBack(segment.bytes);
            }
        }
    }

    @Override
    public SpoolReader read(long sequence) {
        return new SpoolReader(directory, sequence);
    }

    /** Takes no more events. What the control plane has not confirmed stays on disk; an empty or fully confirmed spool is removed. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (active != null) {
                active.close();
            }
            if (acknowledged == last) {
                directory.delete();
            }
        } finally {
            lock.unlock();
        }
    }

    private void trouble(String what) {
        if (trouble == null) {
            LOG.debug("Event not kept: {}", what);
        }
        trouble = what;
    }

    /** A full segment; {@code hash} is the chain behind its last record. */
    private record Sealed(long first, long last, long bytes, String hash) {}
}
