package io.sallyport.jdbc.execute;

import io.sallyport.core.verdict.Passage;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.read.ReadRows;
import io.sallyport.jdbc.state.StatementState;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a driver's answer means for the execution that asked for it: its results, its records, its transaction. */
final class Outcome {

    private Outcome() {}

    static void of(Execution execution, Object statement, @Nullable Object returned, @Nullable Throwable thrown)
            throws SQLException {
        StatementState state = execution.statement();
        if (thrown != null) {
            try {
                FailedCalls.note(execution, statement, thrown);
            } finally {
                failed(execution, thrown);
            }
            return;
        }
        answered(execution, state);
        int parts = execution.parts();
        TransactionRecords.ran(execution, statement, returned);
        for (int i = 0; i < parts; i++) {
            TransactionRecords.said(state.connection(), execution.analysis(i));
            state.connection().sent(execution.analysis(i));
            ServerAutoCommit.follow(state.connection(), execution.analysis(i), statement);
        }
        if (parts == 1 && !execution.isUnderMasks()) {
            state.connection().answeredClear(execution.analysis(0));
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
    static void answered(Execution execution, StatementState state) {
        if (!execution.isBatch()) {
            state.answered(execution.passage(0), execution.analysis(0));
        }
    }

    /** Whether what the application reads of the answer is written down, and the answer with it. */
    private static boolean isRead(Execution execution, Object statement, @Nullable Object returned)
            throws SQLException {
        StatementState state = execution.statement();
        Passage passage = execution.passage(0);
        if (passage.rowsSampledUnder() == null) {
            return false;
        }
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

    /** A driver that sends more or less of a batch than was seen is an alarm. */
    static void checkBatch(Execution execution, @Nullable Object returned) {
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
