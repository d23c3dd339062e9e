package io.sallyport.core.policy.rule;

import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.condition.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the {@code guard} section.
 *
 * @param when conditions that must all hold; empty: every call in scope
 * @param message the operator's own words for whoever is refused or asked
 * @param override names of the guards that this one, an {@code allow}, beats
 * @param mode the rule's own mode, or {@code null} for the policy's
 * @param line line of the file where the rule starts
 */
public record GuardRule(
        String name,
        Scope scope,
        List<Condition> when,
        Then then,
        @Nullable String message,
        Approval approval,
        List<String> override,
        @Nullable Mode mode,
        int line) {

    public GuardRule {
        when = List.copyOf(when);
        override = List.copyOf(override);
    }

    public Mode effectiveMode(Mode policy) {
        return mode == null ? policy : mode;
    }

    /** Whether the rule speaks of statements or requests and therefore says nothing about opening a connection. */
    public boolean needsPayload() {
        return when.stream().anyMatch(c -> c.subject() != Condition.Subject.CALL);
    }
}
