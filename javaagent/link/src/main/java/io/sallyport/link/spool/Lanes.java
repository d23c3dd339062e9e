package io.sallyport.link.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The lanes of one recording. {@link #claim} is for any thread, everything else for the sealer's.
 *
 * <p>A thread begins at the lane that its identifier points at and moves on while it finds lanes claimed. Threads that found none are why the
 * sealer opens one more.
 */
final class Lanes {

    static final int MOST = 16;

    private final SpoolDirectory directory;
    private final SpoolBudget budget;
    private final int chunkBytes;
    private final AtomicLong numbers = new AtomicLong();

    private volatile Lane[] open;
    private volatile boolean crowded;
    private volatile Runnable filling = () -> {};
    private int made;

    Lanes(SpoolDirectory directory, SpoolBudget budget) throws IOException {
        this.directory = directory;
        this.budget = budget;
        this.chunkBytes = (int) Math.max(16 << 10, Math.min(128 << 10, budget.limit() / 32)) & ~4095;
        this.open = new Lane[] {make()};
    }

    /** @param wake runs on an appending thread when half of its lane waits to be sealed */
    void onFilling(Runnable wake) {
        filling = wake;
    }

    private Lane make() throws IOException {
        // What an attempt on a full disk has left.
        Files.deleteIfExists(directory.lane(made));
        Lane lane = Lane.create(directory.lane(made), chunkBytes, budget, numbers, () -> filling.run());
        made++;
        return lane;
    }

    /** A claimed lane; comes back at once unless more threads append than there are lanes. */
    Lane claim() {
        long id = Thread.currentThread().getId();
        int start = (int) (id ^ id >>> 4);
        for (int round = 0; ; round++) {
            Lane[] lanes = open;
            for (int i = 0; i < lanes.length; i++) {
                Lane lane = lanes[(start + i & 0x7fffffff) % lanes.length];
                if (lane.claim()) {
                    return lane;
                }
            }
            crowded = lanes.length < MOST;
            if (round < 20) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** How many records were appended so far. */
    long appended() {
        return numbers.get();
    }

    boolean isCrowded() {
        return crowded;
    }

    void grow() throws IOException {
        Lane[] lanes = open;
        crowded = false;
        if (lanes.length < MOST) {
            Lane[] more = java.util.Arrays.copyOf(lanes, lanes.length + 1);
            more[lanes.length] = make();
            open = more;
        }
    }

    /** Closes what was begun before {@code round} and returns all closed chunks. */
    List<Chunk> collect(long round) {
        List<Chunk> chunks = new ArrayList<>();
        for (Lane lane : open) {
            claim(lane);
            try {
                lane.collect(round, chunks);
            } finally {
                lane.release();
            }
        }
        return chunks;
    }

    /**
     * Frees what {@link #collect} has returned for that round.
     *
     * @return how many bytes of the budget that are, which the caller gives back
     */
    long free(long round) {
        long bytes = 0;
        for (Lane lane : open) {
            claim(lane);
            try {
                bytes += lane.free(round);
            } finally {
                lane.release();
            }
        }
        return bytes;
    }

    /** Puts new lanes in the place of those whose file is gone, once all they held is sealed. */
    void restore() throws IOException {
        Lane[] lanes = open.clone();
        for (int i = 0; i < lanes.length; i++) {
            Lane lane = lanes[i];
            if (!lane.file().exists()) {
                replace(lanes, i);
            }
        }
    }

    private void replace(Lane[] lanes, int index) throws IOException {
        Lane gone = lanes[index];
        claim(gone);
        boolean replaced = false;
        try {
            if (gone.isEmpty()) {
                lanes[index] = make();
                open = lanes.clone();
                replaced = true;
            }
        } finally {
            // One that was replaced stays claimed for ever: a thread that still holds the old array must not use it.
            if (!replaced) {
                gone.release();
            }
        }
    }

    void force(Disk disk) throws IOException {
        for (Lane lane : open) {
            lane.force(disk);
        }
    }

    void delete() throws IOException {
        for (Lane lane : open) {
            Files.deleteIfExists(lane.file().toPath());
        }
    }

    private static void claim(Lane lane) {
        while (!lane.claim()) {
            Thread.yield();
        }
    }
}
