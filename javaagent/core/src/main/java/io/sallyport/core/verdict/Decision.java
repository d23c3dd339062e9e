package io.sallyport.core.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with its reasons.
 *
 * @param verdict what happens; already {@code Allow} where only observe-mode rules objected
 * @param rules names of the guard rules that led to the verdict; empty when a default decided
 * @param wouldHave {@code deny} or {@code hold} when rules in observe mode would have changed the outcome; else {@code null}
 * @param alerts names of matched rules with {@code then: alert}
 * @param masked names of mask rules in the verdict's obligations
 */
public record Decision(
        Verdict verdict, List<String> rules, @Nullable String wouldHave, List<String> alerts, List<String> masked) {

    public Decision {
        rules = List.copyOf(rules);
        alerts = List.copyOf(alerts);
        masked = List.copyOf(masked);
    }
}
