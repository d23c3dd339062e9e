package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.link.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a recording is found, in every position. */
class SpoolVerifierTest {

    private static final int RECORDS = 40;

    @TempDir
    private Path directory;

    private Spool spool;
    private List<Path> segments;

    @BeforeEach
    void record() throws IOException {
        spool = Spool.create(directory, new SpoolBudget(64 * 1024));
        for (int i = 1; i <= RECORDS; i++) {
            assertThat(spool.append(Samples.event(i))).isTrue();
        }
        try (var files = Files.list(spool.path())) {
            segments = files.sorted().toList();
        }
        assertThat(segments).hasSizeGreaterThan(2);
    }

    @Test
    void anUntouchedRecordingIsIntact() throws IOException {
        assertThat(SpoolVerifier.verify(directory).spools())
                .singleElement()
                .isEqualTo(new VerifyResult.SpoolState(
                        spool.id(), spool.path().toRealPath(), RECORDS, 1, RECORDS, false, null));
    }

    @Test
    void anEmptyDirectoryProvesNothing() throws IOException {
        assertThat(SpoolVerifier.verify(Files.createDirectory(directory.resolve("empty")))
                        .intact())
                .isFalse();
    }

    @Test
    void oneFlippedBitAnywhereIsFound() throws IOException {
        for (Path segment : segments) {
            byte[] content = Files.readAllBytes(segment);
            for (int at = 0; at < content.length; at += 7) {
                byte before = content[at];
                content[at] ^= 1;
                Files.write(segment, content);
                VerifyResult result = SpoolVerifier.verify(directory);
                boolean lastLineFeed = segment.equals(segments.get(segments.size() - 1)) && at == content.length - 1;
                assertThat(result.intact())
                        .as("%s byte %d", segment.getFileName(), at)
                        .isEqualTo(lastLineFeed);
                content[at] = before;
            }
            Files.write(segment, content);
        }
    }

    @Test
    void aDroppedRecordIsNamed() throws IOException {
        forEachLine((lines, i) -> lines.remove(i), 1);
    }

    @Test
    void aDuplicatedRecordIsFound() throws IOException {
        forEachLine((lines, i) -> lines.add(i, lines.get(i)), 0);
    }

    @Test
    void reorderedRecordsAreFound() throws IOException {
        forEachLine((lines, i) -> lines.add(i, lines.remove(i + 1)), 1);
    }

    @Test
    void aMissingSegmentIsNamed() throws IOException {
        Files.delete(segments.get(1));
        assertThat(problem()).contains("missing");
    }

    @Test
    void aMissingFirstSegmentIsNamed() throws IOException {
        Files.delete(segments.get(0));
        assertThat(problem()).contains("records before").contains("missing");
    }

    @Test
    void aTruncatedEndIsFoundAgainstTheConfirmedNumber() throws IOException {
        spool.acknowledge(RECORDS);
        Path last = segments.get(segments.size() - 1);
        List<String> lines = new ArrayList<>(Files.readAllLines(last));
        lines.remove(lines.size() - 1);
        Files.write(last, lines);
        assertThat(problem()).contains("records " + RECORDS + " to " + RECORDS + " are missing");
    }

    @Test
    void aRecordingUnderAnotherNameIsFound() throws IOException {
        Files.move(spool.path(), spool.path().resolveSibling("20200101T000000Z-0000000000000000"));
        assertThat(problem()).contains("does not continue");
    }

    private interface Change {
        void apply(List<String> lines, int index);
    }

    /** Applies the change at each line (but the last {@code margin} ones of the last segment, whose loss only the confirmed number shows). */
    private void forEachLine(Change change, int margin) throws IOException {
        for (Path segment : segments) {
            List<String> lines = Files.readAllLines(segment);
            for (int i = 0; i < lines.size() - margin; i++) {
                List<String> changed = new ArrayList<>(lines);
                change.apply(changed, i);
                Files.write(segment, changed);
                assertThat(SpoolVerifier.verify(directory).intact())
                        .as("%s line %d", segment.getFileName(), i + 1)
                        .isFalse();
            }
            Files.write(segment, lines);
        }
        assertThat(SpoolVerifier.verify(directory).intact()).isTrue();
    }

    private String problem() throws IOException {
        VerifyResult result = SpoolVerifier.verify(directory);
        assertThat(result.intact()).isFalse();
        return result.spools().get(0).describe();
    }
}
