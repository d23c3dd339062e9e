package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.Default;
import io.sallyport.core.policy.rule.Then;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Decides by guards whose last condition came true after the call had been sent. Allows beat them as they do others. */
final class LateDecision {
    private final List<BoundGuard> allows;

    private LateDecision(List<BoundGuard> allows) {
        this.allows = allows;
    }

    /** @param matched every guard that meets the call; of those that allow, the override counts later as well */
    static LateDecision beside(List<BoundGuard> matched) {
        List<BoundGuard> allows = new ArrayList<>();
        for (BoundGuard guard : matched) {
            if (guard.rule.then() == Then.ALLOW) {
                allows.add(guard);
            }
        }
        return new LateDecision(List.copyOf(allows));
    }

    /** @param askable whether people can be asked; where not, a rule that wants it refuses */
    Decision of(List<BoundGuard> exceeded, boolean askable) {
        List<BoundGuard> all = new ArrayList<>(allows);
        all.addAll(exceeded);
        Judgement enforced = Judgement.of(all, Default.ALLOW, false);
        Judgement observed = Judgement.of(all, Default.ALLOW, true);
        boolean differs = observed.outcome().compareTo(enforced.outcome()) > 0;
        List<String> alerts = new ArrayList<>();
        for (BoundGuard guard : exceeded) {
            if (guard.rule.then() == Then.ALERT && guard.mode == Mode.ENFORCE) {
                alerts.add(guard.rule.name());
            }
        }
        Verdict verdict = enforced.outcome() == Default.APPROVE && !askable
                ? Verdicts.deny(enforced.names().get(0), Verdicts.reason(enforced.by()))
                : Verdicts.of(enforced, false, Obligations.NONE);
        List<String> names =
                new ArrayList<>(differs && enforced.outcome() == Default.ALLOW ? observed.names() : enforced.names());
        for (String alert : alerts) {
            if (!names.contains(alert)) {
                names.add(alert);
            }
        }
        return new Decision(verdict, names, differs ? Verdicts.wouldHave(observed.outcome()) : null, alerts, List.of());
    }
}
