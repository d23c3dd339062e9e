package io.sallyport.link.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * Makes a dead recording whole: cuts a torn last block off, seals what the lanes hold behind it, and removes them.
     *
     * @throws IOException when that cannot be done; nothing is lost then
     */
    static void seal(SpoolDirectory directory, RecordingKey key) throws IOException {
        String publicKey = directory.publicKey();
        if (directory.lanes().isEmpty()) {
            return;
        }
        if (publicKey != null && !publicKey.equals(key.publicKey())) {
            throw new IOException("the recording " + directory.path()
                    + " was made with another recording key; put that one back to have its last records sealed");
        }
        List<Long> firsts = directory.segments();
        Block last = firsts.isEmpty() ? null : lastWhole(directory, firsts.get(firsts.size() - 1));
        if (last == null && firsts.size() > 1) {
            last = lastWhole(directory, firsts.get(firsts.size() - 2));
        }
        List<Chunk> left = chunks(directory, last == null ? 0 : last.round());
        if (last != null || !left.isEmpty()) {
            write(directory, key, last, left);
        }
        for (Path lane : directory.lanes()) {
            Files.deleteIfExists(lane);
        }
    }

    private static void write(SpoolDirectory directory, RecordingKey key, @Nullable Block last, List<Chunk> left)
            throws IOException {
        long first = last == null ? 1 : last.last() + 1;
        long round = left.stream().mapToLong(Chunk::round).max().orElse(last == null ? 0 : last.round());
        byte[] before = last == null ? Block.genesis(directory.id(), key.publicKey()) : last.hash();
        List<Long> firsts = directory.segments();
        long segment = firsts.isEmpty() ? first : firsts.get(firsts.size() - 1);
        try (BlockSealer sealer = new BlockSealer(key, directory.id(), before);
                SegmentFile file = new SegmentFile(directory.segment(segment), segment)) {
            byte[] block = sealer.seal(first, round, Block.RECOVERED | Block.LAST, left);
            file.append(block);
        }
    }

    /** The segment's last whole block; what follows it is cut off, and a segment without any is deleted. */
    private static @Nullable Block lastWhole(SpoolDirectory directory, long first) throws IOException {
        Path path = directory.segment(first);
        Block last = null;
        long end;
        try (BlockFile file = new BlockFile(path)) {
            for (Block block = file.next(); block != null; block = file.next()) {
                last = block;
            }
            end = file.offset();
        }
        if (last == null) {
            Files.delete(path);
        } else if (end < Files.size(path)) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(end);
            }
        }
        return last;
    }
}
