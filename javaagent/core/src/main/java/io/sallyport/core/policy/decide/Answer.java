package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.RowLimits;
import io.sallyport.core.verdict.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the masks of a policy have to say about one call.
 *
 * @param obligations what must be done to the answer
 * @param allowed the decision where no guard has anything to say
 * @param writeBack what the call must not write; {@code null}: nothing to look at
 * @param escaping the rule of a masked column whose value the call would put where no mask reaches it; {@code null}: none
 */
record Answer(
        Obligations obligations,
        Decision allowed,
        @Nullable WriteBack writeBack,
        @Nullable MaskRule escaping) {

    static final Answer NOTHING = of(Obligations.NONE, List.of(), null, null);

    static Answer of(
            Obligations obligations, List<String> masked, @Nullable WriteBack writeBack, @Nullable MaskRule escaping) {
        Verdict verdict = obligations == Obligations.NONE ? Verdict.Allow.PLAIN : new Verdict.Allow(obligations);
        return new Answer(obligations, new Decision(verdict, List.of(), null, List.of(), masked), writeBack, escaping);
    }

    /** The same with limits on what comes back. */
    Answer limited(RowLimits rows, AnswerRules answers) {
        return of(obligations.with(rows, answers), allowed.masked(), writeBack, escaping);
    }

    /** The masked value that the call would write, or {@code null}. */
    WriteBack.@Nullable Offence writtenBack(Command command) {
        return writeBack == null ? null : writeBack.offence(command);
    }
}
