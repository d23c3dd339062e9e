package io.sallyport.agent.startup;

import io.sallyport.core.policy.shape.ShapeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps statement shapes in the file {@code shapes} of the agent's directory. What cannot be kept is learnt again by the next process,
 * which is said once.
 */
final class FileShapes implements ShapeStore {
    /** More is not read: the book holds 20,000 entries of some 100 characters. */
    private static final long LONGEST = 16L << 20;

    private final Path file;
    private final AtomicBoolean complained = new AtomicBoolean();

    FileShapes(Path directory) {
        this.file = directory.resolve("shapes");
    }

    @Override
    public List<String> lines() {
        try {
            return Files.exists(file) && Files.size(file) <= LONGEST ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            complain(unreadable);
            return List.of();
        }
    }

    @Override
    public synchronized void append(String line) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            complain(unwritable);
        }
    }

    @Override
    public synchronized void replace(List<String> lines) {
        Path fresh = file.resolveSibling("shapes.new");
        try {
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            complain(unwritable);
        }
    }

    private void complain(IOException why) {
        if (complained.compareAndSet(false, true)) {
            System.err.println("sallyport: statement shapes are not kept over a restart: " + why);
        }
    }
}
