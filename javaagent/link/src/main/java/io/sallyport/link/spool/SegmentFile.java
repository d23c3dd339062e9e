package io.sallyport.link.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The segment that is being written. Not thread-safe.
 *
 * <p>A {@link RandomAccessFile} and no channel: a {@link java.nio.channels.FileChannel} is closed for everybody when one
 * application thread with its interrupt flag set writes to it. Each record is one {@code write} to the operating system, which keeps it
 * when the process is killed (not when the power goes).
 */
final class SegmentFile implements AutoCloseable {

    private final RandomAccessFile file;
    private final long first;
    private long size;
    private boolean torn;

    /** Creates the segment; mode 0600. */
    SegmentFile(Path path, long first) throws IOException {
        PrivateFiles.create(path);
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.first = first;
    }

    long first() {
        return first;
    }

    /** Bytes of whole records. */
    long size() {
        return size;
    }

    void append(byte[] line, int length) throws IOException {
        if (torn) {
            // What a failed write left behind must not stay in the middle of the file.
            file.setLength(size);
            file.seek(size);
        }
        torn = true;
        file.write(line, 0, length);
        torn = false;
        size += length;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (torn) {
                file.setLength(size);
            }
        }
    }
}
