package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import java.util.List;
import java.util.Set;

/** {@code kind}: true when any part of the statement is of one of the kinds. */
public record KindCondition(List<StatementKind> kinds) implements TextCondition {

    public KindCondition {
        kinds = List.copyOf(kinds);
    }

    @Override
    public String key() {
        return "kind";
    }

    @Override
    public Truth judge(SqlAnalysis analysis, Sensitivity sensitivity) {
        Set<StatementKind> parts = analysis.kinds();
        for (int i = 0; i < kinds.size(); i++) {
            if (parts.contains(kinds.get(i))) {
                return Truth.YES;
            }
        }
        return Truth.of(kinds.contains(analysis.kind()));
    }
}
