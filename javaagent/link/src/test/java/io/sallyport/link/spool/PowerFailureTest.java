package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.link.testing.Samples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was forced is there after a power failure: of every file what was last forced, and only files whose names were. */
class PowerFailureTest {

    @TempDir
    private Path directory;

    /** A disk that keeps only what was forced. */
    private static final class Losing implements Disk {
        private final Map<Path, byte[]> content = new HashMap<>();
        private final Set<Path> names = new HashSet<>();
        private volatile boolean fails;

        @Override
        public synchronized void force(Path file, MappedByteBuffer memory) throws IOException {
            check();
            ByteBuffer view = memory.duplicate().clear();
            byte[] bytes = new byte[view.capacity()];
            view.get(bytes);
            content.put(file, bytes);
        }

        @Override
        public synchronized void force(Path path, RandomAccessFile file) throws IOException {
            check();
            content.put(path, Files.readAllBytes(path));
        }

        @Override
        public synchronized void forceNames(Path directory) throws IOException {
            check();
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(names::add);
            }
        }

        private void check() throws IOException {
            if (fails) {
                throw new IOException("Input/output error");
            }
        }

        /** What is there when the power is back. */
        synchronized Path after(Path spool, Path place) throws IOException {
            Path copy = Files.createDirectories(place.resolve(spool.getFileName()));
            assertThat(names).contains(spool);
            for (Map.Entry<Path, byte[]> file : content.entrySet()) {
                if (names.contains(file.getKey())) {
                    Files.write(copy.resolve(file.getKey().getFileName()), file.getValue());
                }
            }
            return copy;
        }
    }

    @Test
    void whatWasForcedIsRecoveredWhateverTheSealerDidMeanwhile() throws Exception {
        RecordingKey key = RecordingKey.at(directory.resolve("recording.key"));
        Losing disk = new Losing();
        Path place = Files.createDirectory(directory.resolve("place"));
        int forced = 0;
        try (Spool spool = Spool.createAsleep(place, new SpoolBudget(1 << 20), key, disk)) {
            for (int i = 1; i <= 400; i++) {
                assertThat(spool.append(Samples.random(i))).isTrue();
                if (i % 7 == 0) {
                    spool.seal();
                }
                if (i % 13 == 0) {
                    assertThat(spool.force()).isTrue();
                    forced = i;
                    if (i % 65 == 0) {
                        assertThat(found(disk.after(spool.path(), directory.resolve("after-" + i)), key))
                                .isGreaterThanOrEqualTo(forced);
                    }
                }
            }
            assertThat(found(disk.after(spool.path(), directory.resolve("at-the-end")), key))
                    .isGreaterThanOrEqualTo(forced);
        }
    }

    private static long found(Path copy, RecordingKey key) throws IOException {
        LeftoverSpool leftover = LeftoverSpool.open(new SpoolDirectory(copy), new SpoolBudget(1 << 20), key);
        assertThat(leftover).isNotNull();
        long count = 0;
        try (SpoolReader reader = leftover.read(1)) {
            for (SpooledEvent e = reader.next(leftover.last()); e != null; e = reader.next(leftover.last())) {
                assertThat(e.sequence()).isEqualTo(++count);
            }
        }
        return count;
    }

    @Test
    void aDiskThatFailsIsSaidAndNothingIsTakenUntilItWorks() throws Exception {
        RecordingKey key = RecordingKey.at(directory.resolve("recording.key"));
        Losing disk = new Losing();
        try (Spool spool = Spool.createAsleep(
                Files.createDirectory(directory.resolve("place")), new SpoolBudget(1 << 20), key, disk)) {
            spool.append(Samples.event(1));
            disk.fails = true;
            assertThat(spool.force()).isFalse();
            assertThat(spool.trouble()).contains("Input/output error");
            assertThat(spool.append(Samples.event(2))).isFalse();
            disk.fails = false;
            spool.seal();
            assertThat(spool.append(Samples.event(3))).isTrue();
            assertThat(spool.force()).isTrue();
        }
    }

    @Test
    void whoAsksWhileTheDiskIsBusySharesItsNextTurn() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger turns = new AtomicInteger();
        GroupForce group = new GroupForce(() -> {
            if (turns.incrementAndGet() == 1) {
                first.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        });
        List<Thread> threads = new ArrayList<>();
        threads.add(asks(group));
        first.await();
        for (int i = 0; i < 20; i++) {
            threads.add(asks(group));
        }
        while (group.waiting() < 21) {
            Thread.onSpinWait();
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(turns).hasValue(2);
        assertThat(group.waiting()).isZero();
    }

    private static Thread asks(GroupForce group) {
        Thread thread = new Thread(() -> {
            try {
                group.force();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        return thread;
    }
}
