package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.sql.StatementKind;
import java.util.EnumSet;
import java.util.Set;

/** {@code kind}: true when any part of the statement is of one of the kinds. */
public record KindCondition(Set<StatementKind> kinds) implements SqlCondition {

    public KindCondition {
        kinds = EnumSet.copyOf(kinds);
    }

    @Override
    public String key() {
        return "kind";
    }

    @Override
    public Truth judge(SqlCommand command, Sensitivity sensitivity) {
        Set<StatementKind> parts = command.analysis().kinds();
        for (StatementKind kind : StatementKinds.ALL) {
            if (kinds.contains(kind) && parts.contains(kind)) {
                return Truth.YES;
            }
        }
        return Truth.of(kinds.contains(command.analysis().kind()));
    }
}
