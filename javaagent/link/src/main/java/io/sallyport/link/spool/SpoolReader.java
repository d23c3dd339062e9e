package io.sallyport.link.spool;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole records in order, across segments, also while the last one is being written. Not thread-safe.
 *
 * <p>Each record's hash is checked: what was altered on disk is not passed on as if it had happened.
 */
public final class SpoolReader implements AutoCloseable {

    private final SpoolDirectory directory;
    private long next;
    private @Nullable RandomAccessFile file;
    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    SpoolReader(SpoolDirectory directory, long next) {
        this.directory = directory;
        this.next = Math.max(1, next);
    }

    /** Sequence number of the record that {@link #next(long)} returns. */
    public long position() {
        return next;
    }

    /**
     * The next record.
     *
     * @param last last whole record that is known to be written; nothing behind it is read
     * @return {@code null} when there is none yet
     * @throws DamagedSpoolException when a record that must be there is altered, out of order or missing
     */
    @Nullable
    SpoolRecord next(long last) throws IOException {
        while (next <= last) {
            if (file == null && !open()) {
                return null;
            }
            SpoolRecord record = line();
            if (record == null) {
                closeFile();
                if (!directory.segments().contains(next)) {
                    throw new DamagedSpoolException(directory.id(), next, "is missing");
                }
            } else if (record.sequence() > next) {
                throw new DamagedSpoolException(directory.id(), next, "is missing");
            } else if (record.sequence() == next) {
                next++;
                return record;
            }
        }
        return null;
    }

    /** Opens the segment that holds {@code next}; moves on to the first record that is left when it was deleted. */
    private boolean open() throws IOException {
        List<Long> firsts = directory.segments();
        if (firsts.isEmpty()) {
            return false;
        }
        long first = firsts.get(0);
        for (long candidate : firsts) {
            if (candidate <= next) {
                first = candidate;
            }
        }
        next = Math.max(next, first);
        try {
            file = new RandomAccessFile(directory.segment(first).toFile(), "r");
        } catch (FileNotFoundException e) {
            return false;
        }
        start = 0;
        end = 0;
        return true;
    }

    /** The next line's record; {@code null} at the end of the segment or before a line that is not complete. */
    private @Nullable SpoolRecord line() throws IOException {
        int scanned = start;
        while (true) {
            for (; scanned < end; scanned++) {
                if (buffer[scanned] == '\n') {
                    byte[] line = Arrays.copyOfRange(buffer, start, scanned);
                    start = scanned + 1;
                    SpoolRecord record = SpoolRecord.parse(line, line.length);
                    if (record == null) {
                        throw new DamagedSpoolException(directory.id(), next, "was altered");
                    }
                    return record;
                }
            }
            scanned -= start;
            if (!fill()) {
                return null;
            }
            scanned += start;
        }
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (buffer.length > RecordWriter.MAX_LINE) {
                throw new DamagedSpoolException(directory.id(), next, "was altered");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        RandomAccessFile open = file;
        int count = open == null ? -1 : open.read(buffer, end, buffer.length - end);
        if (count <= 0) {
            return false;
        }
        end += count;
        return true;
    }

    private void closeFile() throws IOException {
        RandomAccessFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        closeFile();
    }
}
