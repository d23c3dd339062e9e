package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.protocol.EventBundle;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.io.StringReader;
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

    @Test
    void theExampleOfASignedBundleVerifiesAndNoLineOfItCanBeLeftOutOrChanged() throws IOException {
        List<String> lines = Files.readAllLines(example().resolve("session.bundle.jsonl"));
        EventBundle.Result whole = EventBundle.verify(new StringReader(String.join("\n", lines) + "\n"));
        assertThat(whole.problem()).isNull();
        assertThat(whole.events()).isEqualTo(5);
        assertThat(whole.leftOut()).isEqualTo(1);
        for (int i = 0; i < lines.size(); i++) {
            List<String> without = new ArrayList<>(lines);
            without.remove(i);
            List<String> altered = new ArrayList<>(lines);
            altered.set(i, lines.get(i).replaceFirst("[0-9]", "x"));
            for (List<String> changed : List.of(without, altered)) {
                assertThat(EventBundle.verify(new StringReader(String.join("\n", changed) + "\n"))
                                .problem())
                        .as("line " + (i + 1))
                        .isNotNull();
            }
        }
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
