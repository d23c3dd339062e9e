package io.sallyport.link.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code head}: how far a recording is sealed, noted outside of its segments, so that whole blocks that somebody cuts off are missed by
 * the next start, to which what is left would look like the recording of a process that was killed. Not thread-safe.
 *
 * <p>One line, {@code N M}: the last sealed number (16 digits) and, hexadecimal, its HMAC-SHA-256 under a key of this recording. It is written behind
 * the block, in place: a process that is killed between the two leaves a number that is too low, which proves less and claims nothing wrong. Nothing is
 * forced to the disk, so that a power failure may leave one that is too high. What a number stands for is known: the blocks up to it are signed.
 */
final class HeadFile implements AutoCloseable {

    private static final String FORMAT = "[0-9]{16} [0-9a-f]{64}";

    private final Path path;
    private final RecordingKey key;
    private final String recording;
    private @Nullable RandomAccessFile file;

    HeadFile(SpoolDirectory directory, RecordingKey key) {
        this.path = directory.head();
        this.key = key;
        this.recording = directory.id();
    }

    /** Whether this process has written it. */
    boolean isBegun() {
        return file != null;
    }

    /** @param sealed the last sealed number; 0 for none */
    void write(long sealed) throws IOException {
        String number = SpoolDirectory.number(sealed);
        String line = number + " " + key.headMac(recording, number) + "\n";
        byte[] content = line.getBytes(StandardCharsets.US_ASCII);
        RandomAccessFile known = file;
        if (known == null || !Files.isRegularFile(path)) {
            close();
            PrivateFiles.replace(path, content);
            file = new RandomAccessFile(path.toFile(), "rw");
        } else {
            known.seek(0);
            known.write(content);
        }
    }

    @Override
    public void close() throws IOException {
        RandomAccessFile known = file;
        file = null;
        if (known != null) {
            known.close();
        }
    }

    /**
     * What was cut off a recording whose process is gone.
     *
     * @param last its last block; {@code null} for none
     * @return for people; {@code null}: nothing
     */
    static @Nullable String missing(SpoolDirectory directory, RecordingKey key, @Nullable Block last)
            throws IOException {
        long there = last == null ? 0 : last.last();
        String line = line(directory);
        if (line == null) {
            return last != null && last.is(Block.HEADED)
                    ? "the file head is missing: records behind " + there + " may have been cut off"
                    : null;
        }
        if (!isAuthentic(line, directory, key)) {
            return "the file head was altered: records behind " + there + " may have been cut off";
        }
        long sealed = sealed(line);
        if (sealed > there && sealed > confirmed(directory, key)) {
            return "records " + (there + 1) + " to " + sealed
                    + " are missing: they were sealed and have been cut off, or were lost in a power failure";
        }
        return last != null && last.is(Block.DAMAGED) ? "an earlier start found records missing" : null;
    }

    /** What the file says, if the recording's key vouches for it; -1 otherwise. */
    static long proven(SpoolDirectory directory, RecordingKey key) throws IOException {
        String line = line(directory);
        return line != null && isAuthentic(line, directory, key) ? sealed(line) : -1;
    }

    /** What the file says, whoever wrote it; -1 where it is not there, or says nothing. */
    static long claimed(SpoolDirectory directory) throws IOException {
        String line = line(directory);
        // While it is written to, a part of it may be new and a part old.
        for (String again = line(directory); line != null && !line.equals(again); again = line(directory)) {
            line = again;
        }
        return line != null && line.matches(FORMAT) ? sealed(line) : -1;
    }

    private static boolean isAuthentic(String line, SpoolDirectory directory, RecordingKey key) {
        if (!line.matches(FORMAT)) {
            return false;
        }
        String mac = key.headMac(directory.id(), line.substring(0, 16));
        return MessageDigest.isEqual(
                HexFormat.of().parseHex(mac), HexFormat.of().parseHex(line.substring(17)));
    }

    /** Up to where segments were deleted because the control plane had all of them. */
    private static long confirmed(SpoolDirectory directory, RecordingKey key) throws IOException {
        SpoolDirectory.Anchor deleted = directory.deleted();
        return deleted != null && deleted.isSignedBy(Block.publicKey(key.publicKey()), directory.id())
                ? deleted.sequence()
                : 0;
    }

    private static @Nullable String line(SpoolDirectory directory) throws IOException {
        try {
            return new String(Files.readAllBytes(directory.head()), StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private static long sealed(String line) {
        return Long.parseLong(line.substring(0, 16));
    }
}
