package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.RecordedCall;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A mapped file that one thread at a time appends to. All methods but {@link #claim} and {@link #release} are for whoever has claimed it.
 *
 * <p>Chunks are used in turn: begun by a writer, closed when full or when the round is over, freed by the sealer.
 */
final class Lane {

    static final int CHUNKS = 4;

    private static final VarHandle CLAIMED;

    static {
        try {
            CLAIMED = MethodHandles.lookup().findVarHandle(Lane.class, "claimed", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What became of a record. */
    enum Outcome {
        KEPT,
        /** The spool takes nothing: it is closed, or its disk fails. */
        REFUSED,
        /** All chunks wait for the sealer. */
        BUSY,
        /** The budget has no chunk left. */
        OVER_BUDGET,
        /** The lane's file is gone. */
        GONE,
        /** Larger than a chunk. */
        TOO_LARGE
    }

    private final File file;
    private final MappedByteBuffer memory;
    private final Chunk[] chunks = new Chunk[CHUNKS];
    private final boolean[] closed = new boolean[CHUNKS];
    private final SpoolBudget budget;
    private final AtomicLong numbers;
    private final RecordEncoder encoder;
    private final int chunkBytes;
    private final Runnable filling;

    /** Chunk that is being filled; -1 for none. */
    private int active = -1;

    /** Next chunk to begin. */
    private int next;

    @SuppressWarnings("UnusedVariable") // through CLAIMED
    private volatile int claimed;

    private Lane(
            File file,
            MappedByteBuffer memory,
            int chunkBytes,
            SpoolBudget budget,
            AtomicLong numbers,
            Runnable filling) {
        this.file = file;
        this.filling = filling;
        this.memory = memory;
        this.chunkBytes = chunkBytes;
        this.budget = budget;
        this.numbers = numbers;
        this.encoder = new RecordEncoder(Math.min(32 * 1024, chunkBytes / 8));
        for (int i = 0; i < CHUNKS; i++) {
            chunks[i] = new Chunk(part(memory, i, chunkBytes));
        }
    }

    /** Makes the file. Its bytes are really written, since a full disk under a sparse mapping would be a fault of the processor. */
    static Lane create(Path path, int chunkBytes, SpoolBudget budget, AtomicLong numbers, Runnable filling)
            throws IOException {
        PrivateFiles.create(path);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            byte[] zeros = new byte[chunkBytes];
            for (int i = 0; i < CHUNKS; i++) {
                file.write(zeros);
            }
            MappedByteBuffer memory =
                    file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, (long) CHUNKS * chunkBytes);
            return new Lane(path.toFile(), memory, chunkBytes, budget, numbers, filling);
        }
    }

    static ByteBuffer part(ByteBuffer memory, int index, int chunkBytes) {
        return memory.slice(index * chunkBytes, chunkBytes);
    }

    boolean claim() {
        return claimed == 0 && CLAIMED.compareAndSet(this, 0, 1);
    }

    void release() {
        CLAIMED.setRelease(this, 0);
    }

    Outcome append(Event event, long round) {
        return put(round, event, null, false, micros(event), 0, "", List.of(), List.of(), 0);
    }

    Outcome admitted(RecordedCall call, long round, long at, String verdict, List<String> rules, List<String> masked) {
        return put(round, null, call, true, at, 0, verdict, rules, masked, 0);
    }

    Outcome completed(RecordedCall call, long round, long at, long rows, List<String> masked, long micros) {
        return put(round, null, call, false, at, rows, "", List.of(), masked, micros);
    }

    /** Encodes and appends; twice where the first attempt finds too little room, because texts are known per chunk. */
    private Outcome put(
            long round,
            @Nullable Event event,
            @Nullable RecordedCall call,
            boolean admitted,
            long at,
            long rows,
            String verdict,
            List<String> rules,
            List<String> masked,
            long micros) {
        if (active >= 0 && chunks[active].round() != round) {
            close();
        }
        while (true) {
            boolean fresh = active < 0;
            if (fresh) {
                Outcome begun = begin(round, at);
                if (begun != Outcome.KEPT) {
                    return begun;
                }
            }
            Chunk chunk = chunks[active];
            if (event != null) {
                encoder.event(event, chunk.base());
            } else if (call != null && admitted) {
                encoder.admitted(call, at - chunk.base(), verdict, rules, masked);
            } else if (call != null) {
                encoder.completed(call, at - chunk.base(), rows, masked, micros);
            }
            if (chunk.fits(encoder.length())) {
                // From here on nothing can fail: a number that was taken is also used.
                Chunk.number(numbers.incrementAndGet(), encoder.bytes());
                chunk.append(encoder.bytes(), encoder.length());
                return Outcome.KEPT;
            }
            close();
            if (fresh) {
                return Outcome.TOO_LARGE;
            }
        }
    }

    private Outcome begin(long round, long at) {
        if (closed[next]) {
            return Outcome.BUSY;
        }
        if (!budget.take(chunkBytes)) {
            return Outcome.OVER_BUDGET;
        }
        if (!file.exists()) {
            budget.giveBack(chunkBytes);
            return Outcome.GONE;
        }
        chunks[next].begin(round, at);
        encoder.newChunk();
        active = next;
        next = (next + 1) % CHUNKS;
        if (closed[(next + 1) % CHUNKS]) {
            filling.run();
        }
        return Outcome.KEPT;
    }

    private void close() {
        int done = active;
        active = -1;
        if (chunks[done].records() > 0) {
            closed[done] = true;
        } else {
            budget.giveBack(chunkBytes);
            next = done;
        }
    }

    // --- for the sealer
    // -----------------------------------------------------------------------------------------------

    /** Closes what was begun before {@code round} and adds all closed chunks, oldest first. */
    void collect(long round, List<Chunk> into) {
        if (active >= 0 && chunks[active].round() != round) {
            close();
        }
        for (int i = 0; i < CHUNKS; i++) {
            int index = (next + i) % CHUNKS;
            if (closed[index] && chunks[index].round() < round) {
                into.add(chunks[index]);
            }
        }
    }

    /**
     * Frees what {@link #collect} has returned for that round.
     *
     * @return bytes of the budget that this sets free; the caller gives them back
     */
    long free(long round) {
        long bytes = 0;
        for (int i = 0; i < CHUNKS; i++) {
            if (closed[i] && chunks[i].round() < round) {
                chunks[i].free();
                closed[i] = false;
                bytes += chunkBytes;
            }
        }
        return bytes;
    }

    boolean isEmpty() {
        for (boolean c : closed) {
            if (c) {
                return false;
            }
        }
        return active < 0;
    }

    File file() {
        return file;
    }

    /** Brings what was appended to the disk itself. Whoever has claimed it or not. */
    void force(Disk disk) throws IOException {
        disk.force(file.toPath(), memory);
    }

    private static long micros(Event event) {
        return event.at().getEpochSecond() * 1_000_000 + event.at().getNano() / 1_000;
    }
}
