package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example in {@code docs/recording-example}, by which others test a verifier of their own, is what our readers take it for. */
class RecordingExampleTest {

    @Test
    void theExampleVerifies() throws IOException {
        VerifyResult.SpoolState state = SpoolVerifier.verify(example()).spools().get(0);
        assertThat(state.problem()).isNull();
        assertThat(state.records()).isEqualTo(7);
        assertThat(state.unsealed()).isZero();
    }

    @Test
    void theExamplesEventsAreThoseInTheTextBesideIt() throws IOException {
        RecordingKey key = RecordingKey.read(example().resolve(RecordingKey.FILE));
        SpoolDirectory directory = SpoolDirectory.below(example()).get(0);
        List<String> found = new ArrayList<>();
        try (SpoolReader reader = new SpoolReader(directory, key, 1)) {
            for (SpooledEvent e = reader.next(7); e != null; e = reader.next(7)) {
                found.add(Wire.write(e));
            }
        }
        assertThat(found).isEqualTo(Files.readAllLines(example().resolve("events.jsonl")));
    }

    private static Path example() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("docs/recording-example"))) {
            at = at.getParent();
            assertThat(at)
                    .as("docs/recording-example above the working directory")
                    .isNotNull();
        }
        return at.resolve("docs/recording-example");
    }
}
