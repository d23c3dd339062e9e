package io.sallyport.link.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one spool: their names, their order, and the small files beside the segments. Holds no state. */
record SpoolDirectory(Path path) {

    static final String ACKNOWLEDGED = "acknowledged";
    static final String DELETED = "deleted";
    static final String DAMAGED = "damaged";
    static final String HEAD = "head";
    static final String LOCK = "lock";
    static final String PUBLIC_KEY = "public-key";
    private static final String GONE = ".gone";
    private static final String SUFFIX = ".blocks";
    private static final String LANE = "lane-";
    private static final int DIGITS = 16;

    /** Makes an empty one with a name of its own. */
    static SpoolDirectory create(Path place) throws IOException {
        SpoolDirectory made = new SpoolDirectory(place.resolve(SpoolId.next()));
        PrivateFiles.directory(made.path());
        return made;
    }

    /** The spools of a place; oldest first. */
    static List<SpoolDirectory> below(Path place) throws IOException {
        List<SpoolDirectory> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
            for (Path entry : entries) {
                if (SpoolId.isOne(entry.getFileName().toString())) {
                    found.add(new SpoolDirectory(entry));
                }
            }
        }
        found.sort(java.util.Comparator.comparing(SpoolDirectory::id));
        return found;
    }

    /** The spool's identifier. */
    String id() {
        return path.getFileName().toString();
    }

    Path segment(long first) {
        return path.resolve(number(first) + SUFFIX);
    }

    /** A sequence number as names of files and {@link HeadFile} have it: so that their order is that of the numbers. */
    static String number(long sequence) {
        String digits = Long.toString(sequence);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** First sequence numbers of all segments, ascending. */
    List<Long> segments() throws IOException {
        List<Long> firsts = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String digits = name.substring(0, name.length() - SUFFIX.length());
                if (digits.length() == DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    firsts.add(Long.parseLong(digits));
                }
            }
        }
        Collections.sort(firsts);
        return firsts;
    }

    /** See {@link HeadFile}. */
    Path head() {
        return path.resolve(HEAD);
    }

    Path lane(int index) {
        return path.resolve(LANE + (index < 10 ? "0" : "") + index);
    }

    /** What threads of the process write, or wrote, to. */
    List<Path> lanes() throws IOException {
        List<Path> lanes = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, LANE + "*")) {
            files.forEach(lanes::add);
        }
        Collections.sort(lanes);
        return lanes;
    }

    /** The key that the recording says its blocks are signed with; {@code null} for none. */
    @Nullable
    String publicKey() throws IOException {
        return read(PUBLIC_KEY);
    }

    void publicKey(String base64) throws IOException {
        PrivateFiles.replace(path.resolve(PUBLIC_KEY), (base64 + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Bytes of all segments. */
    long bytes() throws IOException {
        long sum = 0;
        for (long first : segments()) {
            sum += Files.size(segment(first));
        }
        return sum;
    }

    /** Highest confirmed sequence number; 0 for none. A damaged file counts as none: the control plane ignores what it has. */
    long acknowledged() throws IOException {
        String text = read(ACKNOWLEDGED);
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    void acknowledged(long upTo) throws IOException {
        PrivateFiles.replace(path.resolve(ACKNOWLEDGED), (upTo + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Where the chain continues when the first segments are gone. */
    @Nullable
    Anchor deleted() throws IOException {
        String text = read(DELETED);
        if (text == null || !text.matches("[0-9]{1,18} [0-9a-f]{64}( [0-9a-f]{128})?")) {
            return null;
        }
        String[] parts = text.split(" ", 3);
        return new Anchor(Long.parseLong(parts[0]), parts[1], parts.length == 3 ? parts[2] : "");
    }

    void deleted(long sequence, byte[] hash, RecordingKey key) throws IOException {
        String hex = HexFormat.of().formatHex(hash);
        byte[] signature = key.sign(Anchor.signed(id(), sequence, hex));
        String text = sequence + " " + hex + " " + HexFormat.of().formatHex(signature) + "\n";
        PrivateFiles.replace(path.resolve(DELETED), text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Notes that something is damaged: from then on the recording is kept for whoever looks into it.
     *
     * @return {@code what}; {@code null} when damage was noted before
     */
    @Nullable
    String damaged(String what) throws IOException {
        if (isDamaged()) {
            return null;
        }
        PrivateFiles.replace(path.resolve(DAMAGED), (what + "\n").getBytes(StandardCharsets.US_ASCII));
        return what;
    }

    boolean isDamaged() {
        return Files.exists(path.resolve(DAMAGED));
    }

    /** The first record that was found damaged; 0 for none. */
    long damagedRecord() throws IOException {
        String text = read(DAMAGED);
        return text != null && text.matches("record [0-9]{1,18} .*") ? Long.parseLong(text.split(" ", 3)[1]) : 0;
    }

    /**
     * Removes the directory with everything that a spool puts there, unless it is damaged. It loses its name first, at once: with only a part of its files it
     * would look like one that somebody has cut.
     */
    void delete() throws IOException {
        if (isDamaged()) {
            return;
        }
        SpoolDirectory gone = new SpoolDirectory(path.resolveSibling(id() + GONE));
        Files.move(path, gone.path);
        gone.deleteRemains();
    }

    /** Removes what a process left that was killed while it removed a recording. */
    static void removeRemains(Path place) throws IOException {
        List<Path> remains = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place, "*" + GONE)) {
            entries.forEach(remains::add);
        }
        for (Path entry : remains) {
            String name = entry.getFileName().toString();
            if (SpoolId.isOne(name.substring(0, name.length() - GONE.length()))) {
                new SpoolDirectory(entry).deleteRemains();
            }
        }
    }

    /** By the process whose it was and by others that start meanwhile. */
    private void deleteRemains() throws IOException {
        try {
            deleteFiles();
        } catch (NoSuchFileException e) {
            // Another one was faster.
        }
    }

    private void deleteFiles() throws IOException {
        for (long first : segments()) {
            Files.deleteIfExists(segment(first));
        }
        for (Path lane : lanes()) {
            Files.deleteIfExists(lane);
        }
        Files.deleteIfExists(path.resolve(LOCK));
        Files.deleteIfExists(path.resolve("owner"));
        Files.deleteIfExists(path.resolve(PUBLIC_KEY));
        Files.deleteIfExists(head());
        Files.deleteIfExists(path.resolve(HEAD + ".new"));
        Files.deleteIfExists(path.resolve(ACKNOWLEDGED));
        Files.deleteIfExists(path.resolve(ACKNOWLEDGED + ".new"));
        Files.deleteIfExists(path.resolve(DELETED));
        Files.deleteIfExists(path.resolve(DELETED + ".new"));
        Files.deleteIfExists(path);
    }

    /** Whether its process has not come to write into it: its key, which comes first, is not there, and nothing else is. */
    boolean isUnbegun() throws IOException {
        return publicKey() == null
                && segments().isEmpty()
                && lanes().isEmpty()
                && HeadFile.claimed(this) < 0
                && acknowledged() == 0
                && deleted() == null;
    }

    private @Nullable String read(String name) throws IOException {
        try {
            return Files.readString(path.resolve(name), StandardCharsets.US_ASCII)
                    .strip();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Where the chain continues.
     *
     * @param sequence the last deleted record
     * @param hash its block's, hexadecimal
     * @param signature hexadecimal; empty for none: whoever can write here could have said it
     */
    record Anchor(long sequence, String hash, String signature) {

        boolean isSignedBy(PublicKey key, String recording) {
            try {
                Signature verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(key);
                verifier.update(signed(recording, sequence, hash));
                return verifier.verify(HexFormat.of().parseHex(signature));
            } catch (GeneralSecurityException e) {
                return false;
            }
        }

        private static byte[] signed(String recording, long sequence, String hash) {
            return ("sallyport-deleted-1\n" + recording + "\n" + sequence + " " + hash + "\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }
}
