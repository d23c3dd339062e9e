package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.link.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a closed recording is found, in every position. */
class SpoolVerifierTest {

    private static final int RECORDS = 24;

    @TempDir
    private Path directory;

    private Path place;
    private Path path;
    private String id;
    private RecordingKey key;
    private List<Path> segments;

    /** Blocks of one to three records in several segments, closed. */
    @BeforeEach
    void record() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
        key = RecordingKey.at(directory.resolve("recording.key"));
        Spool spool = Spool.create(place, new SpoolBudget(64 * 1024), key);
        for (int i = 1; i <= RECORDS; i++) {
            assertThat(spool.append(Samples.random(i))).isTrue();
            if (i % 3 != 1) {
                spool.seal();
            }
        }
        spool.close();
        path = spool.path();
        id = spool.id();
        segments = SpoolTest.segments(spool);
        assertThat(segments).hasSizeGreaterThan(1);
    }

    @Test
    void anUntouchedRecordingIsIntact() throws IOException {
        assertThat(SpoolVerifier.verify(place).spools())
                .singleElement()
                .isEqualTo(
                        new VerifyResult.SpoolState(id, path.toRealPath(), RECORDS, 1, RECORDS, 0, false, false, null));
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
            for (int at = 0; at < content.length; at += 131) {
                byte before = content[at];
                content[at] ^= 1;
                Files.write(segment, content);
                assertThat(problem())
                        .as("%s byte %d", segment.getFileName(), at)
                        .contains("record");
                content[at] = before;
            }
            Files.write(segment, content);
        }
    }

    @Test
    void aDroppedBlockIsFoundInEveryPosition() throws IOException {
        forEachBlock((blocks, i) -> blocks.remove(i), 0);
    }

    @Test
    void aDuplicatedBlockIsFoundInEveryPosition() throws IOException {
        forEachBlock((blocks, i) -> blocks.add(i, blocks.get(i)), 0);
    }

    @Test
    void reorderedBlocksAreFoundInEveryPosition() throws IOException {
        forEachBlock((blocks, i) -> blocks.add(i, blocks.remove(i + 1)), 1);
    }

    @Test
    void aBlockOfAnotherRecordingIsFoundInEveryPosition() throws IOException {
        Spool other = Spool.create(place, new SpoolBudget(64 * 1024), key);
        other.append(Samples.event(1));
        other.seal();
        byte[] foreign = Files.readAllBytes(SpoolTest.segments(other).get(0));
        other.acknowledge(1);
        other.close();
        forEachBlock((blocks, i) -> blocks.set(i, foreign), 0);
    }

    @Test
    void aMissingSegmentIsNamed() throws IOException {
        for (Path segment : segments) {
            byte[] content = Files.readAllBytes(segment);
            Files.delete(segment);
            assertThat(problem()).contains("missing");
            Files.write(segment, content);
        }
    }

    @Test
    void aFrontThatWasCutOffIsFoundUnlessItsDeletionIsSigned() throws IOException {
        Block last = null;
        try (BlockFile file = new BlockFile(segments.get(0))) {
            for (Block block = file.next(); block != null; block = file.next()) {
                last = block;
            }
        }
        Files.delete(segments.get(0));
        String said = last.last() + " " + HexFormat.of().formatHex(last.hash());
        RecordingKey other = RecordingKey.at(directory.resolve("other.key"));
        SpoolDirectory recording = new SpoolDirectory(path);
        Files.writeString(path.resolve("deleted"), said + "\n");
        assertThat(problem())
                .contains("records before " + (last.last() + 1) + " are missing")
                .contains("not signed");
        recording.deleted(last.last(), last.hash(), other);
        assertThat(problem()).contains("not signed");
        recording.deleted(last.last(), last.hash(), key);
        assertThat(SpoolVerifier.verify(place).spools())
                .singleElement()
                .matches(state -> state.problem() == null && state.first() > 1)
                .matches(state -> state.describe().contains("confirmed and deleted"));
        String signed = Files.readString(path.resolve("deleted"));
        Files.writeString(path.resolve("deleted"), (last.last() + 1) + signed.substring(signed.indexOf(' ')));
        assertThat(problem()).contains("not signed");
    }

    @Test
    void anEndThatWasCutOffIsFoundByItself() throws IOException {
        Path last = segments.get(segments.size() - 1);
        List<byte[]> blocks = blocks(last);
        write(last, blocks.subList(0, blocks.size() - 1));
        assertThat(problem()).contains("its end is missing");
    }

    @Test
    void anEndThatWasCutOffAndMadeLookLikeARunningOneIsNotSaidToBeProven() throws IOException {
        assertThat(SpoolVerifier.verify(place).spools().get(0).describe()).doesNotContain("open");
        Path last = segments.get(segments.size() - 1);
        List<byte[]> blocks = blocks(last);
        write(last, blocks.subList(0, blocks.size() - 1));
        Files.createFile(path.resolve("lane-00"));
        assertThat(SpoolVerifier.verify(place).spools())
                .singleElement()
                .matches(VerifyResult.SpoolState::open)
                .matches(state -> state.describe().endsWith("open: its end is not proven"));
    }

    @Test
    void anEndThatWasCutOffIsFoundAgainstTheConfirmedNumber() throws IOException {
        assertThat(SpoolVerifier.verify(place, new SpoolVerifier.Expected(null, RECORDS))
                        .intact())
                .isTrue();
        VerifyResult result = SpoolVerifier.verify(place, new SpoolVerifier.Expected(null, RECORDS + 3));
        assertThat(result.spools().get(0).problem())
                .contains("records " + (RECORDS + 1) + " to " + (RECORDS + 3) + " are missing");
    }

    @Test
    void aRecordingUnderAnotherNameIsFound() throws IOException {
        Files.move(path, path.resolveSibling("20200101T000000Z-0000000000000000"));
        assertThat(problem()).contains("does not continue");
    }

    @Test
    void aRecordingThatWasMadeAnewWithAnotherKeyIsFoundAgainstTheExpectedOne() throws IOException {
        RecordingKey forged = RecordingKey.at(directory.resolve("forged.key"));
        Files.writeString(path.resolve("public-key"), forged.publicKey());
        assertThat(problem()).contains("signature");
        Path forgedPlace = Files.createDirectory(directory.resolve("forged"));
        try (Spool spool = Spool.create(forgedPlace, new SpoolBudget(1 << 20), forged)) {
            spool.append(Samples.event(1));
        }
        assertThat(SpoolVerifier.verify(forgedPlace).intact()).isTrue();
        assertThat(SpoolVerifier.verify(forgedPlace, new SpoolVerifier.Expected(key.publicKey(), 0))
                        .spools()
                        .get(0)
                        .problem())
                .contains("another signing key");
    }

    private interface Change {
        void apply(List<byte[]> blocks, int index);
    }

    private void forEachBlock(Change change, int margin) throws IOException {
        for (Path segment : segments) {
            List<byte[]> blocks = blocks(segment);
            for (int i = 0; i < blocks.size() - margin; i++) {
                List<byte[]> changed = new ArrayList<>(blocks);
                change.apply(changed, i);
                write(segment, changed);
                assertThat(problem())
                        .as("%s block %d", segment.getFileName(), i)
                        .isNotNull();
            }
            write(segment, blocks);
        }
        assertThat(SpoolVerifier.verify(place).intact()).isTrue();
    }

    private static List<byte[]> blocks(Path segment) throws IOException {
        byte[] content = Files.readAllBytes(segment);
        List<byte[]> blocks = new ArrayList<>();
        try (BlockFile file = new BlockFile(segment)) {
            for (long from = 0; file.next() != null; from = file.offset()) {
                blocks.add(java.util.Arrays.copyOfRange(content, (int) from, (int) file.offset()));
            }
        }
        return blocks;
    }

    private static void write(Path segment, List<byte[]> blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] block : blocks) {
            out.write(block);
        }
        Files.write(segment, out.toByteArray());
    }

    private String problem() throws IOException {
        VerifyResult result = SpoolVerifier.verify(place);
        assertThat(result.intact()).isFalse();
        return result.spools().get(0).problem();
    }
}
