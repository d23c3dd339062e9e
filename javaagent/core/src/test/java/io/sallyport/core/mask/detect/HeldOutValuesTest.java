package io.sallyport.core.mask.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How well the detectors do on values that were written, in the published format of each entity, without a look at the detectors: in
 * prose, logs, JSON, tables, other scripts, and look-alikes. The goal is 97 % found at 99 % precision, over all and for each entity.
 */
class HeldOutValuesTest {
    private static final double FOUND = 0.97;
    private static final double PRECISION = 0.99;

    private record Value(Set<String> entities, String context, String text) {}

    private static final class Score {
        int expected;
        int found;
        int wrong;

        double recall() {
            return expected == 0 ? 1 : (double) found / expected;
        }

        double precision() {
            return found + wrong == 0 ? 1 : (double) found / (found + wrong);
        }
    }

    private static List<Value> values() throws IOException {
        try (InputStream in = HeldOutValuesTest.class.getResourceAsStream("/mask/held-out-values.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Value(
                            parts[0].equals("-") ? Set.of() : Set.of(parts[0].split(",")),
                            parts[1],
                            unescape(parts[2])))
                    .toList();
        }
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            plain.append(
                    switch (escaped) {
                        case 'n' -> '\n';
                        case 't' -> '\t';
                        case 'r' -> '\r';
                        default -> escaped;
                    });
        }
        return plain.toString();
    }

    @Test
    void nearlyAllIsFoundAndNearlyNothingElse() throws IOException {
        Map<String, Score> scores = new TreeMap<>();
        Score overall = new Score();
        List<String> mistakes = new ArrayList<>();
        for (Value value : values()) {
            Set<String> found = Detectors.standard().entities(value.text(), value.context());
            if (!found.equals(value.entities())) {
                mistakes.add(value + " gave " + found);
            }
            for (String entity : Detectors.BUILT_IN) {
                Score score = scores.computeIfAbsent(entity, e -> new Score());
                count(score, value.entities().contains(entity), found.contains(entity));
                count(overall, value.entities().contains(entity), found.contains(entity));
            }
        }
        assertThat(scores).allSatisfy((entity, score) -> {
            assertThat(score.expected).as("%s: values", entity).isGreaterThanOrEqualTo(8);
            assertThat(score.recall()).as("%s: found; %s", entity, mistakes).isGreaterThanOrEqualTo(FOUND);
            assertThat(score.precision())
                    .as("%s: precision; %s", entity, mistakes)
                    .isGreaterThanOrEqualTo(PRECISION);
        });
        assertThat(overall.recall()).isGreaterThanOrEqualTo(FOUND);
        assertThat(overall.precision()).isGreaterThanOrEqualTo(PRECISION);
    }

    private static void count(Score score, boolean expected, boolean found) {
        score.expected += expected ? 1 : 0;
        score.found += expected && found ? 1 : 0;
        score.wrong += found && !expected ? 1 : 0;
    }

    @Test
    void valuesAreManyAndHalfOfThemAreHarmless() throws IOException {
        List<Value> all = values();
        long harmless = all.stream().filter(v -> v.entities().isEmpty()).count();
        assertThat(all.size()).isGreaterThanOrEqualTo(400);
        assertThat(harmless).isBetween(all.size() / 3L, all.size() * 2L / 3);
    }

    /** What is found must also be covered by the finding, to the last character. */
    @Test
    void nothingIsFoundInWhatTheFindingsLeave() throws IOException {
        for (Value value : values()) {
            StringBuilder rest = new StringBuilder(value.text());
            List<Finding> findings = Detectors.standard().find(value.text(), value.context());
            for (int i = findings.size() - 1; i >= 0; i--) {
                rest.replace(findings.get(i).start(), findings.get(i).end(), " *** ");
            }
            assertThat(Detectors.standard().find(rest, value.context()))
                    .as(value.toString())
                    .isEmpty();
        }
    }
}
