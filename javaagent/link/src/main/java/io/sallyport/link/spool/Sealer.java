package io.sallyport.link.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that turns what is in the lanes into blocks. Thread-safe.
 *
 * <p>What cannot be written stays in the lanes and is tried again every round; until then nothing more is {@linkplain #accepts() accepted}, and
 * {@link #trouble()} says why.
 */
final class Sealer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    /** A round that failed is work for nothing: all that waits is encrypted for it. */
    private static final long AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final SpoolDirectory directory;
    private final SpoolBudget budget;
    private final Lanes lanes;
    private final BlockSealer blocks;
    private final RecordingKey key;
    private final String publicKey;
    private final HeadFile head;
    private final long segmentBytes;
    private final Disk disk;
    private final Deque<Full> full = new ArrayDeque<>();

    private Consumer<String> harmed = harm -> {};
    private @Nullable SegmentFile active;
    private long seen;
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;
    private volatile boolean broken;
    private volatile @Nullable String trouble;
    private volatile long round = 1;
    private volatile long rounds;
    private volatile long last;

    Sealer(SpoolDirectory directory, SpoolBudget budget, Lanes lanes, RecordingKey key, Disk disk) {
        this.disk = disk;
        this.directory = directory;
        this.budget = budget;
        this.lanes = lanes;
        this.key = key;
        this.publicKey = key.publicKey();
        this.head = new HeadFile(directory, key);
        this.blocks = new BlockSealer(key, directory.id(), Block.genesis(directory.id(), publicKey));
        // Confirmed segments are deleted as a whole, so a small part of the budget is the most that a confirmed event
        // can block.
        this.segmentBytes = Math.min(4L << 20, Math.max(1, budget.limit() / 8));
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        // Begins the head.
        seal();
        while (!stopped) {
            LockSupport.parkNanos(this, broken ? AFTER_FAILURE : EVERY);
            // An interrupt would make every wait return at once and close channels.
            Thread.interrupted();
            seal();
        }
    }

    /** @param listener hears what somebody did to a segment that is being written; called inside a round, so that it must not wait for one */
    void onHarm(Consumer<String> listener) {
        harmed = listener;
    }

    /** Asks for a round now. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** The round that chunks are begun in. */
    long round() {
        return round;
    }

    /** How many rounds are over. */
    long rounds() {
        return rounds;
    }

    /** Whether records are taken. */
    boolean accepts() {
        return !broken && !stopped;
    }

    /** Last sealed sequence number. */
    long last() {
        return last;
    }

    @Nullable
    String trouble() {
        return trouble;
    }

    /** Notes why a record could not be kept, where that is not for lack of a disk that works. */
    void refused(String why) {
        trouble = why;
    }

    /** Nothing is taken until a round has succeeded. */
    void broken(String why) {
        if (!broken) {
            LOG.debug("Events are not kept: {}", why);
        }
        trouble = why;
        broken = true;
        if (Thread.currentThread() != thread) {
            wake();
        }
    }

    /** Seals everything that was appended before the call. */
    void seal() {
        seal(0);
    }

    private void seal(int flags) {
        lock.lock();
        try {
            if (!head.isBegun() && !stopped) {
                head.write(last);
            }
            if (lanes.isCrowded()) {
                lanes.grow();
            }
            long appended = lanes.appended();
            if (appended != seen || flags != 0 || broken) {
                write(flags);
                if (broken) {
                    lanes.restore();
                    broken = false;
                }
                trouble = null;
                seen = appended;
            }
        } catch (IOException | RuntimeException e) {
            broken("cannot write to " + directory.path() + ": " + e);
        } finally {
            rounds++;
            lock.unlock();
        }
    }

    private void write(int flags) throws IOException {
        long next = round + 1;
        round = next;
        List<Chunk> chunks = lanes.collect(next);
        if (chunks.isEmpty() && flags == 0) {
            return;
        }
        byte[] block = blocks.seal(last + 1, next - 1, flags, chunks);
        long records = Block.of(block).records();
        segment(last + 1).append(block);
        blocks.written(block);
        last += records;
        budget.giveBack(lanes.free(next) - block.length);
        noteHead();
    }

    /** The block is kept: a head that stays behind proves less, until the next round. */
    private void noteHead() {
        try {
            head.write(last);
        } catch (IOException e) {
            LOG.debug("How far {} is sealed cannot be noted", directory.path(), e);
        }
    }

    private SegmentFile segment(long first) throws IOException {
        SegmentFile current = active;
        String harm = current == null ? null : current.harm();
        if (current != null && harm != null) {
            // What is written to it would be gone when it is closed, or stand behind a hole.
            active = null;
            full.add(new Full(current.first(), first - 1, current.size(), blocks.head()));
            current.close();
            current = null;
            harmed.accept(harm);
        } else if (current != null && current.size() >= segmentBytes) {
            active = null;
            current.force(disk);
            full.add(new Full(current.first(), first - 1, current.size(), blocks.head()));
            current.close();
            current = null;
        }
        if (current == null) {
            if (directory.publicKey() == null) {
                directory.publicKey(publicKey);
            }
            current = new SegmentFile(directory.segment(first), first);
            active = current;
        }
        return current;
    }

    /** Brings the segment that is being written to the disk itself; full ones are there. */
    void force() throws IOException {
        lock.lock();
        try {
            SegmentFile current = active;
            if (current != null) {
                current.force(disk);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The control plane has everything up to there; segments that it has completely are deleted. */
    void acknowledged(long upTo) throws IOException {
        Deque<Full> done = new ArrayDeque<>();
        lock.lock();
        try {
            for (Full head = full.peek(); head != null && head.last <= upTo; head = full.peek()) {
                done.add(full.remove());
            }
        } finally {
            lock.unlock();
        }
        if (!done.isEmpty()) {
            Full end = done.getLast();
            directory.deleted(end.last, end.hash, key);
            long damaged = directory.damagedRecord();
            for (Full segment : done) {
                if (segment.first <= damaged && damaged <= segment.last) {
                    continue;
                }
                Path file = directory.segment(segment.first);
                java.nio.file.Files.deleteIfExists(file);
                budget.giveBack(segment.bytes);
            }
        }
    }

    /** Takes nothing more, seals what is there and says that the recording ends. */
    void close() throws IOException {
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            stopped = true;
            wake();
            if (last > 0 || lanes.appended() > 0) {
                seal(Block.LAST);
            }
            if (active != null) {
                active.close();
            }
            head.close();
            if (!broken) {
                lanes.delete();
            }
            blocks.close();
        } finally {
            lock.unlock();
        }
    }

    /** A full segment; {@code hash} is that of its last block. */
    private record Full(long first, long last, long bytes, byte[] hash) {}
}
