package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.sql.StatementKind;
import java.util.List;
import java.util.Set;

/** {@code kind}: true when any part of the statement is of one of the kinds. Judged for every statement, so without an iterator. */
public record KindCondition(List<StatementKind> kinds) implements SqlCondition {

    public KindCondition {
        kinds = List.copyOf(kinds);
    }

    @Override
    public String key() {
        return "kind";
    }

    @Override
    public Truth judge(SqlCommand command, Sensitivity sensitivity) {
        Set<StatementKind> parts = command.analysis().kinds();
        for (int i = 0; i < kinds.size(); i++) {
            if (parts.contains(kinds.get(i))) {
                return Truth.YES;
            }
        }
        return Truth.of(kinds.contains(command.analysis().kind()));
    }
}
