package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import org.jspecify.annotations.Nullable;

/** {@code destructive}, {@code unboundedWrite} and the other facts: true when the fact has the wanted value. */
public record FactCondition(Fact fact, boolean wanted) implements TextCondition {

    // Spelled out, as of each record that is compared while a JVM starts: what the compiler makes of a record is linked
    // at its first
    // call, through some hundred classes of method handles.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FactCondition that && fact == that.fact && wanted == that.wanted;
    }

    @Override
    public int hashCode() {
        return 31 * fact.hashCode() + Boolean.hashCode(wanted);
    }

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
