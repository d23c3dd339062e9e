package io.sallyport.link.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A directory that one living process owns, by a lock that the operating system releases whatever way the process ends.
 *
 * <p>POSIX drops a process's lock as soon as <em>any</em> of its descriptors of that file is closed. So a directory whose owner is this very
 * process is left alone without opening its lock file.
 */
final class ProcessLock implements AutoCloseable {

    private static final String OWNER = "owner";

    private final Path directory;
    private final FileChannel channel;

    private ProcessLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** @return {@code null} when a living process, this one or another, owns the directory */
    static @Nullable ProcessLock tryLock(Path directory) throws IOException {
        if (self().equals(owner(directory))) {
            return null;
        }
        Path file = directory.resolve(SpoolDirectory.LOCK);
        if (!Files.exists(file)) {
            try {
                PrivateFiles.create(file);
            } catch (FileAlreadyExistsException e) {
                // Another process was faster; the lock decides.
            }
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            return null;
        }
        PrivateFiles.replace(directory.resolve(OWNER), self().getBytes(StandardCharsets.US_ASCII));
        return new ProcessLock(directory, channel);
    }

    private static @Nullable String owner(Path directory) throws IOException {
        try {
            return Files.readString(directory.resolve(OWNER), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** A process identifier alone is not enough: in a container it is 1 at every start. */
    private static String self() {
        ProcessHandle process = ProcessHandle.current();
        String start = process.info().startInstant().map(Object::toString).orElse("unknown");
        return process.pid() + " " + start;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(directory.resolve(OWNER));
        channel.close();
    }
}
