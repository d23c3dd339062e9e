package io.sallyport.jdbc.execute;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.TransactionStep;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.state.Batch;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Transaction;
import io.sallyport.jdbc.state.Transaction.Debt;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Approvals {@code at: commit}: the write runs, what it really changed is known and shown to people, and the commit waits for them.
 *
 * <pre>
 *   execute ──gate: hold, at commit──▶ runs ──▶ its debt is noted: statement, demand, rows
 *   execute … (further debts of the same transaction)
 *   commit ──debts?──▶ one ticket with the totals ──approved──────────────────▶ the driver commits
 *                                                 ╰─refused, expired, given up─▶ the driver rolls back, the caller gets the refusal
 *   rollback, close ──▶ rolled back, nobody is asked
 * </pre>
 *
 * <p>What commits is everything that commits: {@code commit()}, {@code setAutoCommit(true)} (JDBC 4.3, section 10.1), the text
 * COMMIT and its like, a statement that opens another transaction, and a statement before which the server commits by itself (DDL
 * of H2, MySQL and Oracle). Where the way to commit is a statement, a refusal leaves the transaction spoilt, so that it can only be
 * rolled back; everywhere else it is rolled back at once and the connection is as good as new. A connection that is closed with
 * debts is rolled back first, unless its driver is known to leave that to the server: some commit then.
 *
 * <p>The locks of the transaction are held while people think. So a commit waits no longer than {@code approval.commitWait} (60
 * seconds unless the policy says otherwise), nor than {@code approval.wait}; close, abort and interrupt end the wait earlier.
 *
 * <p>What a rollback would not undo is not run before it is approved: under autocommit, also of the server's own ({@link ServerAutoCommit}),
 * in a transaction that was begun by a statement, in a batch that commits within itself, for texts that cannot be told, for files and
 * rights, for DDL that commits itself. The ticket says so then.
 *
 * <p>A call that failed owes as well, unless its error is the server's own ({@link FailedCalls}).
 *
 * <p>A rollback to a savepoint takes nothing off the totals: they say what was changed at most.
 */
public final class CommitApprovals {

    private CommitApprovals() {}

    /** An admitted statement has run. */
    static void ran(Execution execution, Object statement, @Nullable Object returned) throws SQLException {
        int parts = execution.parts();
        for (int i = 0; i < parts; i++) {
            if (execution.passage(i).owed() != null) {
                owe(execution, i, parts == 1 ? ChangedRows.count(execution, statement, returned) : -1);
            }
        }
    }

    /** It failed, and the server may have run it all the same. */
    static void mayHaveRun(Execution execution, long rows) {
        int parts = execution.parts();
        for (int i = 0; i < parts; i++) {
            owe(execution, i, parts == 1 ? rows : -1);
        }
    }

    private static void owe(Execution execution, int part, long rows) {
        Passage passage = execution.passage(part);
        HoldRequest owed = passage.owed();
        if (owed != null && passage.command() instanceof SqlCommand command) {
            execution.statement().connection().changes().owe(new Debt(command, owed, rows, System.nanoTime()));
        }
    }

    /** An admitted execution is about to be sent; {@link #over} must follow. */
    static void begins(Execution execution) throws SQLException {
        Transaction transaction = execution.statement().connection().changes();
        for (int i = 0; i < execution.parts(); i++) {
            if (execution.passage(i).owed() != null && !transaction.sending()) {
                try {
                    refuseLate(execution.statement().connection());
                    transaction.joining();
                } catch (SQLException refused) {
                    for (int before = 0; before < i; before++) {
                        sent(execution.passage(before), transaction);
                    }
                    execution.passages().forEach(p -> p.failed(refused));
                    throw refused;
                }
            }
        }
    }

    /** It has run or failed, and what it owes is noted. */
    static void over(Execution execution) {
        Transaction transaction = execution.statement().connection().changes();
        for (int i = 0; i < execution.parts(); i++) {
            sent(execution.passage(i), transaction);
        }
    }

    private static void sent(Passage passage, Transaction transaction) {
        if (passage.owed() != null) {
            transaction.sent();
        }
    }

