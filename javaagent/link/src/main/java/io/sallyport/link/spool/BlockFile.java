package io.sallyport.link.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a segment block by block, whether or not the blocks are what they should be. Not thread-safe. */
final class BlockFile implements AutoCloseable {

    private final RandomAccessFile file;
    private long offset;

    BlockFile(Path segment) throws IOException {
        file = new RandomAccessFile(segment.toFile(), "r");
    }

    /** Where the block that {@link #next} returns begins. */
    long offset() {
        return offset;
    }

    /** @return {@code null} where no whole block follows: at the end, or before bytes that are none */
    @Nullable
    Block next() throws IOException {
        byte[] head = new byte[Block.HEADER];
        if (file.length() - offset < head.length) {
            return null;
        }
        file.seek(offset);
        file.readFully(head);
        int length = Block.length(ByteBuffer.wrap(head));
        if (length < 0 || file.length() - offset < length) {
            return null;
        }
        byte[] whole = Arrays.copyOf(head, length);
        file.readFully(whole, head.length, length - head.length);
        offset += length;
        return Block.of(whole);
    }

    /** Whether every byte belonged to a block. */
    boolean atEnd() throws IOException {
        return offset == file.length();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
