package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.condition.Condition;
import io.sallyport.core.policy.rule.condition.Sensitivity;
import io.sallyport.core.policy.rule.condition.Truth;
import io.sallyport.core.record.ValuePlan;
import io.sallyport.core.sql.SqlAnalysis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The masks that can meet calls to one place. Which of them stand for a call depends on its caller ({@code unless}); each
 * combination that occurs is a {@link MaskSet} of its own, kept with its plans.
 */
final class MaskBook implements Sensitivity {

    /** The loader admits no more masks with {@code unless}: each has one bit. */
    static final int MOST_SUSPENDABLE = 62;

    private final List<BoundMask> bound = new ArrayList<>();
    private final BoundMask[] suspendable;
    private final ConcurrentHashMap<Long, MaskSet> sets = new ConcurrentHashMap<>();
    /** The only set where no mask can be suspended; made when it is first asked for. */
    private volatile @Nullable MaskSet all;

    private final AnalysisCache<Boolean> copies = new AnalysisCache<>();
    private final AnalysisCache<Boolean> inferences = new AnalysisCache<>();
    private final AnalysisCache<ValuePlan> values = new AnalysisCache<>();
    private final ColumnRule[] sensitive;
    private final Detectors detectors;
    private final Detection detected;
    /** For what is written down; made when it is first asked for. */
    private volatile @Nullable MaskSet recorded;

    private volatile @Nullable BodyBook requests;

    /** Made once: a method reference at its use is an object per call. */
    private final Function<SqlAnalysis, ValuePlan> plan;

    MaskBook(Policy policy, Scopes scopes) {
        for (MaskRule rule : policy.masks()) {
            BoundScope scope = scopes.bind(rule.scope(), false);
            if (scope != null) {
                bound.add(new BoundMask(policy, rule, scope, scopes));
            }
        }
        this.suspendable = bound.stream()
                .filter(m -> m.mode == Mode.ENFORCE && !m.rule.unless().isEmpty())
                .toArray(BoundMask[]::new);
        this.sensitive = MaskSet.columnRules(bound);
        this.detectors = policy.detectors();
        Set<String> entities = new HashSet<>();
        bound.forEach(mask -> entities.addAll(mask.rule.detect().entities()));
        this.detected = new Detection(detectors, entities);
        this.plan = new RecordedValues(sensitive, detected)::of;
    }

    /** What the masks that stand for this call have to say. */
    Answer answer(Command command, Identity identity, Instant now) {
        if (bound.isEmpty() || command instanceof ConnectCommand) {
            return Answer.NOTHING;
        }
        if (areEverybodys()) {
            return everybodys().answer(command);
        }
        long suspended = 0;
        for (int i = 0; i < suspendable.length; i++) {
            if (suspends(suspendable[i], command, identity, now)) {
                suspended |= 1L << i;
            }
        }
        return set(suspended).answer(command);
    }

    /** Whether no mask stands for some callers only, or at some times. */
    boolean areEverybodys() {
        return suspendable.length == 0;
    }

    /** What they have to say of a statement then. */
    Answer everybodys(SqlAnalysis analysis) {
        return bound.isEmpty() ? Answer.NOTHING : everybodys().answer(analysis);
    }

    private MaskSet everybodys() {
        MaskSet always = all;
        if (always == null) {
            always = set(0);
            all = always;
        }
        return always;
    }

    private static boolean suspends(BoundMask mask, Command command, Identity identity, Instant now) {
        List<Condition> unless = mask.rule.unless();
        for (int i = 0; i < unless.size(); i++) {
            if (unless.get(i).judge(command, identity, now, NONE) == Truth.YES) {
                return true;
            }
        }
        return false;
    }

    private MaskSet set(long suspended) {
        MaskSet known = sets.get(suspended);
        if (known != null) {
            return known;
        }
        List<BoundMask> standing = new ArrayList<>();
        for (BoundMask mask : bound) {
            if (mask.mode == Mode.ENFORCE && !isSuspended(mask, suspended)) {
                standing.add(mask);
            }
        }
        return sets.computeIfAbsent(suspended, bits -> new MaskSet(standing, sensitive, detectors));
    }

    private boolean isSuspended(BoundMask mask, long suspended) {
        for (int i = 0; i < suspendable.length; i++) {
            if (suspendable[i] == mask) {
                return (suspended & (1L << i)) != 0;
            }
        }
        return false;
    }

    /** Every mask of the place, whether it stands for a caller or not, for explaining. */
    List<BoundMask> all() {
        return List.copyOf(bound);
    }

    /** Column rules of all masks: a column does not stop being sensitive because one caller may see it. */
    ColumnRule[] sensitive() {
        return sensitive;
    }

    /** What any of the masks looks for, whether it stands for a caller or not. */
    Detection detected() {
        return detected;
    }

    /** What may be written down of a statement's values, whoever makes the call. */
    ValuePlan recordedValues(SqlAnalysis analysis) {
        return values.get(analysis, plan);
    }

    /** Masks for what may be written down of a result, whoever makes the call: those of everybody, also where they only observe. */
    ColumnMaskPlan recordedColumns(SqlCommand command) {
        return recorded().answer(command).obligations().columns();
    }

    /** The same for an answer's body. */
    BodyMaskPlan recordedBodies(HttpCommand command) {
        return recorded().answer(command).obligations().bodies();
    }

    /** The same for the body of a request, in which values are hashed. */
    BodyMaskPlan recordedRequests(HttpCommand command, MaskingFunction hash) {
        BodyBook known = requests;
        if (known == null) {
            known = new BodyBook(bound, detectors, hash);
            requests = known;
        }
        return known.answer(command).obligations().bodies();
    }

    private MaskSet recorded() {
        MaskSet known = recorded;
        if (known == null) {
            boolean standing = bound.stream().allMatch(mask -> mask.mode == Mode.ENFORCE);
            known = standing ? set(0) : new MaskSet(bound, sensitive, detectors);
            recorded = known;
        }
        return known;
    }

    @Override
    public boolean copiesSensitive(SqlAnalysis analysis) {
        return sensitive.length > 0 && copies.get(analysis, a -> SensitiveCopies.in(a, sensitive));
    }

    @Override
    public boolean infersSensitive(SqlAnalysis analysis) {
        return sensitive.length > 0 && inferences.get(analysis, a -> SensitiveInferences.in(a, sensitive));
    }
}
