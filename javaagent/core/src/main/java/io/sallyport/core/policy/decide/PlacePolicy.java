package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.Default;
import io.sallyport.core.policy.rule.GuardRule;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.Then;
import io.sallyport.core.policy.rule.condition.CallRates;
import io.sallyport.core.policy.rule.condition.Sensitivity;
import io.sallyport.core.policy.rule.condition.Truth;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.RowLimits;
import io.sallyport.core.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that a policy says about one place. Immutable but for caches; a call that no guard matches allocates nothing. */
final class PlacePolicy {

    private static final BoundGuard[] NO_GUARD = {};

    private final Policy policy;
    private final BoundGuard[] guards;
    private final @Nullable BoundScope declared;
    private final boolean allowsStatements;
    private final MaskBook masks;
    private final AnalysisCache<OfText> texts = new AnalysisCache<>();
    /** Made once: a method reference at its use is an object per call. */
    private final Function<SqlAnalysis, OfText> look = this::ofText;

    /**
     * What a statement's text says by itself.
     *
     * @param possible the guards that it does not rule out: for most texts none, and a policy has many
     * @param answer what the masks say of it, where it rules out all of them and the masks stand for everybody; else {@code null}
     */
    private record OfText(BoundGuard[] possible, @Nullable Answer answer) {}

    PlacePolicy(Policy policy, Scopes scopes) {
        this.policy = policy;
        this.guards = bind(policy, scopes);
        this.declared = scopes.declared();
        boolean allows = false;
        for (BoundGuard guard : guards) {
            allows |= guard.rule.then() == Then.ALLOW && guard.rule.needsPayload();
        }
        this.allowsStatements = allows;
        this.masks = new MaskBook(policy, scopes);
    }

    private static BoundGuard[] bind(Policy policy, Scopes scopes) {
        List<BoundGuard> bound = new ArrayList<>();
        for (GuardRule rule : policy.guards()) {
            BoundScope scope = scopes.bind(rule.scope(), rule.then() == Then.ALLOW);
            if (scope != null) {
                bound.add(new BoundGuard(rule, scope, rule.effectiveMode(policy.mode())));
            }
        }
        return bound.toArray(new BoundGuard[0]);
    }

    MaskBook masks() {
        return masks;
    }

    /** See {@link io.sallyport.core.policy.PolicySnapshot#decideByCommand}: of a statement whose text rules out every guard. */
    @Nullable
    Decision decideByCommand(Command command) {
        Answer answer = command instanceof SqlCommand sql ? texts.get(sql.analysis(), look).answer : null;
        return answer != null
                        && otherwise(command) == Default.ALLOW
                        && answer.writtenBack(command) == null
                        && answer.escaping() == null
                ? answer.allowed()
                : null;
    }

    /** @param call {@code null} where nobody asks about it again */
    Decision decide(Command command, Identity identity, Instant now, @Nullable CallRates call) {
        Answer answer = masks.answer(command, identity, now);
        BoundGuard[] asked = command instanceof SqlCommand sql ? texts.get(sql.analysis(), look).possible : guards;
        List<BoundGuard> matched = matching(asked, command, identity, now, masks, call);
        Default otherwise = otherwise(command);
        WriteBack.Offence writtenBack = answer.writtenBack(command);
        MaskRule escaping = answer.escaping() == null || isAboutCopies(matched) ? null : answer.escaping();
        if (matched.isEmpty() && otherwise == Default.ALLOW && writtenBack == null && escaping == null) {
            return answer.allowed();
        }
        if (writtenBack != null) {
            return refusedWriteBack(writtenBack);
        }
        if (escaping != null) {
            return refused(
                    escaping,
                    "A masked column would go where no mask reaches it: into a file, the schema's own texts, a setting that the"
                            + " driver is told, another server or code inside the engine. Leave it out; where it is meant, a guard with copiesSensitive can"
                            + " allow it or ask for approval.");
        }
        List<BoundGuard> late = late(matched, command);
        if (late.isEmpty()) {
            return decide(matched, otherwise, opaque(command), answer);
        }
        List<BoundGuard> present = new ArrayList<>(matched);
        present.removeAll(late);
        LateDecision decision = LateDecision.beside(present);
        RowLimits rows = command instanceof SqlCommand ? RowRules.of(late, decision) : RowLimits.NONE;
        AnswerRules answers = command instanceof HttpCommand ? StatusRules.of(late, decision) : AnswerRules.NONE;
        Answer limited = answer.limited(rows, answers);
        return present.isEmpty() && otherwise == Default.ALLOW
                ? limited.allowed()
                : decide(present, otherwise, opaque(command), limited);
    }

