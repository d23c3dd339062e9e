package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the middle of recording at any moment: every event whose {@code append} returned is there. At each step by name: {@code
 * KilledAtEveryStepTest}.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class KilledProcessTest {

    @TempDir
    private Path directory;

    @Test
    void everythingThatWasAppendedIsFoundAndVerifies() throws Exception {
        int rounds = Boolean.getBoolean("sallyport.soak") ? 500 : 3;
        for (int round = 0; round < rounds; round++) {
            Path place = directory.resolve("round-" + round);
            Process process = start(place);
            Said said = new Said();
            BufferedReader out = out(process);
            said.read(out, 200 + 37 * (round % 50));
            process.destroyForcibly();
            said.readAll(out);
            assertThat(process.waitFor()).isNotZero();

            VerifyResult.SpoolState state = SpoolVerifier.verify(place).spools().get(0);
            assertThat(state.problem()).isNull();
            assertThat(state.last() + state.unsealed()).isGreaterThanOrEqualTo(said.last);
            try (SpoolSlot slot = SpoolSlot.claim(place, "orders")) {
                LeftoverSpool leftover = leftovers(slot).get(0);
                assertThat(leftover.id()).isEqualTo(said.spool);
                try (SpoolReader reader = leftover.read(1)) {
                    long read = 0;
                    while (reader.next(leftover.last()) != null) {
                        read++;
                    }
                    assertThat(read).isEqualTo(state.records() + state.unsealed());
                }
            }
        }
    }

    @Test
    void twoProcessesOnOneDirectoryDoNotShareAPlaceAndASurvivorsPlaceIsLeftAlone() throws Exception {
        Process one = start(directory);
        BufferedReader oneOut = out(one);
        Said oneSaid = new Said();
        oneSaid.read(oneOut, 1);
        Process two = start(directory);
        BufferedReader twoOut = out(two);
        Said twoSaid = new Said();
        try {
            twoSaid.read(twoOut, 1);
            try (SpoolSlot third = SpoolSlot.claim(directory, "orders")) {
                assertThat(third.path().getFileName()).hasToString("orders.2");
                assertThat(leftovers(third)).isEmpty();
            }
        } finally {
            one.destroyForcibly().waitFor();
        }
        try (SpoolSlot successor = SpoolSlot.claim(directory, "orders")) {
            assertThat(successor.path().getFileName()).hasToString("orders.0");
            assertThat(leftovers(successor)).extracting(LeftoverSpool::id).containsExactly(oneSaid.spool);
        } finally {
            two.destroyForcibly().waitFor();
        }
    }

    private static List<LeftoverSpool> leftovers(SpoolSlot slot) throws IOException {
        return slot.leftovers(new SpoolBudget(256L << 20), slot.key(null), problem -> {
            throw new AssertionError(problem);
        });
    }

    private static Process start(Path place) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AppendLoop.class.getName()));
        command.add(place.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static BufferedReader out(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** What the process has said that it kept. */
    private static final class Said {
        private String spool = "";
        private long last;

        void read(BufferedReader out, int lines) throws IOException {
            for (int i = 0; i < lines; i++) {
                String line = out.readLine();
                assertThat(line).as("output of the recording process").isNotNull();
                take(line);
            }
        }

        void readAll(BufferedReader out) {
            try {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    if (line.matches("\\S+ [0-9]+")) {
                        take(line);
                    }
                }
            } catch (IOException e) {
                // The pipe ends with the process.
            }
        }

        private void take(String line) {
            String[] parts = line.split(" ");
            spool = parts[0];
            last = Math.max(last, Long.parseLong(parts[1]));
        }
    }
}
