package io.sallyport.core.policy.rule;

import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.function.OnWrite;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.match.NamePattern;
import io.sallyport.core.policy.rule.condition.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the {@code mask} section.
 *
 * @param columns columns of result sets
 * @param bodies places in HTTP bodies
 * @param detect what is masked in any value
 * @param onWrite what a write does whose value may be a mask that came back
 * @param unless one of these being true suspends the rule
 * @param mode the rule's own mode, or {@code null} for the policy's
 * @param line line of the file where the rule starts
 */
public record MaskRule(
        String name,
        Scope scope,
        List<NamePattern> columns,
        List<BodyPlace> bodies,
        Detection detect,
        MaskWith with,
        OnWrite onWrite,
        List<Condition> unless,
        @Nullable Mode mode,
        int line) {

    public MaskRule {
        columns = List.copyOf(columns);
        bodies = List.copyOf(bodies);
        unless = List.copyOf(unless);
    }

    /** A rule that hides columns as a whole everywhere. */
    public static MaskRule redacting(String name, List<NamePattern> columns) {
        return new MaskRule(
                name,
                Scope.EVERYWHERE,
                columns,
                List.of(),
                Detection.NOTHING,
                MaskWith.REDACT,
                OnWrite.REFUSE,
                List.of(),
                null,
                0);
    }

    public Mode effectiveMode(Mode policy) {
        return mode == null ? policy : mode;
    }
}
