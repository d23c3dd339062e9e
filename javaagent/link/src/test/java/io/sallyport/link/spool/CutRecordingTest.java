package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.link.testing.Samples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole blocks are cut off, and what is left is made to look as if its process had been killed: the next start must not sign that as the end. */
class CutRecordingTest {

    private static final int RECORDS = 9;

    @TempDir
    private Path directory;

    private Path place;
    private RecordingKey key;

    @BeforeEach
    void place() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
        key = RecordingKey.at(place.resolve(RecordingKey.FILE));
    }

    @Test
    void theNextStartDoesNotSignACutEnd() throws Exception {
        Path cut = closed();
        cut(cut, 2);
        Files.createFile(cut.resolve("lane-00"));
        assertThat(state(cut).problem()).contains("records 3 to 9 are missing");
        assertThat(alarmsOfTheNextStart())
                .singleElement()
                .matches(alarm -> alarm.contains(cut.getFileName() + " is damaged: records 3 to 9 are missing"));
        assertThat(state(cut).problem()).contains("behind 2 are missing");
        // Nor the one after it, whatever is done to what the first one wrote.
        cut(cut, 2);
        Files.delete(cut.resolve("damaged"));
        Files.createFile(cut.resolve("lane-00"));
        assertThat(alarmsOfTheNextStart()).hasSize(1);
        assertThat(state(cut).problem()).contains("behind 2 are missing");
    }

    @Test
    void theNextStartDoesNotSignWhatHasLostItsHead() throws Exception {
        Path cut = closed();
        cut(cut, 2);
        Files.delete(cut.resolve("head"));
        Files.createFile(cut.resolve("lane-00"));
        assertThat(state(cut).problem()).contains("the file head is missing");
        assertThat(alarmsOfTheNextStart())
                .singleElement()
                .matches(alarm -> alarm.contains("the file head is missing: records behind 2"));
        assertThat(state(cut).problem()).contains("behind 2 are missing");
    }

    @Test
    void theNextStartDoesNotBelieveAHeadThatTheKeyDoesNotVouchFor() throws Exception {
        Path cut = closed();
        cut(cut, 2);
        Path head = cut.resolve("head");
        Files.writeString(head, Files.readString(head).replace("0009 ", "0002 "));
        Files.createFile(cut.resolve("lane-00"));
        assertThat(alarmsOfTheNextStart())
                .singleElement()
                .matches(alarm -> alarm.contains("the file head was altered: records behind 2"));
        assertThat(state(cut).problem()).contains("behind 2 are missing");
    }

    @Test
    void whatIsInTheLanesBehindACutIsKept() throws Exception {
        Path killed = killed(1);
        cut(killed, 2);
        assertThat(alarmsOfTheNextStart()).hasSize(1);
        LeftoverSpool left = opened(killed);
        try (SpoolReader reader = left.read(1)) {
            List<String> found = new ArrayList<>();
            for (SpooledEvent e = reader.next(left.last()); e != null; e = reader.next(left.last())) {
                found.add(e.event().error());
            }
            assertThat(found).containsExactly("1", "2", "10");
        }
        assertThat(state(killed).problem()).contains("behind 2 are missing");
    }

    @Test
    void aRecordingThatIsCutToWhatWasConfirmedIsKeptAndNotSaidToBeConfirmed() throws Exception {
        Path killed = killed(0);
        cut(killed, 5);
        new SpoolDirectory(killed).acknowledged(5);
        LeftoverSpool left = opened(killed);
        assertThat(left).isNotNull();
        assertThat(left.damage()).startsWith("records 6 to 9 are missing");
        assertThat(opened(killed)).isNull();
        assertThat(killed).exists();
        assertThat(place.resolve(RecordingsOnDisk.CONFIRMED)).doesNotExist();
    }

    @Test
    void anEmptiedRecordingIsNotSaidToHaveNeverHeldAnything() throws Exception {
        Path emptied = killed(0);
        try (Stream<Path> files = Files.list(emptied)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(opened(emptied)).isNull();
        assertThat(place.resolve(RecordingsOnDisk.CONFIRMED)).doesNotExist();
    }

    @Test
    void oneThatHasNeverHeldAnythingIsSaidToHaveNot() throws Exception {
        Path idle;
        try (Spool spool = Spool.createAsleep(directory, new SpoolBudget(1 << 20), key)) {
            spool.seal();
            idle = copy(spool.path());
        }
        assertThat(opened(idle)).isNull();
        assertThat(Files.readString(place.resolve(RecordingsOnDisk.CONFIRMED))).startsWith(idle.getFileName() + " 0 ");
    }

    /** A closed recording with a record in each block. */
    private Path closed() throws IOException {
        try (LocalRecording recording = LocalRecording.open(place, 1 << 20, null)) {
            for (int n = 1; n <= RECORDS; n++) {
                recording.append(Samples.alarm(String.valueOf(n)));
                recording.seal();
            }
            return recording.path();
        }
    }

    /** The same, as a kill leaves it, with so many records in its lanes. */
    private Path killed(int unsealed) throws IOException {
        try (Spool spool = Spool.createAsleep(directory, new SpoolBudget(1 << 20), key)) {
            for (int n = 1; n <= RECORDS; n++) {
                spool.append(Samples.alarm(String.valueOf(n)));
                spool.seal();
            }
            for (int n = 1; n <= unsealed; n++) {
                spool.append(Samples.alarm(String.valueOf(RECORDS + n)));
            }
            return copy(spool.path());
        }
    }

    private Path copy(Path recording) throws IOException {
        Path target = Files.createDirectory(place.resolve(recording.getFileName()));
        try (Stream<Path> files = Files.list(recording)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return target;
    }

    private static void cut(Path recording, int blocks) throws IOException {
        Path segment = new SpoolDirectory(recording).segment(1);
        long end;
        try (BlockFile file = new BlockFile(segment)) {
            for (int i = 0; i < blocks; i++) {
                file.next();
            }
            end = file.offset();
        }
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            assertThat(file.length()).isGreaterThan(end);
            file.setLength(end);
        }
    }

    private List<String> alarmsOfTheNextStart() throws IOException {
        List<String> alarms = new ArrayList<>();
        try (LocalRecording next = LocalRecording.open(place, 1 << 20, null)) {
            next.seal();
            try (SpoolReader reader = new SpoolReader(new SpoolDirectory(next.path()), key, 1)) {
                for (SpooledEvent e = reader.next(1); e != null; e = reader.next(1)) {
                    alarms.add(e.event().error());
                }
            }
        }
        return alarms;
    }

    private VerifyResult.SpoolState state(Path recording) throws IOException {
        return SpoolVerifier.verify(place).spools().stream()
                .filter(state -> state.path().endsWith(recording.getFileName()))
                .findFirst()
                .orElseThrow();
    }

    private LeftoverSpool opened(Path recording) throws IOException {
        return LeftoverSpool.open(new SpoolDirectory(recording), new SpoolBudget(1 << 20), key);
    }
}
