package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.sallyport.core.record.Event;
import io.sallyport.link.testing.Samples;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    private Path directory;

    @Test
    void anEventIsInTheFileWhenAppendReturns() throws Exception {
        Spool spool = Spool.create(directory, new SpoolBudget(1 << 20));
        assertThat(spool.append(Samples.event(1))).isTrue();
        String line = Files.readString(spool.path().resolve("0000000000000001.jsonl"));
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("sequence").asLong()).isEqualTo(1);
        assertThat(Wire.json().treeToValue(json.path("event"), Event.class)).isEqualTo(Samples.event(1));
    }

    @Test
    void filesAreReadableByThisUserOnly() throws Exception {
        Spool spool = Spool.create(directory, new SpoolBudget(1 << 20));
        spool.append(Samples.event(1));
        assertThat(mode(spool.path())).isEqualTo("rwx------");
        assertThat(mode(spool.path().resolve("0000000000000001.jsonl"))).isEqualTo("rw-------");
    }

    @Test
    void aThreadThatIsInterruptedStillRecordsAndDoesNotBreakTheSpoolForOthers() throws Exception {
        Spool spool = Spool.create(directory, new SpoolBudget(1 << 20));
        Thread.currentThread().interrupt();
        assertThat(spool.append(Samples.event(1))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(spool.append(Samples.event(2))).isTrue();
        assertThat(read(spool)).isEqualTo(2);
    }

    @Test
    void concurrentWritersMakeOneChain() throws Exception {
        Spool spool = Spool.create(directory, new SpoolBudget(64 << 20));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> writers = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            writers.add(threads.submit(() -> {
                for (int i = 0; i < 500; i++) {
                    assertThat(spool.append(Samples.event(i))).isTrue();
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        assertThat(SpoolVerifier.verify(directory).spools())
                .singleElement()
                .matches(state -> state.problem() == null && state.records() == 4000 && state.last() == 4000);
    }

    @Test
    void refusesEventsBeyondItsSizeAndTakesThemAgainWhenConfirmed() throws Exception {
        SpoolBudget budget = new SpoolBudget(64 * 1024);
        Spool spool = Spool.create(directory, budget);
        while (spool.append(Samples.event(1))) {
            assertThat(budget.used()).isLessThanOrEqualTo(64 * 1024);
        }
        assertThat(spool.trouble()).contains("limit of 65536 bytes");
        long kept = spool.last();
        assertThat(spool.append(Samples.event(1))).isFalse();
        spool.acknowledge(kept);
        assertThat(spool.append(Samples.event(1))).isTrue();
        assertThat(spool.trouble()).isNull();
        assertThat(read(spool, kept + 1)).isEqualTo(1);
        assertThat(SpoolVerifier.verify(directory).intact()).isTrue();
    }

    @Test
    void refusesEventsWhenItsDirectoryIsGone() throws Exception {
        Spool spool = Spool.create(directory, new SpoolBudget(1 << 20));
        Files.delete(spool.path());
        assertThat(spool.append(Samples.event(1))).isFalse();
        assertThat(spool.trouble()).contains("cannot write");
        Files.createDirectory(spool.path());
        assertThat(spool.append(Samples.event(1))).isTrue();
    }

    @Test
    void cutsADetailThatWouldOutgrowAFrame() throws Exception {
        Spool spool = Spool.create(directory, new SpoolBudget(4 << 20));
        assertThat(spool.append(detailed("x".repeat(2_000_000)))).isTrue();
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
        Spool spool = Spool.create(directory, new SpoolBudget(4 << 20));
        for (int i = 1; i <= 5; i++) {
            spool.append(Samples.event(i));
        }
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
        Spool spool = Spool.create(directory, new SpoolBudget(80 * 1024));
        for (int i = 0; i < 50; i++) {
            spool.append(Samples.event(i));
        }
        spool.acknowledge(30);
        try (Stream<Path> files = Files.list(spool.path())) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().equals("0000000000000001.jsonl"));
        }
        assertThat(SpoolVerifier.verify(directory).spools())
                .singleElement()
                .matches(state ->
                        state.problem() == null && state.first() > 1 && state.first() <= 31 && state.last() == 50);
    }

    @Test
    void aTornLastRecordIsCutOffAndTheRestIsUploaded() throws Exception {
        Path slot = place();
        Spool spool = Spool.create(slot, new SpoolBudget(1 << 20));
        for (int i = 1; i <= 3; i++) {
            spool.append(Samples.event(i));
        }
        Path segment = spool.path().resolve("0000000000000001.jsonl");
        Files.writeString(segment, "{\"sequence\":4,\"previous\":\"12", StandardOpenOption.APPEND);
        assertThat(SpoolVerifier.verify(directory).spools())
                .singleElement()
                .matches(state -> state.problem() == null && state.tornTail() && state.last() == 3);
        try (SpoolSlot claimed = SpoolSlot.claim(directory, "orders")) {
            LeftoverSpool leftover = claimed.leftovers(new SpoolBudget(1 << 20)).get(0);
            assertThat(leftover.last()).isEqualTo(3);
            assertThat(read(leftover)).isEqualTo(3);
        }
        assertThat(SpoolVerifier.verify(directory).spools()).singleElement().matches(state -> !state.tornTail());
    }

    @Test
    void aLeftoverIsDeletedWhenItsLastRecordIsConfirmedAndNotBefore() throws Exception {
        Spool spool = Spool.create(place(), new SpoolBudget(1 << 20));
        for (int i = 1; i <= 3; i++) {
            spool.append(Samples.event(i));
        }
        SpoolBudget budget = new SpoolBudget(1 << 20);
        try (SpoolSlot claimed = SpoolSlot.claim(directory, "orders")) {
            LeftoverSpool leftover = claimed.leftovers(budget).get(0);
            assertThat(budget.used()).isPositive();
            leftover.acknowledge(2);
            assertThat(spool.path()).exists();
            leftover.acknowledge(99);
            assertThat(spool.path()).doesNotExist();
            assertThat(budget.used()).isZero();
        }
    }

    @Test
    void aRecordThatWasAlteredOnDiskIsNotPassedOn() throws Exception {
        Spool spool = Spool.create(directory, new SpoolBudget(1 << 20));
        for (int i = 1; i <= 3; i++) {
            spool.append(Samples.event(i));
        }
        Path segment = spool.path().resolve("0000000000000001.jsonl");
        Files.writeString(segment, Files.readString(segment).replace("call-2", "call-9"));
        assertThatThrownBy(() -> read(spool))
                .isInstanceOf(DamagedSpoolException.class)
                .hasMessageContaining("record 2");
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
    void aLocalRecordingVerifies() throws Exception {
        Path place = directory.resolve("recording");
        try (LocalRecording recording = LocalRecording.open(place, 1 << 20)) {
            assertThat(recording.append(Samples.event(1))).isTrue();
        }
        assertThat(SpoolVerifier.verify(place).intact()).isTrue();
    }

    private Path place() throws IOException {
        try (SpoolSlot slot = SpoolSlot.claim(directory, "orders")) {
            return slot.path();
        }
    }

    private static long read(UploadableSpool spool) throws IOException {
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

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Event detailed(String detail) {
        Event e = Samples.event(1);
        return new Event(
                e.at(),
                e.type(),
                e.session(),
                e.call(),
                e.target(),
                e.summary(),
                detail,
                e.verdict(),
                e.rules(),
                e.wouldHave(),
                e.rows(),
                e.masked(),
                e.callSite(),
                e.thread(),
                e.ticket(),
                e.persons(),
                e.reason(),
                e.micros(),
                e.tls(),
                e.error());
    }
}
