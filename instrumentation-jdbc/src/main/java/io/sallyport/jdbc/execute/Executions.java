package io.sallyport.jdbc.execute;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.read.ReadRows;
import io.sallyport.jdbc.state.Batch;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Frame;
import io.sallyport.jdbc.state.StatementState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
    private static final Object CLEAR = new Object();

    private Executions() {}

    /** A statement whose text is given at execution. */
    public static Object enterSql(Object statement, @Nullable String sql, Object[] arguments, boolean keysPossible)
            throws SQLException {
        StatementState state = Statements.of(statement);
        if (state == null || sql == null) {
            return CLEAR;
        }
        SqlAnalysis analysis = analyse(state.connection(), sql);
        if (keysPossible && KeyRequest.in(arguments)) {
            analysis = KeyRequest.withKeys(state.connection(), analysis);
        }
        try {
            return begin(state, List.of(new Batch.Part(analysis, List.of())), -1);
        } catch (SQLException refused) {
            CommitApprovals.notPrepared(statement, state.connection(), analysis);
            throw refused;
        }
    }

    /** A statement whose text was given at preparation. */
    public static Object enterPrepared(Object statement) throws SQLException {
        StatementState state = Statements.of(statement);
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
        return begin(state, state.plain(analysis), -1);
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
        return begin(state, List.of(new Batch.Part(analysis, List.of())), -1);
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
        return begin(state, List.of(new Batch.Part(analyse(state.connection(), sql), List.of())), -1);
    }

    /** Everything that was added to the statement's batch, before any of it is sent. */
    public static Object enterBatch(Object statement) throws SQLException {
        StatementState state = Statements.of(statement);
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
            Object token = begin(state, batch.parts(), batch.size());
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
                answered(execution, inner);
            }
            Results.attach(returned, execution.statement(), execution.obligations());
            return;
        }
        StatementState state = execution.statement();
        state.connection().leave(execution);
        if (execution.isBatch()) {
            checkBatch(execution, returned);
            state.clearBatch();
            state.batch().ran();
        }
        try {
            ended(execution, statement, returned, thrown);
        } finally {
            CommitApprovals.over(execution);
        }
    }

    private static void ended(
            Execution execution, Object statement, @Nullable Object returned, @Nullable Throwable thrown)
            throws SQLException {
        StatementState state = execution.statement();
        if (thrown != null) {
            if (execution.isBatch()) {
                // Entries before the one that failed may have done their work.
                CommitApprovals.ran(execution, statement, null);
            }
            failed(execution, thrown);
            return;
        }
        answered(execution, state);
        int parts = execution.parts();
        TransactionRecords.ran(execution, statement, returned);
        for (int i = 0; i < parts; i++) {
            TransactionRecords.said(state.connection(), execution.analysis(i));
            state.connection().sent(execution.analysis(i));
        }
        CommitApprovals.ran(execution, statement, returned);
        boolean rowsFollow = parts == 1 && isRead(execution, statement, returned);
        try {
            Results.attach(returned, state, execution.obligations());
            ChangedRows.judge(execution, statement, returned);
        } finally {
            for (int i = 0; i < parts && !rowsFollow; i++) {
                Passage passage = execution.passage(i);
                passage.completed(passage.isRecorded() ? ChangedRows.recorded(execution, i, statement, returned) : -1);
            }
        }
    }

    /** What was there before is gone, except behind a batch: some drivers keep it, and the keys of several texts come together. */
    private static void answered(Execution execution, StatementState state) {
        if (!execution.isBatch()) {
            state.answered(execution.passage(0), execution.analysis(0));
        }
    }

    /** Whether what the application reads of the answer is written down, and the answer with it. */
    private static boolean isRead(Execution execution, Object statement, @Nullable Object returned)
            throws SQLException {
        StatementState state = execution.statement();
        Passage passage = execution.passage(0);
        if (returned instanceof ResultSet || Boolean.TRUE.equals(returned)) {
            return ReadRows.begin(passage, state, returned instanceof ResultSet && !state.answersBeside());
        }
        return state.answersBeside()
                && ReadRows.beginBeside(passage, state, ChangedRows.recorded(execution, 0, statement, returned));
    }

    private static void failed(Execution execution, Throwable thrown) throws SQLException {
        execution.passages().forEach(p -> p.failed(thrown));
        SQLException withheld = WithheldErrors.inPlaceOf(thrown, execution);
        if (withheld != null) {
            throw withheld;
        }
    }

    /** What {@code sql} does on that connection; cached by the reader. */
    public static SqlAnalysis analyse(ConnectionState connection, String sql) {
        return Jdbc.current().reader().read(connection.dialect(), sql, connection.currentCatalogue());
    }

    private static Object begin(StatementState state, List<Batch.Part> parts, int batchSize) throws SQLException {
        ConnectionState connection = state.connection();
        Frame outer = connection.inside();
        if (outer != null && parts.size() == 1) {
            SqlAnalysis inner = parts.get(0).analysis();
            if (outer.isSame(inner)) {
                return outer instanceof Execution e ? nest(e, state) : CLEAR;
            }
            if (outer.covers(inner)) {
                return CLEAR;
            }
        }
        demandSound(connection, parts);
        CommitApprovals.beforeStatement(connection, parts);
        Execution execution = parts.size() == 1
                ? single(state, parts.get(0), batchSize, outer != null)
                : several(state, parts, batchSize, outer != null);
        CommitApprovals.begins(execution);
        connection.enter(execution);
        return execution;
    }

    private static Execution single(StatementState state, Batch.Part part, int batchSize, boolean nested)
            throws SQLException {
        try {
            return new Execution(state, admit(state, part, nested), part.analysis(), batchSize);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }

    private static Execution several(StatementState state, List<Batch.Part> parts, int batchSize, boolean nested)
            throws SQLException {
        List<Passage> passages = new ArrayList<>(parts.size());
        List<SqlAnalysis> analyses = new ArrayList<>(parts.size());
        try {
            for (Batch.Part part : parts) {
                passages.add(admit(state, part, nested));
                analyses.add(part.analysis());
            }
        } catch (RefusedException refused) {
            SQLException translated = Refused.translate(refused);
            passages.forEach(p -> p.failed(translated));
            throw translated;
        }
        return new Execution(state, passages, analyses, batchSize);
    }

    /** In a transaction that changed too much nothing goes on but its rollback. */
    private static void demandSound(ConnectionState connection, List<Batch.Part> parts) throws SQLException {
        if (!connection.changes().isSpoilt()) {
            return;
        }
        for (Batch.Part part : parts) {
            if (!connection.changes().admits(part.analysis())) {
                try {
                    connection.changes().demandSound();
                } catch (RefusedException refused) {
                    throw Refused.translate(refused);
                }
            }
        }
    }

    /** A driver's wrapper of a statement calls the inner one, whose results and OUT parameters are the same. */
    private static Execution nest(Execution outer, StatementState inner) {
        SqlCommand command = outer.statement().command();
        Passage passage = outer.statement().passage();
        if (inner != outer.statement() && command != null && passage != null) {
            inner.admitted(command, passage);
        }
        return outer.nest();
    }

    private static Passage admit(StatementState state, Batch.Part part, boolean nested) throws RefusedException {
        Gate gate = Jdbc.current().gate();
        SqlCommand command = command(state, part);
        Passage passage = nested ? gate.admitNested(command) : Waits.admit(gate, command, state);
        Obligations obligations = passage.obligations();
        if (passage.command() != command && !isSameText(passage, part)) {
            // A policy that puts another statement in place of a prepared one asks for what JDBC cannot do.
            gate.refuse(
                    command, "rewrite", "this statement would have to be replaced, which JDBC drivers do not allow.");
        }
        // Most copy nothing, and the catalogue's lock is shared by all connections to the target.
        if (!obligations.copies().isEmpty() && !state.connection().catalogue().inherit(obligations.copies())) {
            gate.refuse(
                    command,
                    "copies",
                    "it copies masked values, and this process has made copies in more tables than can be remembered."
                            + " Mask the columns that are copied into, or drop tables that are not needed any more.");
        }
        if (obligations.columns() != ColumnMaskPlan.NONE) {
            state.connection().masked();
        }
        state.admitted(command, passage);
        return passage;
    }

    /** The statement's last command where it says the same. */
    private static SqlCommand command(StatementState state, Batch.Part part) {
        ConnectionState connection = state.connection();
        Caller caller = Jdbc.current().callSites().of(part.analysis());
        SqlCommand.TransactionState transaction = connection.transaction();
        SqlCommand last = state.command();
        if (last != null
                && last.analysis() == part.analysis()
                && last.parameterSets() == part.parameterSets()
                && last.caller() == caller
                && last.transaction() == transaction) {
            return last;
        }
        return new SqlCommand(
                connection.target(), connection.session(), caller, part.analysis(), part.parameterSets(), transaction);
    }

    private static boolean isSameText(Passage passage, Batch.Part part) {
        return passage.command() instanceof SqlCommand other
                && other.analysis().sql().equals(part.analysis().sql());
    }

    private static void checkBatch(Execution execution, @Nullable Object returned) {
        int sent = returned instanceof int[] counts ? counts.length : returned instanceof long[] c ? c.length : -1;
        if (sent >= 0 && sent != execution.batchSize()) {
            Jdbc.current()
                    .gate()
                    .alarm("a driver sent a batch of " + sent + " statements of which " + execution.batchSize()
                            + " were seen; session "
                            + execution.statement().connection().session());
        }
    }
}
