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
     * @param plain whether the value is written as it is bound; of another the texts in it may be
     */
    private record Watch(int parameter, MaskRule rule, String column, boolean certain, boolean plain) {}

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
        AssignedValues assigned = AssignedValues.in(analysis.sql(), analysis.dialect());
        List<Watch> watches = new ArrayList<>();
        for (TableUse use : analysis.tables()) {
            if (use.access() == TableUse.Access.WRITE) {
                for (AssignedValues.Parameter a : assigned.parameters()) {
                    watch(analysis, use, a, rules, watches);
                }
            }
        }
        Offence constant = constant(analysis, assigned, rules);
        return watches.isEmpty() && constant == null ? null : new WriteBack(List.copyOf(watches), constant);
    }

    /** The first mask that stands in the statement's own text: {@code SET email = '***'}. */
    private static @Nullable Offence constant(SqlAnalysis analysis, AssignedValues assigned, ColumnRule[] rules) {
        for (AssignedValues.Text literal : assigned.texts()) {
            String column = literal.column();
            for (TableUse use : analysis.tables()) {
                for (ColumnRule rule : rules) {
                    if (use.access() == TableUse.Access.WRITE
                            && meets(analysis, use, column, rule)
                            && looksMasked(rule.rule, literal.text())) {
                        return new Offence(rule.rule, named(use, column));
                    }
                }
            }
        }
        return null;
    }

    private static void watch(
            SqlAnalysis analysis,
            TableUse use,
            AssignedValues.Parameter assignment,
            ColumnRule[] rules,
            List<Watch> into) {
        String column = assignment.column();
        for (ColumnRule rule : rules) {
            if (meets(analysis, use, column, rule)) {
                into.add(new Watch(
                        assignment.position(), rule.rule, named(use, column), column != null, assignment.plain()));
                if (column != null) {
                    return;
                }
            }
        }
    }

    private static boolean meets(SqlAnalysis analysis, TableUse use, @Nullable String column, ColumnRule rule) {
        return column == null
                ? rule.matchesTable(use.schema(), use.table())
                : rule.matches(use.schema(), use.table(), column) || endsIn(analysis, use, column, rule);
    }

    private static String named(TableUse use, @Nullable String column) {
        return use.table() + "." + (column == null ? "*" : column);
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
        if (watch.certain() && rule.onWrite().refuses(rule.with().function(), value)) {
            return true;
        }
        // Where the column is not known, only a text that looks like a mask counts, or every 0 and every false would be
        // one.
        return text != null && (looksMasked(rule, text) || !watch.plain() && holdsMask(rule, text));
    }

    /** A document, or a list, that the statement takes the value out of: {@code (?::json)->>'email'}. */
    private static boolean holdsMask(MaskRule rule, String text) {
        for (String held : HeldTexts.of(text)) {
            if (looksMasked(rule, held)) {
                return true;
            }
        }
        return false;
    }

    private static boolean looksMasked(MaskRule rule, String text) {
        return rule.with().function().recognisable(text)
                && OnWrite.isMask(rule.with().function(), text);
    }
}