    boolean asksForBody(HttpCommand command) {
        for (BoundGuard guard : guards) {
            if (guard.asksForBody(command)) {
                return true;
            }
        }
        return false;
    }

    /** Those of the guards that can only be judged once the call has been answered. */
    private static List<BoundGuard> late(List<BoundGuard> matched, Command command) {
        List<BoundGuard> late = List.of();
        for (BoundGuard guard : matched) {
            if (guard.late() && !guard.blind(command)) {
                late = late.isEmpty() ? new ArrayList<>() : late;
                late.add(guard);
            }
        }
        return late;
    }

    private OfText ofText(SqlAnalysis analysis) {
        BoundGuard[] left = sift(analysis);
        boolean certain = left.length == 0 && masks.areEverybodys();
        return new OfText(left, certain ? masks.everybodys(analysis) : null);
    }

    private BoundGuard[] sift(SqlAnalysis analysis) {
        List<BoundGuard> left = new ArrayList<>();
        for (BoundGuard guard : guards) {
            if (!guard.isRuledOutBy(analysis, masks)) {
                left.add(guard);
            }
        }
        return left.isEmpty() ? NO_GUARD : left.toArray(NO_GUARD);
    }

    /** The guards that match, in file order; the shared empty list when none does. */
    List<BoundGuard> matching(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        return matching(guards, command, identity, now, sensitivity, null);
    }

    private static List<BoundGuard> matching(
            BoundGuard[] guards,
            Command command,
            Identity identity,
            Instant now,
            Sensitivity sensitivity,
            @Nullable CallRates call) {
        List<BoundGuard> matched = null;
        for (BoundGuard guard : guards) {
            if (guard.matches(command, identity, now, sensitivity, call)) {
                matched = matched == null ? new ArrayList<>() : matched;
                matched.add(guard);
            }
        }
        return matched == null ? List.of() : matched;
    }

    private Decision decide(List<BoundGuard> matched, Default otherwise, boolean opaque, Answer answer) {
        Default enforcedDefault = policy.mode() == Mode.ENFORCE ? otherwise : Default.ALLOW;
        Judgement enforced = Judgement.of(matched, enforcedDefault, false);
        Judgement all = Judgement.of(matched, otherwise, true);
        boolean differs = all.outcome().compareTo(enforced.outcome()) > 0;
        Verdict verdict = Verdicts.of(enforced, opaque, answer.obligations());
        List<String> alerts = new ArrayList<>();
        for (BoundGuard guard : matched) {
            if (guard.rule.then() == Then.ALERT) {
                alerts.add(guard.rule.name());
            }
        }
        return new Decision(
                verdict,
                // Where observers alone objected, the record names them: the verdict needs no reason.
                differs && enforced.outcome() == Default.ALLOW ? all.names() : enforced.names(),
                differs ? Verdicts.wouldHave(all.outcome()) : null,
                alerts,
                verdict instanceof Verdict.Deny ? List.of() : answer.allowed().masked());
    }

    /** Whether a guard that takes effect decides about masked values that are written where no mask stands. */
    private static boolean isAboutCopies(List<BoundGuard> matched) {
        for (BoundGuard guard : matched) {
            if (guard.mode == Mode.ENFORCE && guard.isAboutCopies()) {
                return true;
            }
        }
        return false;
    }

    private static Decision refusedWriteBack(WriteBack.Offence offence) {
        return refused(
                offence.rule(),
                "A masked value would be written into " + offence.column()
                        + " in place of the real one. Load the row unmasked, or leave the column out.");
    }

    private static Decision refused(MaskRule rule, String message) {
        Verdict verdict = Verdicts.deny(rule.name(), message);
        return new Decision(verdict, List.of(rule.name()), null, List.of(), List.of());
    }

    /** What holds when no guard decides. */
    Default otherwise(Command command) {
        Default unmatched = policy.defaults().unmatched();
        Default known = command.target().protocol() == Target.Protocol.JDBC
                ? policy.defaults().jdbc()
                : policy.defaults().http();
        Default base = switch (declared == null ? Truth.NO : declared.covers(command)) {
            case NO -> unmatched;
            case YES -> known;
            case UNKNOWN -> known.stricter(unmatched);
        };
        if (command instanceof ConnectCommand) {
            // A connection by itself does nothing; it is refused where nothing could be done on it.
            return base == Default.DENY && !allowsStatements ? Default.DENY : Default.ALLOW;
        }
        return opaque(command) ? base.stricter(policy.defaults().opaque()) : base;
    }

    private static boolean opaque(Command command) {
        return command instanceof SqlCommand sql && sql.analysis().facts().opaque();
    }
}
