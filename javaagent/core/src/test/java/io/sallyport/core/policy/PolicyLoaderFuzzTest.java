package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text, the loader yields a policy or says what is wrong with it. */
class PolicyLoaderFuzzTest {

    private static final long SEED = 20261122L;

    private static final List<String> MORSELS = List.of(
            "*a",
            "&a ",
            "!!",
            "!!binary ",
            "? ",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "|\n",
            ">\n",
            "<<: ",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "\t",
            "\u0000",
            "\uFEFF",
            "\uD800",
            "9999999999999999999",
            "-1",
            "0x1F",
            "1e999",
            "~",
            "null",
            "true",
            "22:00",
            "2026-01-01",
            "**",
            "*",
            ".",
            "$",
            "\\",
            "#",
            "\u2028");

    @Test
    void mutationsOfValidPoliciesNeverDoAnythingElse() throws IOException {
        int rounds = Boolean.getBoolean("sallyport.soak") ? 200_000 : 4_000;
        List<String> seeds = new ArrayList<>(
                BuiltInPolicies.names().stream().map(BuiltInPolicies::yaml).toList());
        seeds.add(PolicyLoaderTest.sample());
        Random random = new Random(SEED);
        int loaded = 0;
        for (int i = 0; i < rounds; i++) {
            String text = mutate(seeds, random);
            try {
                PolicyLoader.load(text, "fuzz.yaml", KeySource.PLACEHOLDER);
                loaded++;
            } catch (InvalidPolicyException e) {
                assertThat(e.errors()).isNotEmpty().allMatch(error -> error.line() >= 1);
            } catch (Throwable t) {
                throw new AssertionError("seed " + SEED + ", round " + i + ", text:\n" + text, t);
            }
        }
        assertThat(loaded).as("some mutations are harmless").isPositive();
    }

    private static String mutate(List<String> seeds, Random random) {
        StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int n = 1 + random.nextInt(4); n > 0 && text.length() > 1; n--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, MORSELS.get(random.nextInt(MORSELS.size())));
                case 2 -> text.replace(at, to, MORSELS.get(random.nextInt(MORSELS.size())));
                case 3 -> text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                case 4 -> text.insert(at, text.substring(at, to));
                default -> {
                    String other = seeds.get(random.nextInt(seeds.size()));
                    int from = random.nextInt(other.length());
                    text.insert(at, other, from, Math.min(other.length(), from + random.nextInt(200)));
                }
            }
        }
        return text.toString();
    }
}
