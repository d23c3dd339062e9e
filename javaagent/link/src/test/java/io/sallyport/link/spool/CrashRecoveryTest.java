package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.record.Event;
import io.sallyport.link.testing.Samples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a running recording's directory is what a kill at that moment would leave. */
class CrashRecoveryTest {

    @TempDir
    private Path directory;

    private Path place;
    private RecordingKey key;

    @BeforeEach
    void place() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
        key = RecordingKey.at(directory.resolve("recording.key"));
    }

    @Test
    void whatWasNotSealedIsSealedAsRecoveredAndTheRecordingEndsThere() throws Exception {
        Path dead = killed(3, 2);
        assertThat(events(recovered(dead))).containsExactly("1", "2", "3", "4", "5");
        assertThat(SpoolVerifier.verify(dead.getParent()).spools())
                .singleElement()
                .matches(state -> state.problem() == null && state.records() == 5 && state.unsealed() == 0);
        assertThat(blocks(dead)).last().matches(block -> block.is(Block.RECOVERED) && block.is(Block.LAST));
    }

    @Test
    void aTornLastBlockIsCutOffAtAnyByteAndItsRecordsComeFromTheLanes() throws Exception {
        Path whole = killed(3, 2);
        long sealed = Files.size(segment(whole));
        // The block that a dying process would have written next is only begun.
        byte[] next;
        try (BlockSealer sealer = new BlockSealer(
                key, whole.getFileName().toString(), blocks(whole).get(0).hash())) {
            next = sealer.seal(4, 2, 0, DeadLanes.chunks(new SpoolDirectory(whole), 1));
        }
        for (int kept = 1; kept < next.length; kept += 13) {
            Path dead = copy(whole, "torn-" + kept);
            try (RandomAccessFile file = new RandomAccessFile(segment(dead).toFile(), "rw")) {
                file.seek(sealed);
                file.write(next, 0, kept);
            }
            assertThat(SpoolVerifier.verify(dead.getParent()).intact()).isTrue();
            assertThat(events(recovered(dead))).containsExactly("1", "2", "3", "4", "5");
        }
    }

    @Test
    void aFlippedBitInAnyBlockCutsNothingOffAndStaysFound() throws Exception {
        Path whole = killedWithBlocks(5);
        List<Block> blocks = blocks(whole);
        int at = 0;
        for (int n = 1; n <= 5; n++) {
            int length = blocks.get(n - 1).length();
            // Its magic, its length (longer than the file, and shorter), its sequence number, its payload.
            for (int flipped : new int[] {0, 5, 7, 15, 90}) {
                Path dead = copy(whole, "flipped-" + n + "-" + flipped);
                byte[] content = Files.readAllBytes(segment(dead));
                content[at + flipped] ^= 1;
                Files.write(segment(dead), content);
                LeftoverSpool leftover = recovered(dead);
                assertThat(leftover.damage())
                        .as("block %d byte %d", n, flipped)
                        .startsWith("record " + n + " was altered (0000000000000001.blocks, byte " + at);
                assertThat(Files.readAllBytes(segment(dead))).startsWith(content);
                assertThat(SpoolVerifier.verify(dead.getParent()).intact()).isFalse();
                List<String> expected = new ArrayList<>(List.of("1", "2", "3", "4", "5"));
                expected.remove(n - 1);
                if (n < 5) {
                    expected.add("6");
                }
                assertThat(undamaged(leftover)).containsExactlyElementsOf(expected);
                leftover.acknowledge(leftover.last());
                assertThat(recovered(dead)).isNull();
                assertThat(SpoolVerifier.verify(dead.getParent()).spools())
                        .singleElement()
                        .matches(state -> state.problem() != null);
            }
            at += length;
        }
    }

    @Test
    void recordsOfABlockThatWasWrittenBeforeTheKillButNotFreedAreNotCountedTwice() throws Exception {
        Path dead = killed(0, 4);
        try (BlockSealer sealer = new BlockSealer(
                        key,
                        dead.getFileName().toString(),
                        Block.genesis(dead.getFileName().toString(), key.publicKey()));
                SegmentFile file = new SegmentFile(new SpoolDirectory(dead).segment(1), 1)) {
            file.append(sealer.seal(1, 1, 0, DeadLanes.chunks(new SpoolDirectory(dead), 0)));
        }
        assertThat(events(recovered(dead))).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aCrashDuringRecoveryIsOneMoreCrash() throws Exception {
        Path dead = killed(3, 2);
        Path lane = new SpoolDirectory(dead).lane(0);
        Path kept = Files.copy(lane, directory.resolve("kept"));
        recovered(dead);
        // The recovery wrote its block and died before it had removed the lanes.
        Files.move(kept, lane);
        assertThat(events(recovered(dead))).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void aTornRecordAndWhatLiesBehindItWereNotReportedAsKept() throws Exception {
        Path dead = killed(0, 3);
        Path lane = new SpoolDirectory(dead).lane(0);
        byte[] content = Files.readAllBytes(lane);
        int second = Chunk.HEADER + Chunk.RECORD_HEAD + (content[Chunk.HEADER + 3] & 0xff) + 3 & ~3;
        content[second + Chunk.RECORD_HEAD + 9] ^= 1;
        Files.write(lane, content);
        assertThat(events(recovered(dead))).containsExactly("1");
    }

    @Test
    void aClockThatIsSetBackChangesNeitherOrderNorCompleteness() throws Exception {
        try (Spool spool = Spool.create(place, new SpoolBudget(1 << 20), key)) {
            Instant now = Instant.parse("2026-11-22T10:15:30Z");
            for (int i = 0; i < 20; i++) {
                spool.append(at(now.minusSeconds(i * 86_400L), String.valueOf(i)));
                if (i % 6 == 5) {
                    spool.seal();
                }
            }
            spool.seal();
            List<String> read = new ArrayList<>();
            try (SpoolReader reader = spool.read(1)) {
                for (SpooledEvent e = reader.next(20); e != null; e = reader.next(20)) {
                    read.add(e.event().error());
                    assertThat(e.event().at()).isEqualTo(now.minusSeconds((read.size() - 1) * 86_400L));
                }
            }
            assertThat(read).hasSize(20).isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
        }
    }

    @Test
    void aControlPlaneThatForgotGetsAgainWhatIsStillOnDisk() throws Exception {
        try (Spool spool = Spool.create(place, new SpoolBudget(1 << 20), key)) {
            for (int i = 1; i <= 5; i++) {
                spool.append(Samples.alarm(String.valueOf(i)));
            }
            spool.seal();
            spool.acknowledge(5);
            try (SpoolReader reader = spool.read(3)) {
                assertThat(reader.next(5).sequence()).isEqualTo(3);
            }
        }
    }

    /** The directory of a recording with so many records in a block and so many more in its lanes, as a kill leaves it. */
    private Path killed(int sealed, int unsealed) throws IOException {
        try (Spool spool = Spool.createAsleep(place, new SpoolBudget(1 << 20), key)) {
            for (int n = 1; n <= sealed + unsealed; n++) {
                spool.append(Samples.alarm(String.valueOf(n)));
                if (n == sealed) {
                    spool.seal();
                }
            }
            return copy(spool.path(), "killed");
        }
    }

    /** A record in each block, and one more in the lanes. */
    private Path killedWithBlocks(int blocks) throws IOException {
        try (Spool spool = Spool.createAsleep(place, new SpoolBudget(1 << 20), key)) {
            for (int n = 1; n <= blocks; n++) {
                spool.append(Samples.alarm(String.valueOf(n)));
                spool.seal();
            }
            spool.append(Samples.alarm(String.valueOf(blocks + 1)));
            return copy(spool.path(), "killed");
        }
    }

    /** What is uploaded of a damaged recording. */
    private static List<String> undamaged(LeftoverSpool spool) throws IOException {
        List<String> found = new ArrayList<>();
        try (SpoolReader reader = spool.read(1)) {
            for (boolean more = true; more; ) {
                try {
                    for (SpooledEvent e = reader.next(spool.last()); e != null; e = reader.next(spool.last())) {
                        found.add(e.event().error());
                    }
                    more = false;
                } catch (DamagedSpoolException e) {
                    more = reader.skip();
                }
            }
        }
        return found;
    }

    private Path copy(Path recording, String name) throws IOException {
        Path target = Files.createDirectories(directory.resolve(name)).resolve(recording.getFileName());
        Files.createDirectory(target);
        try (Stream<Path> files = Files.list(recording)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return target;
    }

    private LeftoverSpool recovered(Path dead) throws IOException {
        return LeftoverSpool.open(new SpoolDirectory(dead), new SpoolBudget(1 << 20), key);
    }

    private static List<String> events(LeftoverSpool spool) throws IOException {
        List<String> found = new ArrayList<>();
        try (SpoolReader reader = spool.read(1)) {
            for (SpooledEvent e = reader.next(spool.last()); e != null; e = reader.next(spool.last())) {
                found.add(e.event().error());
            }
        }
        return found;
    }

    private static Path segment(Path recording) {
        return new SpoolDirectory(recording).segment(1);
    }

    private static List<Block> blocks(Path recording) throws IOException {
        List<Block> found = new ArrayList<>();
        try (BlockFile file = new BlockFile(segment(recording))) {
            for (Block block = file.next(); block != null; block = file.next()) {
                found.add(block);
            }
        }
        return found;
    }

    private static Event at(Instant at, String error) {
        Event e = Samples.alarm(error);
        return Event.builder(at, e.type())
                .session(e.session())
                .call(e.call())
                .target(e.target())
                .summary(e.summary())
                .detail(e.detail())
                .verdict(e.verdict())
                .rules(e.rules())
                .wouldHave(e.wouldHave())
                .rows(e.rows())
                .masked(e.masked())
                .callSite(e.callSite())
                .thread(e.thread())
                .ticket(e.ticket())
                .persons(e.persons())
                .reason(e.reason())
                .micros(e.micros())
                .tls(e.tls())
                .error(e.error())
                .build();
    }
}
