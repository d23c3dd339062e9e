package io.sallyport.jdbc.execute;

import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.verdict.Passage;
import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Frame;
import io.sallyport.jdbc.state.KeyColumns;
import io.sallyport.jdbc.state.StatementState;
import java.sql.SQLException;
import java.util.Set;

/**
 * What a driver's sender is given inside a call, held against the call's verdict. Prepared queries are objects that a driver keeps, hands
 * out and takes back, so the one that a statement sends need not be the one that was made of its text. Sent as admitted is the text itself,
 * its parameters numbered; the driver's own translation of it; and what the driver sends for itself inside the call. Anything else is
 * decided anew, and what it returns falls under its own masks as well.
 */
public final class SentText {

    /** The driver's translation of a text; asked where the two differ. */
    public interface Translation {

        /** Whether {@code sent} is what the driver makes of {@code admitted} at this moment, past every cache. */
        boolean gives(String admitted, String sent);
    }

    private SentText() {}

    public static void demand(
            ConnectionState connection, Frame inside, Object sender, String sent, Translation translation)
            throws SQLException {
        if (inside instanceof Execution execution && isAdmitted(execution, sent, translation) || sent.isBlank()) {
            return;
        }
        SqlAnalysis analysis = Executions.analyse(connection, sent);
        if (isDrivers(inside, sender, analysis)) {
            return;
        }
        if (inside instanceof Execution execution) {
            Admission.again(execution.statement(), analysis);
            execution.wider(execution.statement().obligations());
            return;
        }
        Passage passage = Admission.again(new StatementState(connection, null, KeyColumns.NONE), analysis);
        if (passage.obligations().columns() != ColumnMaskPlan.NONE) {
            refuse(connection);
        }
    }

    /** The same for a command that has no other spelling, and whose answer nothing could mask. */
    public static void demandSame(ConnectionState connection, Frame inside, Object sender, String sent)
            throws SQLException {
        boolean same = inside instanceof Execution e && e.sends(sent);
        if (!same && !isDrivers(inside, sender, Executions.analyse(connection, sent))) {
            refuse(connection);
        }
    }

    private static void refuse(ConnectionState connection) throws SQLException {
        Statements.refuse(
                connection,
                "driver-internals",
                "this sends something else than the call that it is sent in. Use a Statement.");
    }

    private static boolean isAdmitted(Execution execution, String sent, Translation translation) {
        StatementState state = execution.statement();
        for (int i = 0; i < execution.parts(); i++) {
            // A statement that is executed again sends the very same object, which is compared quickest.
            if (state.isTranslation(execution.analysis(i), sent)) {
                return true;
            }
        }
        if (execution.sends(sent)) {
            if (!execution.isBatch()) {
                // Rows that a batch joins are no text of a single execution.
                state.translated(execution.analysis(0), sent);
            }
            return true;
        }
        for (int i = 0; i < execution.parts(); i++) {
            SqlAnalysis admitted = execution.analysis(i);
            if (translation.gives(admitted.sql(), sent)) {
                state.translated(admitted, sent);
                return true;
            }
        }
        return false;
    }

    /**
     * Housekeeping, a look into the catalogue (ours, too), rows of a batch that are joined. What only ends a transaction shows nobody anything.
     */
    private static boolean isDrivers(Frame inside, Object sender, SqlAnalysis sent) {
        boolean its = inside instanceof Execution execution
                ? execution.makes(sent)
                : inside.covers(sent) || inside.isSame(sent);
        return its && (sent.kinds().equals(Set.of(StatementKind.TRANSACTION)) || DriverCode.calls(sender));
    }
}
