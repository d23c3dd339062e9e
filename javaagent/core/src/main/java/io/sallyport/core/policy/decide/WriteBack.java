package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.mask.function.OnWrite;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the bound parameters of a statement that writes masked columns: an application that read a masked value and saves its
 * object must not replace the real value by asterisks.
 */
final class WriteBack {

    /**
     * A column that is written from a parameter: values for {@code parameter} (from 0) meet {@code rule}.
     *
     * @param column as the statement names it
     * @param certain whether that is the column; otherwise it is any of the table's
     */
    private record Watch(int parameter, MaskRule rule, String column, boolean certain) {}

    /**
     * A masked value on its way into a table.
     *
     * @param column what it would be written into, as {@code table.column}; {@code table.*} where the column is not known
     */
    record Offence(MaskRule rule, String column) {}

    private final List<Watch> watches;

    /** What the text itself writes, whatever is bound. */
    private final @Nullable Offence constant;

    private WriteBack(List<Watch> watches, @Nullable Offence constant) {
        this.watches = watches;
        this.constant = constant;
    }

    /** @return {@code null} when the statement writes no masked column from a parameter */
    static @Nullable WriteBack of(SqlAnalysis analysis, ColumnRule[] rules) {
        if (!analysis.kinds().contains(StatementKind.INSERT)
                && !analysis.kinds().contains(StatementKind.UPDATE)
                && !analysis.kinds().contains(StatementKind.MERGE)) {
            return null;
        }
        AssignedParameters assigned = AssignedParameters.in(analysis.sql(), analysis.dialect());
        List<Watch> watches = new ArrayList<>();
        for (TableUse use : analysis.tables()) {
            if (use.access() == TableUse.Access.WRITE) {
                for (AssignedParameters.Assignment a : assigned.parameters()) {
                    watch(analysis, use, a, rules, watches);
                }
            }
        }
        Offence constant = constant(analysis, assigned, rules);
        return watches.isEmpty() && constant == null ? null : new WriteBack(List.copyOf(watches), constant);
    }

    /** The first mask that stands in the statement's own text: {@code SET email = '***'}. */
    private static @Nullable Offence constant(SqlAnalysis analysis, AssignedParameters assigned, ColumnRule[] rules) {
        for (AssignedParameters.Constant literal : assigned.constants()) {
            for (TableUse use : analysis.tables()) {
                for (ColumnRule rule : rules) {
                    if (use.access() == TableUse.Access.WRITE
                            && (rule.matches(use.schema(), use.table(), literal.column())
                                    || endsIn(analysis, use, literal.column(), rule))
                            && looksMasked(rule.rule, literal.text())) {
                        return new Offence(rule.rule, use.table() + "." + literal.column());
                    }
                }
            }
        }
        return null;
    }

    private static void watch(
            SqlAnalysis analysis,
            TableUse use,
            AssignedParameters.Assignment assignment,
            ColumnRule[] rules,
            List<Watch> into) {
        String column = assignment.column();
        for (ColumnRule rule : rules) {
            boolean meets = column == null
                    ? rule.matchesTable(use.schema(), use.table())
                    : rule.matches(use.schema(), use.table(), column) || endsIn(analysis, use, column, rule);
            if (meets) {
                String named = use.table() + "." + (column == null ? "*" : column);
                into.add(new Watch(assignment.parameter(), rule.rule, named, column != null));
                if (column != null) {
                    return;
                }
            }
        }
    }

    /** Whether what is written into the column of a view ends in a masked column. */
    private static boolean endsIn(SqlAnalysis analysis, TableUse use, String column, ColumnRule rule) {
        for (ColumnOrigin shown : analysis.lineage().inherited().of(use.schema(), use.table(), column)) {
            if (rule.matches(shown)) {
                return true;
            }
        }
        return false;
    }

    /** The first mask that came back, or {@code null}. */
    @Nullable
    Offence offence(Command command) {
        if (!(command instanceof SqlCommand sql)) {
            return null;
        }
        if (constant != null) {
            return constant;
        }
        for (List<@Nullable Object> parameters : sql.parameterSets()) {
            for (Watch watch : watches) {
                if (watch.parameter() < parameters.size() && offends(watch, parameters.get(watch.parameter()))) {
                    return new Offence(watch.rule(), watch.column());
                }
            }
        }
        return null;
    }

    private static boolean offends(Watch watch, @Nullable Object bound) {
        MaskRule rule = watch.rule();
        Object value = WrittenValue.of(bound);
        String text = WrittenValue.text(value);
        if (watch.certain()) {
            return rule.onWrite().refuses(rule.with().function(), value) || (text != null && looksMasked(rule, text));
        }
        // The column is not known: only a text that looks like a mask counts, or every 0 and every false would be one.
        return text != null && looksMasked(rule, text);
    }

    private static boolean looksMasked(MaskRule rule, String text) {
        return rule.with().function().recognisable(text)
                && OnWrite.isMask(rule.with().function(), text);
    }
}
