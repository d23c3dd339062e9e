package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Whatever the text, the loader yields a policy or says in which line what is wrong with it. */
@EnabledIfEnvironmentVariable(
        named = "JAZZER_FUZZ",
        matches = ".+",
        disabledReason = "FuzzInputsTest runs the kept inputs")
public class PolicyTextFuzzTest {

    @FuzzTest(maxDuration = "4m")
    @DictionaryEntries({
        "version: 1",
        "guard:",
        "mask:",
        "when:",
        "then: deny",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!!",
        "<<: ",
        "|\\x0A"
    })
    public void anyTextIsAPolicyOrHasAnErrorWithALine(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            assertThat(PolicyLoader.load(text, "fuzz.yaml", KeySource.PLACEHOLDER))
                    .isNotNull();
        } catch (InvalidPolicyException e) {
            assertThat(e.errors()).isNotEmpty().allMatch(error -> error.line() >= 1);
        }
    }
}
