package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        return !of(analysis, rules).isEmpty();
    }

    /**
     * The copies whose value is sensitive and whose column is not masked. Where lineage is not exact, every column that is written
     * may hold every sensitive column that is read.
     */
    static List<Lineage.Copy> of(SqlAnalysis analysis, ColumnRule[] rules) {
        if (rules.length == 0) {
            return List.of();
        }
        Lineage lineage = analysis.lineage();
        List<Lineage.Copy> sensitive = new ArrayList<>();
        for (Lineage.Copy copy : lineage.copies()) {
            List<ColumnOrigin> from = copy.from().stream()
                    .filter(o -> escapes(o, copy.into(), rules))
                    .toList();
            if (!from.isEmpty() && !covered(copy.into(), rules)) {
                sensitive.add(new Lineage.Copy(copy.into(), from));
            }
        }
        if (!lineage.exact() && copies(analysis)) {
            List<ColumnOrigin> read = maskedTables(analysis, rules);
            for (TableUse use : analysis.tables()) {
                if (use.access() == TableUse.Access.WRITE && !read.isEmpty()) {
                    sensitive.add(new Lineage.Copy(
                            new ColumnOrigin(use.schema(), use.table(), ColumnOrigin.WHOLE_ROW), read));
                }
            }
        }
        return sensitive;
    }

    /**
     * The rule of a column whose value goes where no mask reaches it any more ({@link KeptPlace#isOutOfReach}): a file, the schema's
     * texts, code of the application. Copies into tables, settings and objects of the database are followed; this one is not let go.
     */
    static @Nullable MaskRule outOfReach(SqlAnalysis analysis, List<Lineage.Copy> copies, ColumnRule[] standing) {
        for (Lineage.Copy copy : copies) {
            if (KeptPlace.isOutOfReach(copy.into(), analysis.dialect())) {
                for (ColumnRule rule : standing) {
                    if (copy.from().stream().anyMatch(rule::matches)) {
                        return rule.rule;
                    }
                }
            }
        }
        return null;
    }

    /** Whether a value of {@code from} is masked, and need not be in {@code into}. */
    private static boolean escapes(ColumnOrigin from, ColumnOrigin into, ColumnRule[] rules) {
        boolean renamed = from.column().equals(ColumnOrigin.SAME);
        for (ColumnRule rule : rules) {
            if (renamed ? rule.losesBy(from, into) : rule.matches(from)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covered(ColumnOrigin into, ColumnRule[] rules) {
        for (ColumnRule rule : rules) {
            if (rule.covers(into)) {
                return true;
            }
        }
        return false;
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

    /** Tables with a masked column, or with a copy of one, that the statement reads. */
    private static List<ColumnOrigin> maskedTables(SqlAnalysis analysis, ColumnRule[] rules) {
        List<ColumnOrigin> read = new ArrayList<>();
        for (TableUse use : analysis.tables()) {
            if (use.access() == TableUse.Access.READ) {
                ColumnOrigin row = new ColumnOrigin(use.schema(), use.table(), ColumnOrigin.WHOLE_ROW);
                if (masked(row, rules)) {
                    read.add(row);
                }
                for (ColumnOrigin origin :
                        analysis.lineage().inherited().of(use.schema(), use.table(), ColumnOrigin.WHOLE_ROW)) {
                    if (masked(origin, rules)) {
                        read.add(origin);
                    }
                }
            }
        }
        return read;
    }
}
