package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.events.EventIntake;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.events.Upload;
import io.sallyport.controlplane.store.Database;
import io.sallyport.protocol.AgentMessage.Numbered;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that share a transaction, on the embedded store. */
class EventIntakeTest {

    private Database database;
    private EventLog log;

    @BeforeEach
    void open(@TempDir Path directory) {
        database = Database.open(directory, null);
        log = new EventLog(database, StoredChainTest.SEAL, Clock.systemUTC());
        StoredChainTest.enrol(database, "w-1", Clock.systemUTC());
        StoredChainTest.enrol(database, "w-2", Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static CompletableFuture<Long> taken(EventIntake intake, Upload upload) {
        return intake.take(upload).orElseThrow();
    }

    private static Upload upload(String workload, String spool, long first, int count) {
        List<Numbered> events = LongStream.range(first, first + count)
                .mapToObj(n -> new Numbered(n, TestAgent.event("delete " + n, "allow")))
                .toList();
        return new Upload(workload, spool, events, 100);
    }

    @Test
    void uploadsOfOneRecordingAreStoredInOrderAndConfirmedOneByOne() throws Exception {
        List<CompletableFuture<Long>> stored = new ArrayList<>();
        try (EventIntake intake = new EventIntake(log)) {
            for (int batch = 0; batch < 20; batch++) {
                stored.add(taken(intake, upload("w-1", "s", batch * 10L + 1, 10)));
                stored.add(taken(intake, upload("w-2", "s", batch * 10L + 1, 10)));
            }
        }
        for (int i = 0; i < stored.size(); i++) {
            assertThat(stored.get(i).get(10, TimeUnit.SECONDS)).isEqualTo((i / 2 + 1) * 10L);
        }
        assertThat(log.acknowledged("w-1", "s")).isEqualTo(200);
        assertThat(log.acknowledged("w-2", "s")).isEqualTo(200);
        assertThat(log.stored()).isEqualTo(400);
    }

    @Test
    void anUploadThatCannotBeStoredKeepsNoOtherFromBeing() throws Exception {
        CompletableFuture<Long> unknown;
        CompletableFuture<Long> known;
        try (EventIntake intake = new EventIntake(log)) {
            unknown = taken(intake, upload("nobody", "s", 1, 5));
            known = taken(intake, upload("w-1", "s", 1, 5));
        }
        assertThat(known.get(10, TimeUnit.SECONDS)).isEqualTo(5);
        assertThat(unknown.handle((position, failure) -> failure).get(10, TimeUnit.SECONDS))
                .isNotNull();
        assertThat(log.stored()).isEqualTo(5);
    }

    @Test
    void whatComesAfterTheEndIsRefusedAndNotConfirmed() throws Exception {
        EventIntake intake = new EventIntake(log);
        intake.close();
        assertThat(taken(intake, upload("w-1", "s", 1, 5))).isCompletedExceptionally();
        assertThat(log.acknowledged("w-1", "s")).isZero();
    }

    @Test
    void whereThereIsNoRoomNobodyWaitsAndEachIsAskedInTurnOnceThereIs() throws Exception {
        List<Integer> asked = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(3);
        CountDownLatch slow = new CountDownLatch(1);
        log.listen(() -> await(slow));
        try (EventIntake intake = new EventIntake(log)) {
            CompletableFuture<Long> first = taken(
                    intake, new Upload("w-1", "s", upload("w-1", "s", 1, 5).events(), 32 * 1024 * 1024));
            assertThat(intake.take(upload("w-2", "s", 1, 5))).isEmpty();
            for (int agent = 1; agent <= 3; agent++) {
                int number = agent;
                intake.whenThereIsRoom(() -> {
                    asked.add(number);
                    all.countDown();
                });
            }
            assertThat(asked).isEmpty();
            slow.countDown();
            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(5);
            assertThat(asked).containsExactly(1, 2, 3);
            assertThat(taken(intake, upload("w-2", "s", 1, 5)).get(10, TimeUnit.SECONDS))
                    .isEqualTo(5);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
