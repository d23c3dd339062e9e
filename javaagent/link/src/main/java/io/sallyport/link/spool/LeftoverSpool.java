package io.sallyport.link.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spool whose process is gone. Its torn last line, if any, is cut off when it is opened; it is deleted as soon as the control plane
 * has confirmed its last record. Not thread-safe.
 */
public final class LeftoverSpool implements UploadableSpool {

    private final SpoolDirectory directory;
    private final SpoolBudget budget;
    private final long last;
    private long acknowledged;

    private LeftoverSpool(SpoolDirectory directory, SpoolBudget budget, long last, long acknowledged) {
        this.directory = directory;
        this.budget = budget;
        this.last = last;
        this.acknowledged = acknowledged;
    }

    /** @return {@code null} when nothing is left to upload; the directory is then removed */
    static @Nullable LeftoverSpool open(SpoolDirectory directory, SpoolBudget budget) throws IOException {
        cutTornTail(directory);
        long last = lastSequence(directory);
        long acknowledged = directory.acknowledged();
        if (last <= acknowledged) {
            directory.delete();
            return null;
        }
        budget.occupy(directory.bytes());
        return new LeftoverSpool(directory, budget, last, acknowledged);
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
        return new SpoolReader(directory, sequence);
    }

    private static void cutTornTail(SpoolDirectory directory) throws IOException {
        List<Long> firsts = directory.segments();
        if (firsts.isEmpty()) {
            return;
        }
        Path segment = directory.segment(firsts.get(firsts.size() - 1));
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            long end = file.length();
            byte[] block = new byte[8192];
            while (end > 0) {
                int count = (int) Math.min(block.length, end);
                file.seek(end - count);
                file.readFully(block, 0, count);
                int keep = count;
                while (keep > 0 && block[keep - 1] != '\n') {
                    keep--;
                }
                end -= count - keep;
                if (keep > 0) {
                    break;
                }
            }
            if (end < file.length()) {
                file.setLength(end);
            }
        }
        if (Files.size(segment) == 0) {
            Files.delete(segment);
        }
    }

    /** Counts lines in the last segment; whether they are intact is found when they are read. */
    private static long lastSequence(SpoolDirectory directory) throws IOException {
        List<Long> firsts = directory.segments();
        if (firsts.isEmpty()) {
            return 0;
        }
        long first = firsts.get(firsts.size() - 1);
        long lines = 0;
        byte[] block = new byte[64 * 1024];
        try (RandomAccessFile file =
                new RandomAccessFile(directory.segment(first).toFile(), "r")) {
            for (int count = file.read(block); count > 0; count = file.read(block)) {
                for (int i = 0; i < count; i++) {
                    if (block[i] == '\n') {
                        lines++;
                    }
                }
            }
        }
        return first + lines - 1;
    }
}