    private static void refuseLate(ConnectionState state) throws SQLException {
        Statements.refuse(
                state,
                "commit",
                "another thread is committing this transaction, and this statement is none of those that its approval is for."
                        + " Use a connection for each thread.");
    }

    /**
     * {@code connection} is about to commit.
     *
     * @return whether {@link #afterCommit} must follow
     */
    public static boolean beforeCommit(Connection connection, ConnectionState state) throws SQLException {
        boolean noted = begin(state);
        boolean settled = false;
        try {
            Jdbc.current().gate().committing(state.opened());
            settle(state);
            settled = true;
        } catch (RefusedException refused) {
            undo(connection);
            state.changes().ended();
            throw Refused.translate(saying(refused, "The transaction was rolled back."));
        } finally {
            if (noted && !settled) {
                afterCommit(state);
            }
        }
        return noted;
    }

    /** The driver has committed, or failed to. */
    public static void afterCommit(ConnectionState state) {
        state.changes().committed();
    }

    /** Statements are about to run that may commit what came before them. */
    static void beforeStatement(ConnectionState state, List<Batch.Part> parts) throws SQLException {
        if (!state.changes().concernsCommits()) {
            return;
        }
        for (Batch.Part part : parts) {
            if (part.analysis().step().mayCommit()) {
                boolean noted = begin(state);
                try {
                    settle(state);
                    return;
                } catch (RefusedException refused) {
                    RefusedException spoilt = saying(refused, "Roll the transaction back.");
                    state.changes().spoil(spoilt);
                    throw Refused.translate(spoilt);
                } finally {
                    if (noted) {
                        afterCommit(state);
                    }
                }
            }
        }
    }

    /**
     * A statement was refused. PostgreSQL makes a rollback of a PREPARE TRANSACTION that fails, and its driver counts on that: it ends the
     * branch by another statement, which a spoilt transaction does not admit.
     */
    static void notPrepared(Object statement, ConnectionState state, SqlAnalysis analysis) throws SQLException {
        if (state.changes().isSpoilt()
                && analysis.dialect() == Dialect.POSTGRESQL
                && analysis.step() == TransactionStep.PREPARES
                && statement instanceof Statement jdbc) {
            undo(jdbc.getConnection());
            state.changes().ended();
        }
    }

    /** While it is committed nothing joins the transaction that would have to be approved with it; not asked of a driver's own commit inside a call. */
    private static boolean begin(ConnectionState state) throws SQLException {
        if (state.inside() != null) {
            return false;
        }
        if (!state.changes().committing()) {
            Statements.refuse(
                    state,
                    "commit",
                    "a statement of another thread, which has to be approved before the commit, has not returned. Commit when it"
                            + " has.");
            return false;
        }
        return true;
    }

    private static void settle(ConnectionState state) throws RefusedException {
        if (!state.changes().owes()) {
            return;
        }
        List<Debt> debts = state.changes().debts();
        HoldRequest together = CommitDemand.together(debts);
        SqlCommand work = CommitDemand.work(debts);
        if (together == null) {
            Jdbc.current()
                    .gate()
                    .refuse(
                            work,
                            "commit",
                            "statements of this transaction need approval by groups that have none in common; commit them apart");
            state.changes().settled();
            return;
        }
        Duration longest = together.commitWait() == null ? Duration.ZERO : together.commitWait();
        @Nullable Waiter waiter = state.inside() == null ? new Waiter(longest, state.situationAtCommit()) : null;
        if (waiter != null) {
            state.waiting().add(waiter);
            if (state.isEnded()) {
                waiter.giveUp("the connection is closed");
            }
        }
        try {
            Jdbc.current()
                    .gate()
                    .settle(work, together.noting(CommitDemand.told(debts, longest, state.pool())), waiter);
        } finally {
            if (waiter != null) {
                state.waiting().remove(waiter);
            }
        }
        state.changes().settled();
    }

    private static RefusedException saying(RefusedException refused, String more) {
        Refusal r = refused.refusal();
        return new RefusedException(
                new Refusal(r.reason(), r.rule(), r.message() + ". " + more, r.incident(), r.ticket()));
    }

    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException closed) {
            // Then the server has rolled back, or will.
        }
    }
}
