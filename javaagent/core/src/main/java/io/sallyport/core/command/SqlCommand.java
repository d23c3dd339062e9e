package io.sallyport.core.command;

import io.sallyport.core.sql.SqlAnalysis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement, or one batch of one statement, is about to be sent.
 *
 * @param analysis what the statement does, from {@link io.sallyport.core.sql.SqlReader} (cached per SQL text)
 * @param parameterSets bound parameters with their Java types: one list per batch entry, exactly one for a plain execution, none
 *     for a statement without parameters. What records may hold of them is decided by {@link
 *     io.sallyport.core.policy.PolicySnapshot#recordedValues}
 * @param transaction state of the connection's transaction
 */
public record SqlCommand(
        Target target,
        String session,
        Caller caller,
        SqlAnalysis analysis,
        List<List<@Nullable Object>> parameterSets,
        TransactionState transaction)
        implements Command {

    /** Whether the connection has a transaction open when the statement is sent. */
    public enum TransactionState {
        AUTOCOMMIT("autocommit"),
        IN_TRANSACTION("open"),
        UNKNOWN(null);

        private final @Nullable String recorded;

        TransactionState(@Nullable String recorded) {
            this.recorded = recorded;
        }

        /** The word for records; {@code null} where nothing is known. */
        public @Nullable String recorded() {
            return recorded;
        }
    }

    @Override
    public SqlCommand withCaller(Caller other) {
        return new SqlCommand(target, session, other, analysis, parameterSets, transaction);
    }

    @Override
    public String summary() {
        return analysis.kind().policyName();
    }
}
