package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;

/** {@code destructive}, {@code unboundedWrite} and the other facts: true when the fact has the wanted value. */
public record FactCondition(Fact fact, boolean wanted) implements TextCondition {

    @Override
    public String key() {
        return fact.key();
    }

    @Override
    public Truth judge(SqlAnalysis analysis, Sensitivity sensitivity) {
        SqlFacts facts = analysis.facts();
        boolean holds = switch (fact) {
            case COPIES_SENSITIVE -> sensitivity.copiesSensitive(analysis);
            case INFERENCE -> sensitivity.infersSensitive(analysis);
            default -> fact.of(facts);
        };
        if (!wanted && !holds && facts.opaque() && fact != Fact.OPAQUE) {
            // Nobody can say that an opaque statement does not do it.
            return Truth.UNKNOWN;
        }
        return Truth.of(holds == wanted);
    }
}
