package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.link.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operating system takes no more bytes, or no more files: what was taken before is kept, and nothing is taken that is not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FullDiskTest {

    @TempDir
    private Path directory;

    @Test
    void whatWasTakenBeforeTheDiskWasFullIsThereAndVerifies() throws Exception {
        // The limit on a file's size stands for the disk's: the operating system writes a part of a block and refuses
        // the rest.
        Path place = directory.resolve("place");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 1400 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendUntilFull.class.getName(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said;
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            said = out.readLine();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(said).contains("cannot write").contains("File too large");
        long kept = Long.parseLong(said.substring(0, said.indexOf(' ')));
        assertThat(kept).isGreaterThan(500);
        try (SpoolSlot slot = SpoolSlot.claim(place, "orders")) {
            RecordingKey key = slot.key(null);
            LeftoverSpool leftover = slot.leftovers(new SpoolBudget(64 << 20), key, problem -> {
                        throw new AssertionError(problem);
                    })
                    .get(0);
            assertThat(leftover.last()).isEqualTo(kept);
            assertThat(SpoolVerifier.verify(slot.path()).intact()).isTrue();
            try (SpoolReader reader = leftover.read(1)) {
                for (long n = 1; n <= kept; n++) {
                    assertThat(reader.next(kept).event().detail())
                            .isEqualTo(Samples.random(n).detail());
                }
            }
        }
    }

    /** A file system of two megabytes, in a name space of its own, where the operating system lets a test have one. */
    @Test
    void onAFileSystemThatIsReallyFullWhatWasTakenIsKeptAndMoreIsTakenWhenThereIsRoom() throws Exception {
        String mounted = "mount -t tmpfs -o size=2m none '" + directory + "'";
        assumeTrue(
                new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c", mounted)
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0,
                "a file system cannot be mounted here");
        String java = Path.of(System.getProperty("java.home"), "bin", "java")
                + " -Xshare:auto -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp '" + System.getProperty("java.class.path")
                + "' ";
        Process process = new ProcessBuilder(
                        "unshare",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        mounted + " && " + java + "'" + RealDisk.Fills.class.getName() + "' '" + directory
                                + "' && mount -o remount,size=4m '" + directory + "' && " + java + "'"
                                + RealDisk.TakesOver.class.getName() + "' '" + directory + "'")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said)
                .containsPattern("full at [1-9][0-9]*: .*No space left on device")
                .containsPattern("full again at [1-9][0-9]*: .*No space left on device");
        String kept = said.replaceAll("(?s).*full again at ([0-9]+):.*", "$1");
        assertThat(said).contains("took over " + kept + " of " + kept + " intact");
    }

    @Test
    void aDirectoryThatTakesNoMoreFilesRefusesEventsAndGoesOnWhenItTakesThemAgain() throws Exception {
        RecordingKey key = RecordingKey.at(directory.resolve("recording.key"));
        Path place = Files.createDirectory(directory.resolve("place"));
        try (Spool spool = Spool.create(place, new SpoolBudget(64 * 1024), key)) {
            long n = 0;
            while (SpoolTest.segments(spool).isEmpty()
                    || Files.size(SpoolTest.segments(spool).get(0)) < 8 * 1024) {
                assertThat(spool.append(Samples.random(++n))).isTrue();
                spool.seal();
            }
            long before = n;
            try (ReadOnly closed = ReadOnly.make(spool.path())) {
                assertThat(spool.append(Samples.random(++n))).isTrue();
                spool.seal();
                assertThat(spool.trouble()).contains("cannot write to " + spool.path());
                assertThat(spool.append(Samples.random(n + 1))).isFalse();
                assertThat(spool.last()).isEqualTo(before);
            }
            long next = n + 1;
            Awaitility.await().until(() -> spool.append(Samples.random(next)));
            spool.seal();
            assertThat(spool.last()).isEqualTo(next);
            assertThat(SpoolVerifier.verify(place).intact()).isTrue();
        }
    }

    @Test
    void aRecordingIsNotBegunInADirectoryThatCannotBeWritten() throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        try (ReadOnly closed = ReadOnly.make(place)) {
            assertThatThrownBy(() -> LocalRecording.open(place, 1 << 20, null))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(place.toString());
            assertThatThrownBy(() -> SpoolSlot.claim(place, "orders"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(place.toString());
        }
    }

    /** A directory in which nobody can make a file, not even root. */
    private record ReadOnly(Path directory, boolean byFlag) implements AutoCloseable {

        static ReadOnly make(Path directory) throws Exception {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
            if (!isWritable(directory)) {
                return new ReadOnly(directory, false);
            }
            assumeTrue(
                    flag("+i", directory), "root can write everywhere, and this file system knows no immutable flag");
            return new ReadOnly(directory, true);
        }

        private static boolean isWritable(Path directory) throws IOException {
            try {
                Files.delete(Files.createFile(directory.resolve("probe")));
                return true;
            } catch (AccessDeniedException e) {
                return false;
            }
        }

        private static boolean flag(String change, Path directory) throws Exception {
            try {
                return new ProcessBuilder(List.of("chattr", change, directory.toString()))
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() throws Exception {
            if (byFlag) {
                flag("-i", directory);
            }
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** A process that records until it is refused, and says how many events were taken and why no more are. */
    public static final class AppendUntilFull {

        public static void main(String[] arguments) throws Exception {
            SpoolSlot slot = SpoolSlot.claim(Path.of(arguments[0]), "orders");
            Spool spool = Spool.create(slot.path(), new SpoolBudget(32L << 20), slot.key(null));
            long kept = 0;
            while (spool.append(Samples.random(kept + 1))) {
                kept++;
            }
            System.out.println(kept + " " + spool.trouble());
            Thread.sleep(Long.MAX_VALUE);
        }

        private AppendUntilFull() {}
    }
}
