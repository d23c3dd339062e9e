package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.link.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes write, seal, begin segments, delete what was confirmed and end, while their recordings are verified. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class VerifyWhileWrittenTest {

    private static final int RECORDINGS = 8;

    @TempDir
    private Path directory;

    private Path place;
    private RecordingKey key;
    private final ExecutorService processes = Executors.newCachedThreadPool();
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeEach
    void place() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
        key = RecordingKey.at(directory.resolve("recording.key"));
    }

    @AfterEach
    void stop() {
        over.set(true);
        processes.shutdown();
    }

    /** Recordings with segments of some blocks, of which all but the last ones are confirmed soon; every other one is removed. */
    private Void processesOneAfterTheOther() throws IOException {
        for (int i = 0; i < RECORDINGS; i++) {
            Spool spool = Spool.create(place, new SpoolBudget(1 << 20), key);
            try (spool) {
                write(spool, 400);
            }
            if (i % 2 == 0) {
                LeftoverSpool left =
                        LeftoverSpool.open(new SpoolDirectory(spool.path()), new SpoolBudget(1 << 20), key);
                if (left != null) {
                    left.acknowledge(left.last());
                }
            }
        }
        return null;
    }

    private void write(Spool spool, int events) throws IOException {
        for (int i = 1; i <= events && !over.get(); i++) {
            spool.append(Samples.random(i));
            if (i % 3 == 0) {
                spool.seal();
            }
            if (i % 30 == 0) {
                spool.acknowledge(spool.last() - 10);
            }
        }
    }

    @Test
    void nothingThatProcessesDoIsTakenForAnAlteration() throws Exception {
        Future<Void> process = processes.submit(this::processesOneAfterTheOther);
        while (!process.isDone()) {
            for (VerifyResult.SpoolState state : SpoolVerifier.verify(place).spools()) {
                assertThat(state.problem()).as(state.toString()).isNull();
            }
        }
        process.get();
        assertThat(SpoolVerifier.verify(place).spools()).hasSize(RECORDINGS / 2);
    }

    @Test
    void aRecordingThatWasHalfRemovedWhenItsProcessWasKilledIsNoneAndIsRemovedByTheNextStart() throws Exception {
        Spool spool = Spool.create(place, new SpoolBudget(1 << 20), key);
        try (spool) {
            write(spool, 5);
        }
        Path remains = place.resolve(spool.id() + ".gone");
        Files.move(spool.path(), remains);
        Files.delete(remains.resolve("0000000000000001.blocks"));
        assertThat(SpoolVerifier.verify(place).spools()).isEmpty();
        SpoolDirectory.removeRemains(place);
        assertThat(remains).doesNotExist();
    }

    @Test
    void anAlterationIsFoundEveryTimeAndByNameThoughTheRecordingIsGoingOn() throws Exception {
        try (Spool spool = Spool.create(place, new SpoolBudget(64 << 20), key)) {
            write(spool, 30);
            Path segment = spool.path().resolve("0000000000000001.blocks");
            byte[] content = Files.readAllBytes(segment);
            content[100] ^= 1;
            // In place: the process has the file open.
            try (var file = Files.newByteChannel(segment, java.nio.file.StandardOpenOption.WRITE)) {
                file.position(100).write(java.nio.ByteBuffer.wrap(content, 100, 1));
            }
            Future<?> process = processes.submit(() -> goOn(spool));
            for (int i = 0; i < 10; i++) {
                assertThat(SpoolVerifier.verify(place).spools())
                        .singleElement()
                        .satisfies(state ->
                                assertThat(state.problem()).contains(segment.getFileName() + "", "was altered"));
            }
            over.set(true);
            process.get();
        }
    }

    private Void goOn(Spool spool) throws IOException {
        while (!over.get()) {
            spool.append(Samples.random(1));
            spool.seal();
        }
        return null;
    }
}
