package io.sallyport.link.spool;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spool whose process is gone. What that had not sealed is sealed when it is opened; it is deleted as soon as the control plane has confirmed
 * its last record. Not thread-safe.
 */
public final class LeftoverSpool implements UploadableSpool {

    private final SpoolDirectory directory;
    private final SpoolBudget budget;
    private final RecordingKey key;
    private final long last;
    private long acknowledged;

    private LeftoverSpool(
            SpoolDirectory directory, SpoolBudget budget, RecordingKey key, long last, long acknowledged) {
        this.directory = directory;
        this.budget = budget;
        this.key = key;
        this.last = last;
        this.acknowledged = acknowledged;
    }

    /** @return {@code null} when nothing is left to upload; the directory is then removed */
    static @Nullable LeftoverSpool open(SpoolDirectory directory, SpoolBudget budget, RecordingKey key)
            throws IOException {
        DeadLanes.seal(directory, key);
        long last = lastSequence(directory);
        long acknowledged = directory.acknowledged();
        if (last <= acknowledged) {
            directory.delete();
            return null;
        }
        budget.occupy(directory.bytes());
        return new LeftoverSpool(directory, budget, key, last, acknowledged);
    }

    @Override
    public String id() {
        return directory.id();
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }

    @Override
    public void acknowledge(long upTo) throws IOException {
        long known = Math.min(upTo, last);
        if (known <= acknowledged) {
            return;
        }
        acknowledged = known;
        if (known == last) {
            long bytes = directory.bytes();
            directory.delete();
            budget.giveBack(bytes);
            return;
        }
        directory.acknowledged(known);
    }

    @Override
    public SpoolReader read(long sequence) {
        return new SpoolReader(directory, key, sequence);
    }

    /** By the heads of its blocks; whether they are intact is found when they are read. */
    private static long lastSequence(SpoolDirectory directory) throws IOException {
        List<Long> firsts = directory.segments();
        long last = 0;
        for (int i = firsts.size() - 1; i >= 0 && last == 0; i--) {
            try (BlockFile file = new BlockFile(directory.segment(firsts.get(i)))) {
                for (Block block = file.next(); block != null; block = file.next()) {
                    last = block.last();
                }
            }
        }
        return last;
    }
}
