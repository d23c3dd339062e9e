package io.sallyport.link.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is whole in a segment that nobody writes to. Nothing is changed.
 *
 * <p>A process that was killed leaves at most the beginning of one block behind the last whole one, and the records of that one are still in its lanes. Any
 * other bytes that belong to no block are damage, and so is a block that the next one does not continue from.
 *
 * @param last the last whole block, behind the damage where there is one; {@code null} for none
 * @param end where the last whole block ends
 * @param torn whether the beginning of one more block follows, which the lanes have
 * @param damage what is damaged, for people; {@code null}: nothing
 * @param open whether nothing whole follows the damage
 */
record SegmentScan(
        @Nullable Block last,
        long end,
        boolean torn,
        @Nullable String damage,
        boolean open) {

    /**
     * @param lanes what a dead process has not sealed; {@code null} where the segment is not the last one
     */
    static SegmentScan of(SpoolDirectory directory, long segment, PublicKey key, @Nullable List<Chunk> lanes)
            throws IOException {
        Path path = directory.segment(segment);
        byte[] content = Files.readAllBytes(path);
        Block before = null;
        Block last = null;
        int lastAt = 0;
        int at = 0;
        String damage = null;
        while (true) {
            Block block = at(content, at);
            if (block != null && continues(last, block)) {
                before = last;
                last = block;
                lastAt = at;
                at += block.length();
                continue;
            }
            // The next one's chain vouches for a block; the last one before a break has its signature alone.
            boolean altered = last != null && !last.isSignedBy(key);
            if (altered) {
                last = before;
                at = lastAt;
            } else if (at == content.length) {
                return new SegmentScan(last, at, false, damage, false);
            }
            long expected = last == null ? segment : last.last() + 1;
            long round = last == null ? 0 : last.round();
            if (!altered && block == null && lanes != null && torn(content, at, expected, round, lanes)) {
                return new SegmentScan(last, at, true, damage, false);
            }
            damage = damage == null ? describe(path, expected, at) : damage;
            int next = next(content, altered ? at + 1 : at, key);
            Block behind = next < 0 ? null : at(content, next);
            if (behind == null) {
                return new SegmentScan(last, at, false, damage, true);
            }
            before = last;
            last = behind;
            lastAt = next;
            at = next + behind.length();
        }
    }

    static String describe(Path path, long record, long at) {
        return "record " + record + " was altered (" + path.getFileName() + ", byte " + at + ")";
    }

    /** Whether only the beginning of a block is there, as far as can be told, and the lanes have its records. */
    static boolean torn(byte[] content, int at, long first, long round, List<Chunk> lanes) {
        int left = content.length - at;
        byte[] head = Arrays.copyOf(Arrays.copyOfRange(content, at, content.length), Block.HEADER);
        ByteBuffer start = ByteBuffer.wrap(head);
        byte[] magic = ByteBuffer.allocate(4).putInt(Block.MAGIC).array();
        if (!Arrays.equals(head, 0, Math.min(4, left), magic, 0, Math.min(4, left))) {
            return false;
        }
        if (left >= 8 && Block.length(start) <= left) {
            return false;
        }
        if (left >= 16 && start.getLong(8) != first) {
            return false;
        }
        if (left < Block.HEADER) {
            return true;
        }
        long kept = 0;
        for (Chunk chunk : lanes) {
            kept += chunk.round() > round && chunk.round() <= start.getLong(24) ? chunk.records() : 0;
        }
        return kept >= start.getInt(16);
    }

    /** The whole block that begins there, signed or not; {@code null} for none. */
    static @Nullable Block at(byte[] content, int at) {
        if (content.length - at < Block.HEADER) {
            return null;
        }
        int length = Block.length(ByteBuffer.wrap(content, at, Block.HEADER).slice());
        return length < 0 || length > content.length - at
                ? null
                : Block.of(Arrays.copyOfRange(content, at, at + length));
    }

    private static boolean continues(@Nullable Block last, Block block) {
        return last == null || block.first() == last.last() + 1 && Arrays.equals(last.hash(), block.previous());
    }

    /** Where the next block begins that has the signature; -1 for none. */
    private static int next(byte[] content, int from, PublicKey key) {
        for (int at = from; at <= content.length - Block.HEADER; at++) {
            Block block = content[at] == (byte) (Block.MAGIC >>> 24) ? at(content, at) : null;
            if (block != null && block.isSignedBy(key)) {
                return at;
            }
        }
        return -1;
    }
}
