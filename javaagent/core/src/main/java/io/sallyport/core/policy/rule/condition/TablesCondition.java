package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.policy.match.NamePattern;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.TableUse;
import java.util.List;

/**
 * {@code tables}: {@code read} and {@code write} AND, patterns of one list OR.
 *
 * @param read patterns of which a table that is read must match one; empty: not asked
 * @param write the same for tables that are written
 */
public record TablesCondition(List<NamePattern> read, List<NamePattern> write) implements TextCondition {

    public TablesCondition {
        read = List.copyOf(read);
        write = List.copyOf(write);
    }

    @Override
    public String key() {
        return "tables";
    }

    @Override
    public Truth judge(SqlAnalysis analysis, Sensitivity sensitivity) {
        List<TableUse> uses = analysis.tables();
        Truth reads = read.isEmpty() ? Truth.YES : judge(read, uses, TableUse.Access.READ);
        Truth writes = write.isEmpty() ? Truth.YES : judge(write, uses, TableUse.Access.WRITE);
        return reads.compareTo(writes) <= 0 ? reads : writes;
    }

    private static Truth judge(List<NamePattern> patterns, List<TableUse> uses, TableUse.Access access) {
        Truth best = Truth.NO;
        for (int i = 0; i < uses.size(); i++) {
            TableUse use = uses.get(i);
            if (use.access() == access) {
                for (int j = 0; j < patterns.size(); j++) {
                    best = best.or(judge(patterns.get(j), use));
                }
            }
        }
        return best;
    }

    private static Truth judge(NamePattern pattern, TableUse use) {
        if (pattern.certainlyMatchesTable(use.schema(), use.table())) {
            return Truth.YES;
        }
        return pattern.matchesTable(use.schema(), use.table()) ? Truth.UNKNOWN : Truth.NO;
    }
}
