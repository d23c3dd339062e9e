package io.sallyport.core.policy.decide;

import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guards with {@code status} that meet one request in everything but the answer. */
final class StatusRules implements AnswerRules {
    private final List<BoundGuard> guards;
    private final LateDecision late;

    private StatusRules(List<BoundGuard> guards, LateDecision late) {
        this.guards = List.copyOf(guards);
        this.late = late;
    }

    static AnswerRules of(List<BoundGuard> guards, LateDecision late) {
        return guards.isEmpty() ? NONE : new StatusRules(guards, late);
    }

    @Override
    public @Nullable Decision onStatus(int status) {
        List<BoundGuard> met = new ArrayList<>();
        for (BoundGuard guard : guards) {
            if (guard.meets(status)) {
                met.add(guard);
            }
        }
        return met.isEmpty() ? null : late.of(met, false);
    }
}
