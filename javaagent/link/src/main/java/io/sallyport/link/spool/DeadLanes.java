package io.sallyport.link.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a process that was killed left in its lanes and had not sealed. */
final class DeadLanes {

    private DeadLanes() {}

    /** Chunks with at least one whole record, begun after {@code round}. Nothing is changed. */
    static List<Chunk> chunks(SpoolDirectory directory, long round) throws IOException {
        List<Chunk> found = new ArrayList<>();
        for (Path path : directory.lanes()) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                int chunkBytes = (int) (file.length() / Lane.CHUNKS);
                if (chunkBytes < Chunk.HEADER + Chunk.RECORD_HEAD || chunkBytes % 4096 != 0) {
                    // Killed while the file was made: nobody had written to it yet.
                    continue;
                }
                var memory = file.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, file.length());
                for (int i = 0; i < Lane.CHUNKS; i++) {
                    Chunk chunk = new Chunk(Lane.part(memory, i, chunkBytes));
                    if (chunk.recover() && chunk.round() > round) {
                        found.add(chunk);
                    }
                }
            }
        }
        return found;
    }

    /**
     * Makes a dead recording whole: cuts a torn last block off, seals what the lanes hold behind it, and removes them. Damage is left as it is and noted
     * in the directory; where nothing whole is behind it, the lanes stay too, since nobody knows what number their records have. Where sealed blocks are
     * missing at the end, the one that is sealed says that, and not that the recording ends.
     *
     * @return what is damaged, for people, where that was not known before; {@code null}: nothing
     * @throws IOException when that cannot be done; nothing is lost then
     */
    static @Nullable String seal(SpoolDirectory directory, RecordingKey key) throws IOException {
        String publicKey = directory.publicKey();
        if (directory.lanes().isEmpty()) {
            return null;
        }
        if (publicKey != null && !publicKey.equals(key.publicKey())) {
            throw new IOException("the recording " + directory.path()
                    + " was made with another recording key; put that one back to have its last records sealed");
        }
        PublicKey verifier = Block.publicKey(key.publicKey());
        List<Long> firsts = directory.segments();
        SegmentScan scan = null;
        SegmentScan before = null;
        if (!firsts.isEmpty()) {
            scan = SegmentScan.of(directory, firsts.get(firsts.size() - 1), verifier, chunks(directory, 0));
            if (scan.last() == null && scan.damage() == null && firsts.size() > 1) {
                before = SegmentScan.of(directory, firsts.get(firsts.size() - 2), verifier, null);
            }
        }
        SegmentScan found = before == null ? scan : before;
        String altered = found == null ? null : found.damage();
        Block last = found == null ? null : found.last();
        String missing = HeadFile.missing(directory, key, last);
        String harm = altered == null ? missing : altered;
        String damage = harm == null ? null : directory.damaged(harm);
        if (found != null && found.open()) {
            return damage;
        }
        if (scan != null) {
            cut(directory.segment(firsts.get(firsts.size() - 1)), scan);
        }
        List<Chunk> left = chunks(directory, last == null ? 0 : last.round());
        if (last != null || !left.isEmpty() || missing != null) {
            write(directory, key, last, missing == null ? Block.LAST : Block.DAMAGED, left);
        }
        for (Path lane : directory.lanes()) {
            Files.deleteIfExists(lane);
        }
        return damage;
    }

    private static void write(
            SpoolDirectory directory, RecordingKey key, @Nullable Block last, int flag, List<Chunk> left)
            throws IOException {
        long first = last == null ? 1 : last.last() + 1;
        long round = left.stream().mapToLong(Chunk::round).max().orElse(last == null ? 0 : last.round());
        byte[] before = last == null ? Block.genesis(directory.id(), key.publicKey()) : last.hash();
        List<Long> firsts = directory.segments();
        long segment = firsts.isEmpty() ? first : firsts.get(firsts.size() - 1);
        try (BlockSealer sealer = new BlockSealer(key, directory.id(), before);
                SegmentFile file = new SegmentFile(directory.segment(segment), segment);
                HeadFile head = new HeadFile(directory, key)) {
            long sealed = HeadFile.proven(directory, key);
            // Before the block, which says that it is there.
            head.write(Math.max(sealed, first - 1));
            byte[] block = sealer.seal(first, round, Block.RECOVERED | flag, left);
            file.append(block);
            head.write(Math.max(sealed, Block.of(block).last()));
        }
    }

    /** Removes the beginning of a block; a segment that has nothing else is deleted. */
    private static void cut(Path path, SegmentScan scan) throws IOException {
        if (scan.last() == null) {
            Files.delete(path);
        } else if (scan.torn()) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(scan.end());
            }
        }
    }
}
