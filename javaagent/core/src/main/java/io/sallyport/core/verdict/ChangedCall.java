package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.policy.rule.condition.RateCondition;
import io.sallyport.core.policy.rule.condition.Truth;
import java.time.Instant;
import java.util.Objects;

/** A call of which more has become known; of its own type, since every other call is an object of few words. */
final class ChangedCall extends Call {

    private final Call before;

    ChangedCall(Call before, Command command) {
        super(before.records(), command, null, before.id());
        this.before = before;
    }

    @Override
    boolean isDecidedAsBefore() {
        return before.isRecorded()
                && before.decision().verdict() instanceof Verdict.Allow
                && Objects.equals(before.decision().wouldHave(), decision().wouldHave())
                && before.decision().alerts().equals(decision().alerts())
                && before.decision().rules().equals(decision().rules())
                && before.masked().equals(decision().masked());
    }

    @Override
    boolean wasPlain() {
        return !before.isRecorded();
    }

    @Override
    public Truth judge(RateCondition rate, Instant now) {
        return before.judge(rate, now);
    }

    @Override
    long begun() {
        return before.isRecorded() ? before.started() : super.begun();
    }
}
