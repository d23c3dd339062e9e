package io.sallyport.core.policy.rule;

import java.util.List;

/**
 * Where a rule applies.
 *
 * @param targets names of target entries; empty: every governed call
 */
public record Scope(List<String> targets) {
    public static final Scope EVERYWHERE = new Scope(List.of());

    public Scope {
        targets = List.copyOf(targets);
    }

    public boolean everywhere() {
        return targets.isEmpty();
    }
}
