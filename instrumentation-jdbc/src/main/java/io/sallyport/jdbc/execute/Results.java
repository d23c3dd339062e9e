package io.sallyport.jdbc.execute;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.RowLimits;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.read.ResultState;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.StateField;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Gives result sets their obligations before the application gets them. */
public final class Results {

    private Results() {}

    /** A statement hands out a result of its last execution. */
    public static void attachLast(Object statement, @Nullable Object returned) throws SQLException {
        if (!(returned instanceof ResultSet)) {
            return;
        }
        StatementState state = Statements.of(statement);
        if (state == null) {
            attachClear(returned);
            return;
        }
        Obligations obligations = state.obligations();
        if (obligations != null) {
            attach(returned, state, obligations);
        }
        // Else it executed nothing that was decided: what that says of its result is found out when somebody reads it.
    }

    static void attach(@Nullable Object returned, StatementState state, Obligations obligations) throws SQLException {
        if (returned == null || !isGoverned(returned, state)) {
            return;
        }
        boolean injected = returned.getClass() == state.connection().resultType();
        // Only who counts rows asks what it was before: SQLite's statements hand out the same object for every
        // execution.
        Object before = obligations.rows() == RowLimits.NONE ? null : StateField.get(returned);
        Object demanded = ResultState.demandedBy(obligations, state, before);
        if (injected) {
            StateField.setInjected(returned, demanded);
        } else {
            StateField.set(returned, demanded);
        }
    }

    /**
     * Whether that is a result set, which is a woven one then. Asked of a connection's class of results once: HotSpot finds one of a class's many
     * interfaces by looking through all of them.
     */
    private static boolean isGoverned(Object returned, StatementState state) throws SQLException {
        Class<?> type = returned.getClass();
        if (type == state.connection().resultType()) {
            return true;
        }
        if (!(returned instanceof ResultSet result)) {
            return false;
        }
        if (!Jdbc.current().coverage().isWoven(type)) {
            refuseUnwoven(result, state);
        } else if (StateField.injected(result)) {
            state.connection().resultType(type);
        }
        return true;
    }

    /** A result of a wrapper, or one that the driver made up. */
    static void attachClear(@Nullable Object returned) {
        if (returned instanceof ResultSet && StateField.get(returned) == null) {
            StateField.set(returned, SallyportGate.NOTHING);
        }
    }

    static long rows(@Nullable Object returned) {
        if (returned instanceof Integer n) {
            return n;
        } else if (returned instanceof Long n) {
            return n;
        } else if (returned instanceof int[] counts) {
            long sum = 0;
            for (int n : counts) {
                sum += Math.max(n, 0);
            }
            return sum;
        } else if (returned instanceof long[] counts) {
            long sum = 0;
            for (long n : counts) {
                sum += Math.max(n, 0);
            }
            return sum;
        }
        return -1;
    }

    private static void refuseUnwoven(ResultSet result, StatementState state) throws SQLException {
        try {
            Statements.refuse(state.connection(), "unwoven", Connections.unwoven("result set", result.getClass()));
        } catch (SQLException refused) {
            result.close();
            throw refused;
        }
    }
}
