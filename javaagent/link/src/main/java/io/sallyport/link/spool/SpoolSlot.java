package io.sallyport.link.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
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

    private final Path path;
    private final ProcessLock lock;

    private SpoolSlot(Path path, ProcessLock lock) {
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
            ProcessLock lock = ProcessLock.tryLock(path);
            if (lock != null) {
                return new SpoolSlot(path, lock);
            }
        }
        throw new FileSystemException(directory.toString(), null, "more than " + MOST + " processes use it");
    }

    public Path path() {
        return path;
    }

    /**
     * What recordings here are encrypted and signed with.
     *
     * @param file made if it is not there; {@code null}: {@link RecordingKey#FILE} in this place
     */
    public RecordingKey key(@Nullable Path file) throws IOException {
        return RecordingKey.at(file == null ? path.resolve(RecordingKey.FILE) : file);
    }

    /**
     * What processes that ended here left behind; oldest first. The leftovers of another place wait for the next process that claims it: the
     * control plane counts sequence numbers per credential, and that place's credential is not ours.
     *
     * @param notices hears, in one line, of one that cannot be opened; it stays where it is
     */
    public List<LeftoverSpool> leftovers(SpoolBudget budget, RecordingKey key, Consumer<String> notices)
            throws IOException {
        SpoolDirectory.removeRemains(path);
        List<LeftoverSpool> found = new ArrayList<>();
        for (SpoolDirectory directory : SpoolDirectory.below(path)) {
            try {
                LeftoverSpool leftover = LeftoverSpool.open(directory, budget, key);
                if (leftover != null) {
                    found.add(leftover);
                }
            } catch (IOException e) {
                notices.accept("what an earlier process recorded cannot be uploaded: " + e.getMessage());
            }
        }
        return found;
    }

    private static String name(String workload) {
        String plain = workload.replaceAll("[^A-Za-z0-9_-]", "_");
        if (plain.equals(workload) && plain.length() <= 60 && !plain.isEmpty()) {
            return plain;
        }
        byte[] hash = Block.sha256().digest(workload.getBytes(StandardCharsets.UTF_8));
        return plain.substring(0, Math.min(plain.length(), 50)) + "-"
                + HexFormat.of().formatHex(hash, 0, 4);
    }

    /** Frees the place. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
