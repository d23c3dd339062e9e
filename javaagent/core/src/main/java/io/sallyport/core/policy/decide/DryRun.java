package io.sallyport.core.policy.decide;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.match.NamePattern;
import io.sallyport.core.policy.rule.Default;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.policy.rule.condition.Sensitivity;
import io.sallyport.core.sql.SqlAnalysis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what a policy would do to a statement if every rule took effect. */
public final class DryRun {

    /**
     * @param outcome what would happen
     * @param rules names of the guards that lead to it; empty when a default does
     * @param mode whether it takes effect as the policy stands
     * @param output masked output positions
     * @param copiesSensitive whether a sensitive value is written where no mask stands
     */
    public record Result(
            Default outcome, List<String> rules, Mode mode, OutputPositions output, boolean copiesSensitive) {}

    private final CompiledPolicy compiled;

    public DryRun(CompiledPolicy compiled) {
        this.compiled = compiled;
    }

    /**
     * @param target name of a declared target, or {@code null}: rules about any database count
     * @param sensitive columns that are masked in place of the policy's; {@code null}: the policy's
     */
    public Result of(
            SqlCommand command,
            Identity identity,
            Instant now,
            @Nullable String target,
            @Nullable List<NamePattern> sensitive) {
        PlacePolicy place = new PlacePolicy(compiled.policy(), new DatabaseScopes(compiled.policy(), target));
        ColumnRule[] rules = sensitive == null ? place.masks().sensitive() : columns(sensitive);
        boolean copies = SensitiveCopies.in(command.analysis(), rules);
        boolean infers = SensitiveInferences.in(command.analysis(), rules);
        Sensitivity sensitivity = new Sensitivity() {
            @Override
            public boolean copiesSensitive(SqlAnalysis analysis) {
                return copies;
            }

            @Override
            public boolean infersSensitive(SqlAnalysis analysis) {
                return infers;
            }
        };
        // What depends on the answer is decided when there is one.
        List<BoundGuard> matched = new ArrayList<>(place.matching(command, identity, now, sensitivity));
        matched.removeIf(guard -> guard.late() && !guard.blind(command));
        MaskRule escaping = matched.stream().anyMatch(BoundGuard::isAboutCopies)
                ? null
                : SensitiveCopies.outOfReach(command.analysis(), SensitiveCopies.of(command.analysis(), rules), rules);
        if (escaping != null) {
            return new Result(
                    Default.DENY,
                    List.of(escaping.name()),
                    compiled.mode(),
                    OutputPositions.of(new StatementMasks(rules, command.analysis()), command.analysis()),
                    copies);
        }
        Judgement all = Judgement.of(matched, place.otherwise(command), true);
        boolean takesEffect = all.by().isEmpty()
                ? compiled.mode() == Mode.ENFORCE
                : all.by().stream().anyMatch(g -> g.mode == Mode.ENFORCE);
        return new Result(
                all.outcome(),
                all.names(),
                takesEffect ? Mode.ENFORCE : Mode.OBSERVE,
                OutputPositions.of(new StatementMasks(rules, command.analysis()), command.analysis()),
                copies);
    }

    private static ColumnRule[] columns(List<NamePattern> patterns) {
        List<ColumnRule> rules = new ArrayList<>();
        if (!patterns.isEmpty()) {
            rules.add(new ColumnRule(MaskRule.redacting("sensitive", patterns), 0));
        }
        return rules.toArray(new ColumnRule[0]);
    }
}
