package io.sallyport.core.policy.decide;

import io.sallyport.core.mask.Quotable;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which columns a database's message about one statement may quote: those of its tables, and of tables to which constraints carry what
 * it changes. Until the schema is known, a rule for a column of any table ({@code *.email}) is about every statement.
 */
final class QuotedColumns {

    /** What changes no row, or its own table's by adding to it. */
    private static final Set<StatementKind> STAYS =
            Set.of(StatementKind.READ, StatementKind.INSERT, StatementKind.CREATE);

    /** Inserts that change or remove what they meet. */
    private static final Pattern CHANGES = Pattern.compile("(?i)\\b(?:CONFLICT|DUPLICATE|REPLACE)\\b");

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}_$]+");

    private final StatementMasks masks;
    private final SqlAnalysis analysis;

    QuotedColumns(StatementMasks masks, SqlAnalysis analysis) {
        this.masks = masks;
        this.analysis = analysis;
    }

    Dialect dialect() {
        return analysis.dialect();
    }

    /**
     * @param known the schema
     * @param clear its tables without masked columns
     */
    Quotable in(Catalogue known, ClearTables clear) {
        if (!masks.hasRules()) {
            return Quotable.NOTHING;
        }
        if (!masks.lineage().exact() || analysis.facts().opaque() || masks.mentionsCopies() || showsSensitiveColumn()) {
            return Quotable.ANYTHING;
        }
        for (TableUse use : analysis.tables()) {
            if (!clear.has(use.schema(), use.table())) {
                return Quotable.ANYTHING;
            }
        }
        if (known.mayRunCode(analysis)) {
            return Quotable.ANYTHING;
        }
        boolean stays = STAYS.containsAll(analysis.kinds())
                && !CHANGES.matcher(analysis.shape()).find();
        return stays || clear.all() ? Quotable.NOTHING : Quotable.OTHER_ROWS;
    }

    /** Stars aside, whose tables are among those of the statement. */
    private boolean showsSensitiveColumn() {
        for (OutputItem item : masks.lineage().items()) {
            List<? extends OutputItem> shown = item instanceof OutputItem.Star star ? star.written() : List.of(item);
            for (OutputItem one : shown) {
                if (masks.byItem(one) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Names of all columns that may be quoted, whether the schema knows them or the statement, and none, for what is computed. */
    Set<String> labels(ClearTables clear) {
        Set<String> labels = new LinkedHashSet<>(List.of(BETWEEN.split(analysis.shape())));
        labels.add("");
        for (TableUse use : analysis.tables()) {
            clear.columns(use.schema(), use.table()).forEach(column -> labels.add(column.column()));
        }
        return labels;
    }
}
