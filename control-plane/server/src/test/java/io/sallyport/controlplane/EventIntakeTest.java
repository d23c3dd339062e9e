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
                stored.add(intake.take(upload("w-1", "s", batch * 10L + 1, 10)));
                stored.add(intake.take(upload("w-2", "s", batch * 10L + 1, 10)));
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
            unknown = intake.take(upload("nobody", "s", 1, 5));
            known = intake.take(upload("w-1", "s", 1, 5));
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
        assertThat(intake.take(upload("w-1", "s", 1, 5))).isCompletedExceptionally();
        assertThat(log.acknowledged("w-1", "s")).isZero();
    }
}
