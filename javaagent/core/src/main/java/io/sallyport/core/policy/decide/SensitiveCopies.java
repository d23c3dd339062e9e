package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.util.EnumSet;
import java.util.Set;

/** Tells whether a statement writes a sensitive column's value where no mask stands. */
final class SensitiveCopies {

    private static final Set<StatementKind> COPYING = EnumSet.of(
            StatementKind.INSERT,
            StatementKind.UPDATE,
            StatementKind.MERGE,
            StatementKind.CREATE,
            StatementKind.ALTER,
            StatementKind.COPY_LOAD);

    private SensitiveCopies() {}

    static boolean in(SqlAnalysis analysis, ColumnRule[] rules) {
        if (rules.length == 0) {
            return false;
        }
        Lineage lineage = analysis.lineage();
        for (Lineage.Copy copy : lineage.copies()) {
            if (!masked(copy.into(), rules)) {
                for (ColumnOrigin from : copy.from()) {
                    if (masked(from, rules)) {
                        return true;
                    }
                }
            }
        }
        return !lineage.exact() && copies(analysis) && readsMasked(analysis, rules);
    }

    private static boolean masked(ColumnOrigin column, ColumnRule[] rules) {
        for (ColumnRule rule : rules) {
            if (rule.matches(column)) {
                return true;
            }
        }
        return false;
    }

    private static boolean copies(SqlAnalysis analysis) {
        return analysis.facts().writes() && analysis.kinds().stream().anyMatch(COPYING::contains);
    }

    /** Without exact lineage: a table with a masked column is read by a statement that writes another one. */
    private static boolean readsMasked(SqlAnalysis analysis, ColumnRule[] rules) {
        for (TableUse use : analysis.tables()) {
            if (use.access() == TableUse.Access.READ) {
                for (ColumnRule rule : rules) {
                    if (rule.matchesTable(use.schema(), use.table())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
