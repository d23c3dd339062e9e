package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.sallyport.core.record.Event;
import io.sallyport.link.testing.Samples;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SpoolTest {

    @TempDir
    private Path directory;

    private Path place;
    private RecordingKey key;
    private final List<Spool> open = new ArrayList<>();

    @BeforeEach
    void place() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
        key = RecordingKey.at(directory.resolve("recording.key"));
    }

    @AfterEach
    void close() throws IOException {
        for (Spool spool : open) {
            spool.close();
        }
    }

    private Spool spool(SpoolBudget budget) throws IOException {
        Spool spool = Spool.create(place, budget, key);
        open.add(spool);
        return spool;
    }

    private Spool spool(long limit) throws IOException {
        return spool(new SpoolBudget(limit));
    }

    @Test
    void anEventIsOnDiskBeforeItIsSealed() throws Exception {
        Spool spool = spool(1 << 20);
        assertThat(spool.append(Samples.event(1))).isTrue();
        VerifyResult.SpoolState state = SpoolVerifier.verify(place).spools().get(0);
        assertThat(state.records() + state.unsealed()).isEqualTo(1);
        assertThat(state.problem()).isNull();
    }

    @Test
    void whatIsReadIsWhatWasAppended() throws Exception {
        Spool spool = spool(1 << 20);
        List<Event> events =
                List.of(Samples.event(1), Samples.full(), Samples.alarm("x\ud800y and ünïcode ✓ 𝄞"), Samples.event(2));
        events.forEach(event -> assertThat(spool.append(event)).isTrue());
        spool.seal();
        List<Event> found = new ArrayList<>();
        try (SpoolReader reader = spool.read(1)) {
            for (SpooledEvent e = reader.next(4); e != null; e = reader.next(4)) {
                found.add(e.event());
            }
        }
        assertThat(found)
                .containsExactly(
                        Samples.event(1), Samples.full(), Samples.alarm("x?y and ünïcode ✓ 𝄞"), Samples.event(2));
    }

    @Test
    void bothRecordsOfACallReadAsTheEventsThatTheyStandFor() throws Exception {
        Spool spool = spool(1 << 20);
        Samples.Call call = new Samples.Call("8k3f9x2m7q-1f", "com.example.Orders.find:12");
        long at = 1_764_360_000_123_456L;
        assertThat(spool.admitted(call, at, "allow", List.of("reads"), List.of("contact")))
                .isTrue();
        assertThat(spool.completed(call, at + 77, 3, List.of("contact"), 77)).isTrue();
        spool.seal();
        try (SpoolReader reader = spool.read(1)) {
            assertThat(reader.next(2).event())
                    .isEqualTo(call.subject()
                            .decision(Samples.instant(at), "allow", List.of("reads"), null, List.of("contact"), null));
            assertThat(reader.next(2).event())
                    .isEqualTo(call.subject().result(Samples.instant(at + 77), 3, List.of("contact"), 77));
        }
    }

    @Test
    void filesAreReadableByThisUserOnly() throws Exception {
        Spool spool = spool(1 << 20);
        spool.append(Samples.event(1));
        spool.seal();
        assertThat(mode(spool.path())).isEqualTo("rwx------");
        assertThat(mode(directory.resolve("recording.key"))).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(spool.path())) {
            assertThat(files.map(SpoolTest::mode)).hasSize(4).containsOnly("rw-------");
        }
    }

    @Test
    void sealedBlocksShowNothingOfWhatWasRecorded() throws Exception {
        Spool spool = spool(1 << 20);
        spool.append(Samples.event(1));
        spool.seal();
        String content = Files.readString(segments(spool).get(0), StandardCharsets.ISO_8859_1);
        assertThat(content).doesNotContain("payments").doesNotContain("orders");
    }

    @Test
    void aThreadThatIsInterruptedStillRecordsAndDoesNotBreakTheSpoolForOthers() throws Exception {
        Spool spool = spool(1 << 20);
        Thread.currentThread().interrupt();
        assertThat(spool.append(Samples.event(1))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(spool.append(Samples.event(2))).isTrue();
        assertThat(read(spool)).isEqualTo(2);
    }

    @Test
    void eachThreadsEventsKeepTheirOrderAndNoneIsLostAmongManyThreads() throws Exception {
        Spool spool = spool(64 << 20);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> writers = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int thread = t;
            writers.add(threads.submit(() -> {
                for (int i = 0; i < 5_000; i++) {
                    assertThat(spool.append(Samples.alarm(thread + " " + i))).isTrue();
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        spool.seal();
        int[] next = new int[8];
        try (SpoolReader reader = spool.read(1)) {
            for (SpooledEvent e = reader.next(40_000); e != null; e = reader.next(40_000)) {
                String[] said = e.event().error().split(" ");
                assertThat(next[Integer.parseInt(said[0])]++).isEqualTo(Integer.parseInt(said[1]));
            }
        }
        assertThat(next).containsOnly(5_000);
        assertThat(SpoolVerifier.verify(place).spools())
                .singleElement()
                .matches(state -> state.problem() == null && state.records() == 40_000);
    }

    @Test
    void whatWasWrittenBeforeAnotherRecordWasBegunComesBeforeItAcrossThreads() throws Exception {
        Spool spool = spool(64 << 20);
        // Two threads pass a ball: each appends, then lets the other one append.
        var ball = new java.util.concurrent.SynchronousQueue<Integer>();
        int passes = 3_000;
        Thread other = new Thread(() -> {
            try {
                for (int n = ball.take(); n < passes; n = ball.take()) {
                    spool.append(Samples.alarm(String.valueOf(n)));
                    ball.put(n + 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        other.start();
        for (int n = 0; n < passes; n = ball.take()) {
            spool.append(Samples.alarm(String.valueOf(n)));
            if (n % 7 == 0) {
                spool.seal();
            }
            ball.put(n + 1);
        }
        other.interrupt();
        spool.seal();
        try (SpoolReader reader = spool.read(1)) {
            for (int n = 0; n < passes; n++) {
                assertThat(reader.next(passes).event().error()).isEqualTo(String.valueOf(n));
            }
        }
    }

    @Test
    void refusesEventsBeyondItsSizeAndTakesThemAgainWhenConfirmed() throws Exception {
        SpoolBudget budget = new SpoolBudget(64 * 1024);
        Spool spool = spool(budget);
        long kept = 0;
        while (spool.append(Samples.random(kept)) || appendedOnceSealed(spool, Samples.random(kept))) {
            kept++;
            assertThat(budget.used()).isLessThanOrEqualTo(64 * 1024);
        }
        assertThat(spool.trouble()).contains("limit of 65536 bytes");
        assertThat(spool.last()).isEqualTo(kept);
        spool.acknowledge(kept);
        assertThat(spool.append(Samples.event(1))).isTrue();
        spool.seal();
        assertThat(spool.trouble()).isNull();
        assertThat(read(spool, kept + 1)).isEqualTo(1);
        assertThat(SpoolVerifier.verify(place).intact()).isTrue();
    }

    /** What is sealed is smaller than the chunks it was in, so there may be room again. */
    private static boolean appendedOnceSealed(Spool spool, Event event) {
        spool.seal();
        return spool.append(event);
    }

    @Test
    void refusesEventsWhenItsDirectoryIsGoneAndGoesOnWhenItIsBack() throws Exception {
        Spool spool = spool(1 << 20);
        spool.append(Samples.event(1));
        spool.seal();
        delete(spool.path());
        assertThat(spool.append(Samples.event(2))).isFalse();
        assertThat(spool.trouble()).contains("cannot write");
        // Rounds that find no directory change nothing.
        spool.seal();
        spool.seal();
        assertThat(spool.append(Samples.event(2))).isFalse();
        Files.createDirectory(spool.path());
        Awaitility.await().until(() -> spool.append(Samples.event(3)));
        spool.seal();
        // Where a round found the segment gone while its directory was back, an alarm stands beside the event.
        assertThat(read(spool, 2)).isBetween(1L, 2L);
    }

    @Test
    void whatADiskThatFailsDoesNotTakeIsKeptInTheLanesAndSealedLater() throws Exception {
        Spool spool = spool(64 * 1024);
        for (int i = 1; i <= 40; i++) {
            spool.append(Samples.random(i));
        }
        spool.seal();
        assertThat(spool.last()).isEqualTo(40);
        // The segment is full, and a directory lies where the next one has to go: as good as a disk that takes no more.
        Path obstacle = Files.createDirectory(spool.path().resolve("0000000000000041.blocks"));
        assertThat(spool.append(Samples.random(41))).isTrue();
        spool.seal();
        assertThat(spool.trouble()).contains("cannot write");
        assertThat(spool.append(Samples.random(42))).isFalse();
        Files.delete(obstacle);
        Awaitility.await().until(() -> spool.append(Samples.random(42)));
        assertThat(read(spool)).isEqualTo(42);
        assertThat(SpoolVerifier.verify(place).intact()).isTrue();
    }

    @Test
    void cutsADetailThatWouldOutgrowAFrame() throws Exception {
        Spool spool = spool(64 << 20);
        assertThat(spool.append(Samples.detailed("x".repeat(2_000_000)))).isTrue();
        spool.seal();
        try (SpoolReader reader = spool.read(1)) {
            ByteBuf frame = Batch.read(reader, spool.id(), 1, 10, 1000).frame();
            AgentMessage.Events sent =
                    (AgentMessage.Events) Wire.read(frame.toString(StandardCharsets.UTF_8), AgentMessage.class);
            assertThat(sent.events().get(0).event().detail())
                    .hasSizeLessThan(40_000)
                    .endsWith("(2000000 characters)");
        }
    }

    @Test
    void aBatchIsAnEventsMessageOfTheProtocol() throws Exception {
        Spool spool = spool(4 << 20);
        for (int i = 1; i <= 5; i++) {
            spool.append(Samples.event(i));
        }
        spool.seal();
        try (SpoolReader reader = spool.read(2)) {
            Batch batch = Batch.read(reader, spool.id(), spool.last(), 3, 1 << 20);
            assertThat(Wire.read(batch.frame().toString(StandardCharsets.UTF_8), AgentMessage.class))
                    .isEqualTo(new AgentMessage.Events(
                            spool.id(),
                            List.of(
                                    new AgentMessage.Numbered(2, Samples.event(2)),
                                    new AgentMessage.Numbered(3, Samples.event(3)),
                                    new AgentMessage.Numbered(4, Samples.event(4)))));
            assertThat(batch.first()).isEqualTo(2);
            assertThat(batch.last()).isEqualTo(4);
        }
    }

    @Test
    void confirmedSegmentsAreDeletedAndTheRestStillVerifies() throws Exception {
        Spool spool = spool(256 * 1024);
        for (int i = 1; i <= 500; i++) {
            spool.append(Samples.random(i));
            if (i % 20 == 0) {
                spool.seal();
            }
        }
        int before = segments(spool).size();
        spool.acknowledge(300);
        assertThat(segments(spool).size()).isBetween(1, before - 1);
        assertThat(SpoolVerifier.verify(place).spools())
                .singleElement()
                .matches(state ->
                        state.problem() == null && state.first() > 1 && state.first() <= 301 && state.last() == 500);
    }

    @Test
    void aLeftoverIsDeletedWhenItsLastRecordIsConfirmedAndNotBefore() throws Exception {
        Spool spool = spool(1 << 20);
        for (int i = 1; i <= 3; i++) {
            spool.append(Samples.event(i));
        }
        spool.close();
        SpoolBudget budget = new SpoolBudget(1 << 20);
        LeftoverSpool leftover = LeftoverSpool.open(new SpoolDirectory(spool.path()), budget, key);
        assertThat(budget.used()).isPositive();
        leftover.acknowledge(2);
        assertThat(spool.path()).exists();
        leftover.acknowledge(99);
        assertThat(spool.path()).doesNotExist();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aRecordThatWasAlteredOnDiskIsNotPassedOn() throws Exception {
        Spool spool = spool(1 << 20);
        for (int i = 1; i <= 3; i++) {
            spool.append(Samples.event(i));
            spool.seal();
        }
        Path segment = segments(spool).get(0);
        byte[] content = Files.readAllBytes(segment);
        content[content.length / 2] ^= 1;
        Files.write(segment, content);
        assertThatThrownBy(() -> read(spool))
                .isInstanceOf(DamagedSpoolException.class)
                .hasMessageContaining("record 2");
    }

    @Test
    void anotherKeyDoesNotOpenARecording() throws Exception {
        Spool spool = spool(1 << 20);
        spool.append(Samples.event(1));
        spool.close();
        RecordingKey other = RecordingKey.at(directory.resolve("other.key"));
        LeftoverSpool leftover = LeftoverSpool.open(new SpoolDirectory(spool.path()), new SpoolBudget(1 << 20), other);
        assertThatThrownBy(() -> read(leftover))
                .isInstanceOf(DamagedSpoolException.class)
                .hasMessageContaining("recording key");
    }

    @Test
    void aDirectoryOfAnotherKindIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(
                directory.resolve("orders.0"), Files.createDirectory(directory.resolve("lair")));
        assertThatThrownBy(() -> PrivateFiles.directory(link))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a directory");
    }

    @Test
    void aLocalRecordingVerifiesWhileItRunsAndWhenItIsClosed() throws Exception {
        Path recordings = directory.resolve("recording");
        try (LocalRecording recording = LocalRecording.open(recordings, 1 << 20, null)) {
            assertThat(recording.append(Samples.event(1))).isTrue();
            assertThat(SpoolVerifier.verify(recordings).intact()).isTrue();
        }
        assertThat(SpoolVerifier.verify(recordings).spools())
                .singleElement()
                .matches(state -> state.problem() == null && state.records() == 1 && state.unsealed() == 0);
    }

    @Test
    void aClosedSpoolTakesNothing() throws Exception {
        Spool spool = spool(1 << 20);
        spool.append(Samples.event(1));
        spool.close();
        assertThat(spool.append(Samples.event(2))).isFalse();
    }

    private static long read(UploadableSpool spool) throws IOException {
        if (spool instanceof Spool running) {
            running.seal();
        }
        return read(spool, 1);
    }

    private static long read(UploadableSpool spool, long from) throws IOException {
        try (SpoolReader reader = spool.read(from)) {
            long count = 0;
            while (reader.next(spool.last()) != null) {
                count++;
            }
            return count;
        }
    }

    static List<Path> segments(Spool spool) throws IOException {
        try (Stream<Path> files = Files.list(spool.path())) {
            return files.filter(f -> f.toString().endsWith(".blocks")).sorted().toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
