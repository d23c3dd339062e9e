package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.jdbc.state.StatementState;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Keeps our own list of what a batch holds. */
public final class Batches {

    private Batches() {}

    /** A text was added to a plain statement's batch. */
    public static void add(Object statement, @Nullable String sql) throws SQLException {
        StatementState state = Statements.of(statement);
        if (state != null && sql != null) {
            state.batch().add(Executions.analyse(state.connection(), sql), null);
        }
    }

    /** The current parameters were added to a prepared statement's batch. */
    public static void add(Object statement) throws SQLException {
        StatementState state = Statements.of(statement);
        if (state == null) {
            return;
        }
        SqlAnalysis analysis = Statements.analysis(state);
        if (analysis == null) {
            Statements.refuseUnknownText(state);
            return;
        }
        state.batch().add(analysis, state.hasParameters() ? state.parameters() : null);
    }
}
