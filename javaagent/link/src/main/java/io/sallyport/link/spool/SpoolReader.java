package io.sallyport.link.spool;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
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
    private final String publicKey;
    private long next;
    private long segment;
    private long at;
    private @Nullable DamagedSpoolException damage;
    private @Nullable RandomAccessFile file;
    private @Nullable BlockRecords block;

    SpoolReader(SpoolDirectory directory, RecordingKey key, long next) {
        this.directory = directory;
        this.key = key.cipher(directory.id());
        this.publicKey = key.publicKey();
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
     * @throws DamagedSpoolException when a record that must be there is altered, out of order or missing; again each time until {@link #skip}
     */
    @Nullable
    SpooledEvent next(long last) throws IOException {
        DamagedSpoolException known = damage;
        if (known != null) {
            throw known;
        }
        try {
            return read(last);
        } catch (DamagedSpoolException e) {
            damage = e;
            throw e;
        }
    }

    /**
     * Notes in the directory the damage that {@link #next} has thrown, and goes on with the first block behind it that is authentic.
     *
     * @return {@code false} when there is none, or the recording was made with another key
     */
    public boolean skip() throws IOException {
        DamagedSpoolException known = damage;
        String named = directory.publicKey();
        if (known == null || named != null && !named.equals(publicKey)) {
            return false;
        }
        directory.damaged(String.valueOf(known.getMessage()));
        long from = file == null ? -1 : at;
        closeFile();
        for (long candidate : directory.segments()) {
            boolean current = from >= 0 && candidate == segment;
            if (!current && candidate <= next) {
                continue;
            }
            byte[] content = Files.readAllBytes(directory.segment(candidate));
            for (int i = current ? (int) from : 0; i <= content.length - Block.HEADER; i++) {
                Block behind = content[i] == (byte) (Block.MAGIC >>> 24) ? SegmentScan.at(content, i) : null;
                if (behind != null && behind.first() >= next && behind.open(key) != null) {
                    next = behind.first();
                    segment = candidate;
                    RandomAccessFile opened =
                            new RandomAccessFile(directory.segment(candidate).toFile(), "r");
                    file = opened;
                    opened.seek(i);
                    block = null;
                    damage = null;
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable SpooledEvent read(long last) throws IOException {
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
            at = open.getFilePointer();
            byte[] head = new byte[Block.HEADER];
            if (open.length() - at < head.length) {
                if (!directory.segments().contains(next)) {
                    // The place is kept: what comes behind may come in this file or in another.
                    throw new DamagedSpoolException(directory.id(), next, "is missing");
                }
                closeFile();
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
            if (read.first() > next) {
                throw new DamagedSpoolException(directory.id(), next, "is missing");
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
            segment = first;
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
