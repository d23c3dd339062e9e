package io.sallyport.link.spool;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads sealed records in order, across segments, also while the last one is being written. Not thread-safe.
 *
 * <p>Each block is authenticated when it is decrypted: what was altered on disk is not passed on as if it had happened.
 */
public final class SpoolReader implements AutoCloseable {

    private final SpoolDirectory directory;
    private final SecretKey key;
    private long next;
    private @Nullable RandomAccessFile file;
    private @Nullable BlockRecords block;

    SpoolReader(SpoolDirectory directory, RecordingKey key, long next) {
        this.directory = directory;
        this.key = key.cipher(directory.id());
        this.next = Math.max(1, next);
    }

    /** Sequence number of the record that {@link #next(long)} returns. */
    public long position() {
        return next;
    }

    /**
     * The next record.
     *
     * @param last last record that is known to be sealed; nothing behind it is read
     * @return {@code null} when there is none yet
     * @throws DamagedSpoolException when a record that must be there is altered, out of order or missing
     */
    @Nullable
    SpooledEvent next(long last) throws IOException {
        while (next <= last) {
            BlockRecords open = block;
            SpooledEvent record = open == null ? null : open.next();
            if (record == null) {
                block = null;
                if (!openBlock()) {
                    return null;
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

    /** Opens the next block that holds {@code next} or something behind it. */
    private boolean openBlock() throws IOException {
        while (true) {
            RandomAccessFile open = file == null ? openSegment() : file;
            if (open == null) {
                return false;
            }
            byte[] head = new byte[Block.HEADER];
            if (open.length() - open.getFilePointer() < head.length) {
                closeFile();
                if (!directory.segments().contains(next)) {
                    throw new DamagedSpoolException(directory.id(), next, "is missing");
                }
                continue;
            }
            open.readFully(head);
            int length = Block.length(ByteBuffer.wrap(head));
            if (length < 0 || open.length() - open.getFilePointer() < length - head.length) {
                throw new DamagedSpoolException(directory.id(), next, "was altered");
            }
            byte[] whole = java.util.Arrays.copyOf(head, length);
            open.readFully(whole, head.length, length - head.length);
            Block read = Block.of(whole);
            if (read.last() < next) {
                continue;
            }
            byte[] payload = read.open(key);
            if (payload == null) {
                throw new DamagedSpoolException(
                        directory.id(), next, "was altered, or its recording key is another one");
            }
            block = new BlockRecords(payload, read.first());
            return true;
        }
    }

    /** Opens the segment that holds {@code next}; moves on to the first record that is left when it was deleted. */
    private @Nullable RandomAccessFile openSegment() throws IOException {
        List<Long> firsts = directory.segments();
        if (firsts.isEmpty()) {
            return null;
        }
        long first = firsts.get(0);
        for (long candidate : firsts) {
            if (candidate <= next) {
                first = candidate;
            }
        }
        next = Math.max(next, first);
        try {
            RandomAccessFile opened =
                    new RandomAccessFile(directory.segment(first).toFile(), "r");
            file = opened;
            return opened;
        } catch (FileNotFoundException e) {
            return null;
        }
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
