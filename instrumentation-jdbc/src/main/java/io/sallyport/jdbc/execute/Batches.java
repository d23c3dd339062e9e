package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.state.Batch;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.StatementState;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps our own list of what a batch holds. What is decided is what is sent: while a batch waits for people or runs, nobody but its driver changes it.
 */
public final class Batches {

    private Batches() {}

    /**
     * The statement's batch is about to be changed.
     *
     * @param carried the state that the statement carries, if it does
     * @return token for the method that says what was done
     */
    public static @Nullable Object changing(Object statement, @Nullable Object carried) throws SQLException {
        StatementState state = Statements.of(statement, carried);
        // A driver that executes a batch may empty it meanwhile.
        if (state == null || state.connection().inside() != null) {
            return null;
        }
        Batch batch = state.batch();
        if (!batch.changing()) {
            refuseRunning(state);
            return null;
        }
        return batch;
    }

    /** A text was added to a plain statement's batch, or the driver failed to. */
    public static void added(@Nullable Object token, Object statement, @Nullable String sql, @Nullable Throwable thrown)
            throws SQLException {
        try {
            StatementState state = thrown == null ? Statements.of(statement) : null;
            if (state != null && sql != null) {
                state.batch().add(Executions.analyse(state.connection(), sql), null);
            }
        } finally {
            changed(token);
        }
    }

    /** The current parameters were added to a prepared statement's batch, or the driver failed to. */
    public static void added(
            @Nullable Object token, Object statement, @Nullable Object carried, @Nullable Throwable thrown)
            throws SQLException {
        try {
            StatementState state = thrown == null ? Statements.of(statement, carried) : null;
            if (state == null) {
                return;
            }
            SqlAnalysis analysis = Statements.analysis(state);
            if (analysis == null) {
                Statements.refuseUnknownText(state);
                return;
            }
            state.batch().add(analysis, state.hasParameters() ? state.parameters() : null);
        } finally {
            changed(token);
        }
    }

    /** Whether one entry may commit what those before it did. */
    static boolean mayCommit(List<Batch.Part> parts) {
        for (Batch.Part part : parts) {
            if (part.analysis().step().mayCommit()) {
                return true;
            }
        }
        return false;
    }

    /** The parts of a batch as they are read where they are sent, which is not always as they were read when they were added. */
    static List<Batch.Part> asRead(StatementState state, List<Batch.Part> parts) {
        Dialect dialect = dialectOf(state.connection(), parts);
        // No stream: a batch is executed so seldom, beside what it holds, that the interpreter runs this.
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).analysis().dialect() != dialect) {
                return parts.stream().map(part -> read(state, part, dialect)).toList();
            }
        }
        return parts;
    }

    private static Dialect dialectOf(ConnectionState connection, List<Batch.Part> parts) {
        return parts.size() == 1
                ? connection.dialect()
                : connection.dialectWithin(
                        parts.stream().map(Batch.Part::analysis).toList());
    }

    /** A part as it is read now. */
    static Batch.Part read(StatementState state, Batch.Part part) {
        return read(state, part, part.analysis().dialect());
    }

    private static Batch.Part read(StatementState state, Batch.Part part, Dialect dialect) {
        ConnectionState connection = state.connection();
        SqlAnalysis read = Jdbc.current().reader().read(dialect, part.analysis().sql(), connection.currentCatalogue());
        return new Batch.Part(KeyRequest.withKeys(connection, read, state.keys()), part.parameterSets());
    }

    /** The batch was emptied, or the driver failed to. */
    public static void cleared(@Nullable Object token, Object statement, @Nullable Throwable thrown) {
        StatementState state = thrown == null ? Statements.known(statement) : null;
        if (state != null) {
            state.clearBatch();
        }
        changed(token);
    }

    private static void changed(@Nullable Object token) {
        if (token instanceof Batch batch) {
            batch.changed();
        }
    }

    static void refuseRunning(StatementState state) throws SQLException {
        Statements.refuse(
                state.connection(),
                "running-batch",
                "this statement's batch is being executed or changed by another thread. Wait until that has returned, or use a"
                        + " statement for each thread.");
    }
}
