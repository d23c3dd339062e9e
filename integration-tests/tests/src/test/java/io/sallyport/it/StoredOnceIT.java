package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.RecordingProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens between workloads and the control plane, each event is stored once, what is stored is intact, and what is missing is told. */
class StoredOnceIT {

    private static final String POLICY = "version: 1\nmode: enforce\n";

    /** More than a connection says before its first upload, less than one upload. */
    private static final int WITHIN_AN_UPLOAD = 20_000;

    @TempDir
    private Path directory;

    @Test
    void whenTheNetworkIsCutInTheMiddleOfUploads() throws Exception {
        try (Plane plane = Plane.start(directory, POLICY);
                RecordingProxy line = RecordingProxy.to(plane.server().port());
                Ledger ledger = Ledger.start(plane, "cut_log", through(line, plane))) {
            plane.awaitEvent("its first connection", Plane.event("OPEN", "connect", ""));
            line.cut();
            ledger.write(300);
            for (int cut = 1; cut <= 3; cut++) {
                CountDownLatch happened = new CountDownLatch(1);
                line.after(cut * WITHIN_AN_UPLOAD, () -> {
                    line.cut();
                    happened.countDown();
                });
                line.mend();
                await(happened);
                assertThat(ledger.storedSoFar()).isLessThan(300);
            }
            line.mend();
            ledger.expectStoredOnce();
            expectNothingWrong(plane);
        }
    }

    @Test
    void whenTheControlPlaneIsKilledInTheMiddleOfIngest() throws Exception {
        try (Plane plane = Plane.start(directory, POLICY);
                RecordingProxy line = RecordingProxy.to(plane.server().port());
                Ledger ledger = Ledger.start(plane, "ingest_log", through(line, plane))) {
            plane.awaitEvent("its first connection", Plane.event("OPEN", "connect", ""));
            line.cut();
            ledger.write(300);
            for (int kill = 1; kill <= 2; kill++) {
                CountDownLatch happened = new CountDownLatch(1);
                line.after(kill * 3 * WITHIN_AN_UPLOAD, () -> {
                    kill(plane);
                    line.cut();
                    happened.countDown();
                });
                line.mend();
                await(happened);
                plane.restart();
                assertThat(ledger.storedSoFar()).isLessThan(300);
            }
            line.mend();
            ledger.expectStoredOnce();
            expectNothingWrong(plane);
        }
    }

    private static void kill(Plane plane) {
        try {
            plane.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch happened) throws InterruptedException {
        assertThat(happened.await(Plane.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whenWorkloadsShareADirectoryAndOneTakesOverWhatAKilledOneLeft() throws Exception {
        try (Plane plane = Plane.start(directory, POLICY);
                RecordingProxy line = RecordingProxy.to(plane.server().port());
                Ledger first = Ledger.start(plane, "first_log", through(line, plane));
                Ledger second = Ledger.start(plane, "second_log", of(plane, "spool"))) {
            first.write(10);
            first.expectStoredOnce();
            line.cut();
            first.write(10);
            second.write(20);
            first.kill();
            line.mend();
            try (Ledger third = Ledger.start(plane, "third_log", through(line, plane))) {
                third.write(20);
                second.write(20);
                first.expectStoredOnce();
                second.expectStoredOnce();
                third.expectStoredOnce();
                expectNothingWrong(plane);
            }
        }
    }

    @Test
    void whenTheControlPlaneIsRestoredFromABackup() throws Exception {
        try (Plane plane = Plane.start(directory, POLICY);
                RecordingProxy line = RecordingProxy.to(plane.server().port());
                Ledger ends = Ledger.start(plane, "ends_log", of(plane, "ends"));
                Ledger goesOn = Ledger.start(plane, "goes_on_log", through(line, plane))) {
            ends.write(10);
            goesOn.write(10);
            ends.expectStoredOnce();
            goesOn.expectStoredOnce();
            Path backup = plane.backUp();
            ends.write(10);
            goesOn.write(10);
            ends.expectStoredOnce();
            goesOn.expectStoredOnce();

            plane.restore(backup);
            goesOn.write(10);
            goesOn.expectStoredOnce();
            ends.expectStoredOnce();
            expectNothingWrong(plane);

            ends.end();
            line.cut();
            goesOn.write(10);
            goesOn.kill();
            plane.restore(backup);
            assertThat(ends.storedSoFar()).isEqualTo(10);
            line.mend();
            try (Ledger afterTheKill = Ledger.start(plane, "after_log", through(line, plane))) {
                goesOn.expectStoredOnce();
                afterTheKill.expectStoredOnce();
                expectNothingWrong(plane);
            }
            try (Ledger afterTheEnd = Ledger.start(plane, "again_log", of(plane, "ends"))) {
                Awaitility.await("the alarm about what was confirmed, deleted, and is no longer stored")
                        .atMost(Plane.LIMIT)
                        .untilAsserted(() -> assertThat(Ledger.alarms(plane))
                                .singleElement()
                                .asString()
                                .contains("restored from a backup")
                                .containsPattern("behind event [0-9]+ was confirmed up to event [0-9]+"));
                afterTheEnd.write(1);
                afterTheEnd.expectStoredOnce();
            }
        }
    }

    @Test
    void whenOldCopiesOfARecordingArePutBack() throws Exception {
        Path spool = directory.resolve("spool");
        Path whole = directory.resolve("whole");
        Path old = directory.resolve("old");
        try (Plane plane = Plane.start(directory, POLICY);
                RecordingProxy line = RecordingProxy.to(plane.server().port())) {
            try (Ledger first = Ledger.start(plane, "first_log", through(line, plane))) {
                first.write(10);
                first.expectStoredOnce();
                line.cut();
                first.write(10);
                copy(spool, old);
                first.write(10);
                first.kill();
                copy(spool, whole);
                line.mend();
                try (Ledger second = Ledger.start(plane, "second_log", through(line, plane))) {
                    first.expectStoredOnce();
                    second.write(10);
                    second.expectStoredOnce();
                    second.end();
                }
                copy(whole, spool);
                try (Ledger third = Ledger.start(plane, "third_log", through(line, plane))) {
                    third.write(10);
                    third.expectStoredOnce();
                    first.expectStoredOnce();
                    expectNothingWrong(plane);
                    third.end();
                }

                copy(old, spool);
                try (Ledger fourth = Ledger.start(plane, "fourth_log", through(line, plane))) {
                    Awaitility.await("the alarm about the copy")
                            .atMost(Plane.LIMIT)
                            .untilAsserted(() -> assertThat(Ledger.alarms(plane))
                                    .singleElement()
                                    .asString()
                                    .contains("an older copy was put in its place"));
                    fourth.write(10);
                    fourth.expectStoredOnce();
                    first.expectStoredOnce();
                    Ledger.expectStoreIntact(plane);
                }
            }
        }
    }

    /** The recordings of each place, with what is in them. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path within = from.relativize(file);
                if (within.getNameCount() > 1 && within.getName(1).toString().matches("[0-9]{8}T.*")) {
                    Path copy = to.resolve(within);
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(file, copy);
                    }
                }
            }
        }
    }

    private static ChildJvm.Builder of(Plane plane, String spool) {
        return plane.governing(Ledger.workload(), spool);
    }

    private static ChildJvm.Builder through(RecordingProxy line, Plane plane) {
        return of(plane, "spool").env("SALLYPORT_CONTROL_PLANE", "https://localhost:" + line.port());
    }

    private void expectNothingWrong(Plane plane) throws Exception {
        Ledger.expectIntact(plane, directory.resolve("spool"));
        assertThat(Ledger.alarms(plane)).isEmpty();
    }
}
