package io.sallyport.core.policy.decide;

import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMasks;
import io.sallyport.core.mask.function.MaskSpec;
import io.sallyport.core.mask.function.MaskingFunctions;
import io.sallyport.core.policy.match.NamePattern;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.sql.ColumnOrigin;
import org.jspecify.annotations.Nullable;

/** A mask with columns. */
final class ColumnRule {

    final MaskRule rule;
    /** Position among the column rules; the lower wins. */
    final int order;
    /** The rule's own function. */
    final ColumnMask mask;
    /** Hides the value as a whole, for output that is not certainly the column's plain value. */
    final ColumnMask closed;

    private final NamePattern[] columns;

    ColumnRule(MaskRule rule, int order) {
        this.rule = rule;
        this.order = order;
        this.mask = ColumnMasks.of(rule.name(), rule.with().function());
        this.closed = ColumnMasks.of(rule.name(), MaskingFunctions.of(new MaskSpec.Redact()));
        this.columns = rule.columns().toArray(new NamePattern[0]);
    }

    boolean partial() {
        return rule.with().partial();
    }

    boolean matches(@Nullable String schema, String table, String column) {
        for (NamePattern pattern : columns) {
            if (pattern.matchesColumn(schema, table, column)) {
                return true;
            }
        }
        return false;
    }

    /** A reference to the whole row carries every column of its table. */
    boolean matches(ColumnOrigin origin) {
        if (origin.equals(ColumnOrigin.ANYTHING)) {
            return true;
        }
        return origin.column().equals(ColumnOrigin.WHOLE_ROW) || origin.column().equals(ColumnOrigin.SAME)
                ? matchesTable(origin.schema(), origin.table())
                : matches(origin.schema(), origin.table(), origin.column());
    }

    /** Whether the mask stands for whatever is written into the column; for any column of the table where that is not known. */
    boolean covers(ColumnOrigin into) {
        return matches(into.schema(), into.table(), into.column());
    }

    /** Whether a column of {@code from} that is masked is masked no longer when its table is called {@code into}. */
    boolean losesBy(ColumnOrigin from, ColumnOrigin into) {
        for (NamePattern pattern : columns) {
            if (pattern.matchesTable(from.schema(), from.table())
                    && !pattern.matchesTable(into.schema(), into.table())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a column of the table could be meant. */
    boolean matchesTable(@Nullable String schema, String table) {
        for (NamePattern pattern : columns) {
            if (pattern.matchesTable(schema, table)) {
                return true;
            }
        }
        return false;
    }
}
