package io.sallyport.link.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The segment that is being written. Not thread-safe.
 *
 * <p>A {@link RandomAccessFile} and no channel: a {@link java.nio.channels.FileChannel} is closed for everybody when one
 * thread with its interrupt flag set writes to it. Each block is one {@code write} to the operating system, which keeps it when the process is
 * killed (not when the power goes).
 */
final class SegmentFile implements AutoCloseable {

    private final RandomAccessFile file;
    private final long first;
    private long size;
    private boolean torn;

    private final Path path;

    /** Creates the segment, mode 0600, or goes on behind what a dead process wrote to it. */
    SegmentFile(Path path, long first) throws IOException {
        if (!Files.isRegularFile(path)) {
            PrivateFiles.create(path);
        }
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.first = first;
        this.size = file.length();
        file.seek(size);
    }

    long first() {
        return first;
    }

    /** Bytes of whole blocks. */
    long size() {
        return size;
    }

    /** What somebody did to the file; {@code null}: nothing that its length tells. */
    @Nullable
    String harm() throws IOException {
        if (!Files.isRegularFile(path)) {
            return path.getFileName() + " was deleted while it was written";
        }
        long length = file.length();
        return length >= size ? null : path.getFileName() + " was cut off at byte " + length + " while it was written";
    }

    void append(byte[] block) throws IOException {
        if (torn) {
            // What a failed write left behind must not stay in the middle of the file.
            file.setLength(size);
            file.seek(size);
        }
        torn = true;
        file.write(block);
        torn = false;
        size += block.length;
    }

    /** Brings what was appended to the disk itself. */
    void force(Disk disk) throws IOException {
        disk.force(path, file);
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
