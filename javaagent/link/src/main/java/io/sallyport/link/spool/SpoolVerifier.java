package io.sallyport.link.spool;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks recordings without their secret: any altered, reordered, dropped or inserted block is found and its records named, and so is an end
 * that was cut off. Nothing is changed on disk.
 *
 * <p>Against somebody who has the recording key (who could seal another history) two things stand that are kept elsewhere: the public key that the
 * control plane learnt first, and the last number that it has confirmed. Give them to {@link #verify(Path, Expected)}.
 */
public final class SpoolVerifier {

    /**
     * What is known from elsewhere.
     *
     * @param publicKey key that the blocks must be signed with; {@code null}: the one that the recording names
     * @param last sequence number that must be there; 0 for none
     */
    public record Expected(@Nullable String publicKey, long last) {
        public static final Expected NOTHING = new Expected(null, 0);
    }

    /**
     * Checks the spool in {@code directory}, or every spool below it.
     *
     * @throws IOException when a file cannot be read
     */
    public static VerifyResult verify(Path directory) throws IOException {
        return verify(directory, Expected.NOTHING);
    }

    /** The same against what is known from elsewhere. */
    public static VerifyResult verify(Path directory, Expected expected) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        List<Path> found = recordings(directory.toRealPath());
        List<VerifyResult.SpoolState> states = new ArrayList<>();
        for (Path path : found) {
            VerifyResult.SpoolState state = SteadyVerification.of(new SpoolDirectory(path), expected);
            if (state != null) {
                states.add(state);
            }
        }
        return new VerifyResult(states);
    }

    /** By name. Processes that run replace files meanwhile. */
    private static List<Path> recordings(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                return visitFile(path, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                if (SpoolId.isOne(String.valueOf(path.getFileName())) && Files.isDirectory(path)) {
                    found.add(path);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(path, failure);
            }
        });
        found.sort(Comparator.comparing(path -> String.valueOf(path.getFileName())));
        return found;
    }

    private final SpoolDirectory directory;
    private final Expected expected;
    private SpoolDirectory.@Nullable Anchor deleted;
    private boolean unsignedDeletion;
    private @Nullable PublicKey key;
    private String publicKey = "";
    private byte @Nullable [] chain;
    private @Nullable Block head;
    private long first;
    private long last;
    private long records;
    private boolean tornTail;
    private @Nullable String problem;

    SpoolVerifier(SpoolDirectory directory, Expected expected) {
        this.directory = directory;
        this.expected = expected;
    }

    /** Once, as the files are now. */
    VerifyResult.SpoolState run() throws IOException {
        problem = findKey();
        deleted = deleted();
        // Before the segments, which a process that runs goes on writing.
        long sealed = HeadFile.claimed(directory);
        long confirmed = Math.max(directory.acknowledged(), expected.last());
        List<Long> segments = directory.segments();
        for (int i = 0; i < segments.size() && problem == null; i++) {
            segment(segments.get(i), i == segments.size() - 1);
        }
        boolean open = !directory.lanes().isEmpty();
        long unsealed = 0;
        if (open && problem == null) {
            for (Chunk chunk : DeadLanes.chunks(directory, head == null ? 0 : head.round())) {
                unsealed += chunk.records();
            }
        }
        if (problem == null) {
            problem = end(open, unsealed, sealed, confirmed);
        }
        return new VerifyResult.SpoolState(
                directory.id(),
                directory.path(),
                records,
                first,
                last,
                unsealed,
                tornTail,
                open && (head == null || !head.is(Block.LAST)),
                problem);
    }

    private @Nullable String findKey() throws IOException {
        String named = directory.publicKey();
        String pinned = expected.publicKey();
        if (pinned != null && named != null && !pinned.equals(named)) {
            return "it names another signing key than the expected one";
        }
        String used = pinned == null ? named : pinned;
        if (used == null) {
            return "its public key is missing";
        }
        try {
            key = Block.publicKey(used);
            publicKey = used;
            return null;
        } catch (IllegalArgumentException e) {
            return "its public key is damaged";
        }
    }

    /** What the process that had the key says was confirmed and deleted. Whoever can only write here cannot say it. */
    private SpoolDirectory.@Nullable Anchor deleted() throws IOException {
        SpoolDirectory.Anchor said = directory.deleted();
        PublicKey signer = key;
        unsignedDeletion = said != null && signer != null && !said.isSignedBy(signer, directory.id());
        return unsignedDeletion ? null : said;
    }

    private void segment(long name, boolean lastSegment) throws IOException {
        Path path = directory.segment(name);
        if (head != null && name != last + 1) {
            problem = path.getFileName() + ": " + range(last + 1, name - 1) + " missing";
            return;
        }
        try (BlockFile file = new BlockFile(path)) {
            long expectedFirst = name;
            for (Block block = file.next(); block != null && problem == null; block = file.next()) {
                String wrong = block(block, expectedFirst);
                problem = wrong == null ? null : path.getFileName() + ": " + wrong;
                expectedFirst = block.last() + 1;
            }
            if (problem == null && !file.atEnd()) {
                if (lastSegment && !directory.lanes().isEmpty() && isTorn(path, file.offset(), expectedFirst)) {
                    tornTail = true;
                } else {
                    problem = path.getFileName() + ": the block with record " + expectedFirst
                            + " was altered or cut off at byte " + file.offset();
                }
            }
        }
    }

    private boolean isTorn(Path path, long offset, long expectedFirst) throws IOException {
        byte[] content = Files.readAllBytes(path);
        return SegmentScan.torn(
                content, (int) offset, expectedFirst, head == null ? 0 : head.round(), DeadLanes.chunks(directory, 0));
    }

    private @Nullable String block(Block block, long expectedFirst) {
        String named = block.records() == 1
                ? "record " + block.first()
                : "the block with records " + block.first() + " to " + block.last();
        if (block.first() != expectedFirst) {
            return "record " + expectedFirst + " expected, record " + block.first()
                    + " found: dropped, inserted or reordered";
        }
        PublicKey signer = key;
        if (signer == null || !block.isSignedBy(signer)) {
            return named + " was altered (its signature does not match)";
        }
        byte[] before = head == null ? anchor(expectedFirst) : chain;
        if (before == null) {
            return "records before " + expectedFirst + " are missing"
                    + (unsignedDeletion ? "; the file deleted that says they were confirmed is not signed" : "");
        }
        if (before.length != 0 && !Arrays.equals(before, block.previous())) {
            return named + " does not continue from the one before: dropped, inserted or reordered";
        }
        if (head != null && head.is(Block.LAST)) {
            return named + " follows the end of the recording";
        }
        byte[] hash = block.hash();
        if (deleted != null
                && deleted.sequence() == block.last()
                && block.records() > 0
                && !deleted.hash().equals(HexFormat.of().formatHex(hash))) {
            return named + " is not the one that was confirmed";
        }
        if (block.is(Block.DAMAGED)) {
            return "records behind " + (expectedFirst - 1)
                    + " are missing: the next start found them cut off, and sealed "
                    + (block.records() == 0 ? "none" : named);
        }
        if (first == 0) {
            first = expectedFirst;
        }
        head = block;
        chain = hash;
        last = block.last();
        records += block.records();
        return null;
    }

    /** What the first block must continue from; empty where that cannot be known, {@code null} where records are missing. */
    private byte @Nullable [] anchor(long sequence) {
        if (sequence == 1) {
            return Block.genesis(directory.id(), publicKey);
        }
        if (deleted == null || sequence > deleted.sequence() + 1) {
            return null;
        }
        // Killed between noting the deletion and the deletion: the chain meets the note further on.
        return sequence == deleted.sequence() + 1 ? HexFormat.of().parseHex(deleted.hash()) : new byte[0];
    }

    /** A recording goes on (its lanes are there), or its last block says that it ends. */
    private @Nullable String end(boolean open, long unsealed, long sealed, long confirmed) throws IOException {
        long end = Math.max(last, deleted == null ? 0 : deleted.sequence());
        if (confirmed > end) {
            return range(end + 1, confirmed) + " missing: the control plane has confirmed them";
        }
        if (sealed > end) {
            return range(end + 1, sealed) + " missing: the file head says that they were sealed";
        }
        if (sealed < 0 && open && head != null && head.is(Block.HEADED)) {
            return "the file head is missing: records behind " + last + " may have been cut off";
        }
        // Of a recording that never held anything there is no segment.
        boolean ends = head != null
                ? head.is(Block.LAST)
                : deleted == null && directory.segments().isEmpty();
        if (!open && !ends) {
            return "its end is missing: records behind " + last + " were dropped";
        }
        if (unsignedDeletion && head == null) {
            return "its records are missing; the file deleted that says they were confirmed is not signed";
        }
        if (open && tornTail && unsealed == 0) {
            return "the block with record " + (last + 1) + " was altered or cut off, and the lanes do not have it";
        }
        return null;
    }

    private static String range(long from, long to) {
        return from == to ? "record " + from + " is" : "records " + from + " to " + to + " are";
    }
}
