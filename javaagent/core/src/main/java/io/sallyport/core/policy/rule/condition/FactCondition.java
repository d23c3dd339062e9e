package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.sql.SqlFacts;

/** {@code destructive}, {@code unboundedWrite} and the other facts: true when the fact has the wanted value. */
public record FactCondition(Fact fact, boolean wanted) implements SqlCondition {

    @Override
    public String key() {
        return fact.key();
    }

    @Override
    public Truth judge(SqlCommand command, Sensitivity sensitivity) {
        SqlFacts facts = command.analysis().facts();
        boolean holds = switch (fact) {
            case COPIES_SENSITIVE -> sensitivity.copiesSensitive(command.analysis());
            case INFERENCE -> sensitivity.infersSensitive(command.analysis());
            default -> fact.of(facts);
        };
        if (!wanted && !holds && facts.opaque() && fact != Fact.OPAQUE) {
            // Nobody can say that an opaque statement does not do it.
            return Truth.UNKNOWN;
        }
        return Truth.of(holds == wanted);
    }
}
