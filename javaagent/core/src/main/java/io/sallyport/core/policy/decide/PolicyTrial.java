package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells what a policy decides about a recorded call, in words that two policies can be compared by. */
public final class PolicyTrial {

    /**
     * @param verdict {@code allow}, {@code deny} or {@code hold}
     * @param wouldHave what rules in observe mode would have made of it; {@code null} where they agree
     * @param rules that led to it
     * @param masked what the caller would not see: {@code table.column} of statements, {@code body (rule)} of requests
     */
    public record Outcome(String verdict, @Nullable String wouldHave, List<String> rules, SortedSet<String> masked) {}

    private PolicyTrial() {}

    public static Outcome of(CompiledPolicy policy, Command command, Identity identity, Instant at) {
        Decision decision = policy.decide(command, identity, at);
        Verdict verdict = decision.verdict();
        String word = verdict instanceof Verdict.Deny ? "deny" : verdict instanceof Verdict.Hold ? "hold" : "allow";
        SortedSet<String> masked = new TreeSet<>();
        if (command instanceof SqlCommand sql) {
            ColumnRule[] rules = policy.place(command.target()).masks().sensitive();
            for (ColumnRule rule : rules) {
                if (decision.masked().contains(rule.rule.name())) {
                    columns(sql.analysis(), rule, masked);
                }
            }
        } else if (!(command instanceof ConnectCommand)) {
            decision.masked().forEach(rule -> masked.add("body (" + rule + ")"));
        }
        return new Outcome(word, decision.wouldHave(), decision.rules(), masked);
    }

    private static void columns(SqlAnalysis analysis, ColumnRule rule, SortedSet<String> into) {
        for (OutputItem item : analysis.lineage().items()) {
            if (item instanceof OutputItem.Column column) {
                columns(column.origins(), rule, into);
            } else if (item instanceof OutputItem.Rest rest) {
                columns(rest.origins(), rule, into);
            } else if (item instanceof OutputItem.Star star && rule.matchesTable(star.schema(), star.table())) {
                patterns(rule.rule, star, into);
            }
        }
    }

    private static void columns(Set<ColumnOrigin> origins, ColumnRule rule, SortedSet<String> into) {
        for (ColumnOrigin origin : origins) {
            if (rule.matches(origin)) {
                into.add(origin.table() + "." + origin.column());
            }
        }
    }

    private static void patterns(MaskRule rule, OutputItem.Star star, SortedSet<String> into) {
        rule.columns().stream()
                .filter(pattern -> pattern.column() != null && pattern.matchesTable(star.schema(), star.table()))
                .forEach(pattern -> into.add(star.table() + "." + pattern.column()));
    }
}
