package io.sallyport.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.shape.ShapeBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileShapesTest {
    private static final Instant START = Instant.parse("2026-03-04T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path directory;

    @Test
    void aShapeIsKnownToTheNextProcessHoweverThisOneEnds() {
        new ShapeBook(new FileShapes(directory.resolve("spool"))).isNew("t", "a.B.c", "f1", START, WEEK);

        ShapeBook next = new ShapeBook(new FileShapes(directory.resolve("spool")));

        assertThat(next.count("t", "a.B.c", "f1")).isEqualTo(1);
        assertThat(next.isNew("t", "a.B.c", "f2", START.plus(Duration.ofDays(8)), WEEK))
                .isTrue();
    }

    @Test
    void countsAreKeptWhenAProcessEndsInOrder() {
        ShapeBook book = new ShapeBook(new FileShapes(directory));
        for (int i = 0; i < 5; i++) {
            book.isNew("t", "a.B.c", "f1", START, WEEK);
        }
        book.save();

        assertThat(new ShapeBook(new FileShapes(directory)).count("t", "a.B.c", "f1"))
                .isEqualTo(5);
    }

    @Test
    void aDirectoryThatCannotBeWrittenCostsTheMemoryOfTheNextProcessOnly() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        ShapeBook book = new ShapeBook(new FileShapes(file));

        assertThat(book.isNew("t", "a.B.c", "f1", START, WEEK)).isFalse();
        assertThat(book.count("t", "a.B.c", "f1")).isEqualTo(1);
    }
}
