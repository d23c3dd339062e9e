package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.Default;
import io.sallyport.core.policy.rule.Then;
import java.util.ArrayList;
import java.util.List;

/**
 * What the guards that match one call come to: deny over approve over allow over the default.
 *
 * @param outcome how strict the outcome is
 * @param by the guards that led to it, in file order; empty when a default did
 */
record Judgement(Default outcome, List<BoundGuard> by) {

    Judgement {
        by = List.copyOf(by);
    }

    /**
     * @param matched guards that match, in file order
     * @param otherwise what holds when no guard decides
     * @param observed whether guards in observe mode count as well
     */
    static Judgement of(List<BoundGuard> matched, Default otherwise, boolean observed) {
        List<String> overridden = new ArrayList<>();
        List<BoundGuard> allows = new ArrayList<>();
        for (BoundGuard guard : matched) {
            if (guard.rule.then() == Then.ALLOW && counts(guard, observed)) {
                allows.add(guard);
                overridden.addAll(guard.rule.override());
            }
        }
        List<BoundGuard> denies = standing(matched, Then.DENY, overridden, observed);
        if (!denies.isEmpty()) {
            return new Judgement(Default.DENY, denies);
        }
        List<BoundGuard> approvals = standing(matched, Then.APPROVE, overridden, observed);
        if (!approvals.isEmpty()) {
            return new Judgement(Default.APPROVE, approvals);
        }
        return allows.isEmpty() ? new Judgement(otherwise, List.of()) : new Judgement(Default.ALLOW, allows);
    }

    private static List<BoundGuard> standing(
            List<BoundGuard> matched, Then then, List<String> overridden, boolean observed) {
        List<BoundGuard> standing = new ArrayList<>();
        for (BoundGuard guard : matched) {
            if (guard.rule.then() == then && counts(guard, observed) && !overridden.contains(guard.rule.name())) {
                standing.add(guard);
            }
        }
        return standing;
    }

    private static boolean counts(BoundGuard guard, boolean observed) {
        return observed || guard.mode == Mode.ENFORCE;
    }

    List<String> names() {
        return by.stream().map(g -> g.rule.name()).toList();
    }
}
