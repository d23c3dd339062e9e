package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What workloads without a control plane that share a directory do to each other's recordings: nothing. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LocalRecordingTest {

    private static final int PROCESSES = 3;

    @TempDir
    private Path directory;

    /** As the JVMs of a parallel build do: some record nothing, and take their recordings away when they end. */
    @Test
    void processesThatStartAndEndTogetherKeepWhatTheyAreGiven() throws Exception {
        Path recordings = directory.resolve("recordings");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(start(recordings, said(i)));
        }
        for (int i = 0; i < PROCESSES; i++) {
            int code = processes.get(i).waitFor();
            assertThat(code).as(Files.readString(said(i).toPath())).isZero();
        }
        assertThat(SpoolVerifier.verify(recordings).spools())
                .hasSize(PROCESSES * RecordingStarts.RECORDED)
                .allMatch(state -> state.problem() == null && state.records() == 1 && state.unsealed() == 0);
    }

    private File said(int process) {
        return directory.resolve("said-" + process).toFile();
    }

    private static Process start(Path recordings, File said) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordingStarts.class.getName(),
                        recordings.toString())
                .redirectOutput(said)
                .redirectError(said)
                .start();
    }
}
