package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.state.Batch;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Frame;
import io.sallyport.jdbc.state.KeyColumns;
import io.sallyport.jdbc.state.StatementState;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements on their way to a verdict, and results on their way back. Every enter method returns the token that {@link #exit}
 * takes; a refusal is thrown before anything was entered, so nothing has to be undone.
 *
 * <p>What the hot path keeps to, and {@code HotPathTest} counts: a prepared statement that is executed again with nothing to mask
 * allocates its token and its passage and nothing else (parts, parameters, command, caller and waiter are the statement's own, made
 * once), takes no lock, asks the driver nothing, and uses neither streams nor iterators nor lambdas.
 */
public final class Executions {

    /** Token of a call that needs no verdict of its own and whose result has nothing to mask. */
    static final Object CLEAR = new Object();

    private Executions() {}

    /** A statement whose text is given at execution. */
    public static Object enterSql(Object statement, @Nullable String sql, Object[] arguments, boolean keysPossible)
            throws SQLException {
        return enterSql(statement, null, sql, arguments, keysPossible);
    }

    /** @param carried the state that the statement carries, if it does */
    public static Object enterSql(
            Object statement, @Nullable Object carried, @Nullable String sql, Object[] arguments, boolean keysPossible)
            throws SQLException {
        StatementState state = Statements.of(statement, carried);
        if (state == null || sql == null) {
            return CLEAR;
        }
        SqlAnalysis analysis = analyse(state.connection(), sql);
        if (keysPossible) {
            analysis = KeyRequest.withKeys(state.connection(), analysis, KeyColumns.in(arguments));
        }
        try {
            return Admission.begin(state, statement, List.of(new Batch.Part(analysis, List.of())), -1);
        } catch (SQLException refused) {
            CommitApprovals.notPrepared(statement, state.connection(), analysis);
            throw refused;
        }
    }

    /**
     * A statement whose text was given at preparation.
     *
     * @param carried the state that the statement carries, if it does
     */
    public static Object enterPrepared(Object statement, @Nullable Object carried) throws SQLException {
        StatementState state = Statements.of(statement, carried);
        if (state == null) {
            return CLEAR;
        }
        SqlAnalysis analysis = Statements.analysis(state);
        if (analysis == null) {
            String told = DriverMade.text(statement);
            analysis = told == null ? null : analyse(state.connection(), told);
        }
        if (analysis == null
                && DriverMade.isDerbysMetadata(statement, state.connection().inside())) {
            return CLEAR;
        }
        if (analysis == null) {
            // Throws in enforce mode; in observe mode the call passes, and what it does stays unknown.
            Statements.refuseUnknownText(state);
            return CLEAR;
        }
        return Admission.begin(state, statement, state.plain(analysis), -1);
    }

    /** A text that a driver made of the one that it was given, or that a vendor's method takes. */
    public static Object enterTranslated(Object statement, String sql) throws SQLException {
        StatementState state = Statements.of(statement);
        if (state == null) {
            return CLEAR;
        }
        SqlAnalysis analysis = analyse(state.connection(), sql);
        Frame outer = state.connection().inside();
        if (outer instanceof Execution e && e.statement() == state && e.isTranslated(analysis)) {
            return e.nest();
        }
        return Admission.begin(state, statement, List.of(new Batch.Part(analysis, List.of())), -1);
    }

    /** A row is written or read again by the driver; {@code sql} says what is done, not what is sent. */
    static Object enterRow(StatementState state, String sql) throws SQLException {
        Object token = enterWrite(state, sql);
        if (token instanceof Execution execution) {
            execution.coversReads();
        }
        return token;
    }

    /** A command that is no statement; {@code sql} says what it does. */
    static Object enterWrite(StatementState state, String sql) throws SQLException {
        return Admission.begin(state, List.of(new Batch.Part(analyse(state.connection(), sql), List.of())), -1);
    }

    /**
     * Everything that was added to the statement's batch, before any of it is sent.
     *
     * @param carried the state that the statement carries, if it does
     */
    public static Object enterBatch(Object statement, @Nullable Object carried) throws SQLException {
        StatementState state = Statements.of(statement, carried);
        if (state == null) {
            return CLEAR;
        }
        Frame outer = state.connection().inside();
        if (outer instanceof Execution e && e.isBatch() && e.statement() == state) {
            return e.nest();
        }
        if (state.isBatchUnseen()) {
            Statements.refuse(
                    state.connection(),
                    "unknown-batch",
                    "this statement is older than the agent, and what its batch holds was not seen. Clear the batch, or"
                            + " make the statement again.");
        }
        Batch batch = state.batch();
        if (batch.size() == 0) {
            return CLEAR;
        }
        if (!batch.running()) {
            Batches.refuseRunning(state);
            return CLEAR;
        }
        boolean runs = false;
        try {
            Object token = Admission.begin(state, statement, Batches.asRead(state, batch.parts()), batch.size());
            if (token instanceof Execution execution && execution.isBatch() && execution.statement() == state) {
                runs = true;
                if (execution.parts() > 1) {
                    execution.ordered(batch.order());
                }
            }
            return token;
        } finally {
            if (!runs) {
                batch.ran();
            }
        }
    }

    /** The driver returned {@code returned}, or threw. */
    public static void exit(Object token, Object statement, @Nullable Object returned, @Nullable Throwable thrown)
            throws SQLException {
        if (!(token instanceof Execution execution)) {
            Results.attachClear(returned);
            return;
        }
        if (execution.unnest()) {
            StatementState inner = Statements.known(statement);
            if (thrown == null && inner != null && inner != execution.statement()) {
                Outcome.answered(execution, inner);
            }
            Results.attach(returned, execution.statement(), execution.obligations());
            return;
        }
        StatementState state = execution.statement();
        if (execution.isUnderMasks() && execution.mayQuoteLater()) {
            state.connection().masked();
        }
        state.connection().leave(execution);
        if (execution.isBatch()) {
            Outcome.checkBatch(execution, returned);
            state.clearBatch();
            state.batch().ran();
        }
        try {
            Outcome.of(execution, statement, returned, thrown);
        } finally {
            CommitApprovals.over(execution);
        }
    }

    /** What {@code sql} does on that connection; cached by the reader. */
    public static SqlAnalysis analyse(ConnectionState connection, String sql) {
        return Jdbc.current().reader().read(connection.dialect(), sql, connection.currentCatalogue());
    }
}
