package io.sallyport.link.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process's own place in a spool directory that several processes may share: {@code <directory>/<workload>.<n>/}, claimed by a lock on a
 * file in it, which the operating system releases whatever way the process ends.
 *
 * <p>A restarted workload finds the place of its predecessor again, and with it the credential, the policy and the events that were not yet
 * uploaded. Two processes of one workload never share a place, so that each has a credential and an instance of its own.
 *
 * <pre>
 *   &lt;directory&gt;/orders.0/lock, owner                  who lives here
 *                       enrolment.json, policy.json   what survives a restart
 *                       20261122T141500Z-…/           one spool per process that lived here
 * </pre>
 */
public final class SpoolSlot implements AutoCloseable {

    private static final int MOST = 256;
    private static final String LOCK = "lock";
    private static final String OWNER = "owner";

    private final Path path;
    private final FileChannel lock;

    private SpoolSlot(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Claims the first free place of that workload.
     *
     * @throws IOException when the directory cannot be used
     */
    public static SpoolSlot claim(Path directory, String workload) throws IOException {
        for (int n = 0; n < MOST; n++) {
            Path path = directory.resolve(name(workload) + "." + n);
            PrivateFiles.directory(path);
            SpoolSlot slot = tryLock(path);
            if (slot != null) {
                return slot;
            }
        }
        throw new FileSystemException(directory.toString(), null, "more than " + MOST + " processes use it");
    }

    public Path path() {
        return path;
    }

    /**
     * What processes that ended here left behind; oldest first. The leftovers of another place wait for the next process that claims it: the
     * control plane counts sequence numbers per credential, and that place's credential is not ours.
     */
    public List<LeftoverSpool> leftovers(SpoolBudget budget) throws IOException {
        List<LeftoverSpool> found = new ArrayList<>();
        for (Path spool : spools(path)) {
            LeftoverSpool leftover = LeftoverSpool.open(new SpoolDirectory(spool), budget);
            if (leftover != null) {
                found.add(leftover);
            }
        }
        return found;
    }

    private static List<Path> spools(Path slot) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(slot)) {
            for (Path entry : entries) {
                if (SpoolId.isOne(entry.getFileName().toString())) {
                    found.add(entry);
                }
            }
        }
        found.sort(null);
        return found;
    }

    /**
     * Locks a place.
     *
     * <p>POSIX drops a process's lock as soon as <em>any</em> of its descriptors of that file is closed. So a place whose owner is this very
     * process is left alone without opening its lock file.
     */
    private static @Nullable SpoolSlot tryLock(Path path) throws IOException {
        if (self().equals(owner(path))) {
            return null;
        }
        Path file = path.resolve(LOCK);
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
        PrivateFiles.replace(path.resolve(OWNER), self().getBytes(StandardCharsets.US_ASCII));
        return new SpoolSlot(path, channel);
    }

    private static @Nullable String owner(Path path) throws IOException {
        try {
            return Files.readString(path.resolve(OWNER), StandardCharsets.US_ASCII);
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

    private static String name(String workload) {
        String plain = workload.replaceAll("[^A-Za-z0-9_-]", "_");
        if (plain.equals(workload) && plain.length() <= 60 && !plain.isEmpty()) {
            return plain;
        }
        byte[] hash = SpoolRecord.sha256().digest(workload.getBytes(StandardCharsets.UTF_8));
        return plain.substring(0, Math.min(plain.length(), 50)) + "-"
                + HexFormat.of().formatHex(hash, 0, 4);
    }

    /** Frees the place. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path.resolve(OWNER));
        lock.close();
    }
}
