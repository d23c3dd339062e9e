package io.sallyport.controlplane.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk of the data directory takes what is written to it. Once the embedded store could not write, nothing more is, which would close it
 * each time, until a file of some size could be: how much room a quota or a reserve leaves, only writing tells. Thread-safe.
 */
final class DiskRoom {

    static final String TROUBLE =
            "there is no room on the disk of the data directory, or it cannot be written: nothing is"
                    + " stored; make room there, this goes on by itself then";

    private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);

    /** More than one transaction of events. */
    private static final int ENOUGH = 8 << 20;

    private static final int PIECE = 64 << 10;

    private final Path directory;
    private volatile boolean lacking;

    DiskRoom(Path directory) {
        this.directory = directory;
    }

    /** The store could not write. */
    void missed() {
        lacking = true;
    }

    boolean isLacking() {
        return lacking;
    }

    /** @throws ConnectionException while there is none, which is a {@link StoreFault#CANNOT_WRITE} */
    void demand() {
        if (lacking) {
            throw new ConnectionException(new SQLException(TROUBLE, StoreFault.DISK_FULL));
        }
    }

    /** Looks whether there is room again, where there was none. */
    void look() {
        if (!lacking) {
            return;
        }
        Path probe = directory.resolve("room.probe");
        try (FileChannel file = FileChannel.open(
                probe, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (int written = 0; written < ENOUGH; written += PIECE) {
                write(file, ByteBuffer.allocate(PIECE));
            }
            file.force(false);
        } catch (IOException e) {
            LOG.debug("no room yet: {}", e.getClass().getName());
            return;
        } finally {
            delete(probe);
        }
        lacking = false;
    }

    private static void write(FileChannel file, ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            file.write(piece);
        }
    }

    private static void delete(Path probe) {
        try {
            Files.deleteIfExists(probe);
        } catch (IOException e) {
            LOG.debug("{} could not be deleted", probe, e);
        }
    }
}
