package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ParameterHead;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.StateField;
import java.io.InputStream;
import java.io.Reader;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Remembers bound parameters, with the Java types that the application gave. */
public final class ParameterSetters {

    private ParameterSetters() {}

    /**
     * @param carried the state that the statement carries, if it does
     * @param parameter 1-based index, or the name of a callable statement's parameter
     */
    public static void set(Object statement, @Nullable Object carried, Object parameter, @Nullable Object value)
            throws SQLException {
        StatementState state = carried instanceof StatementState known ? known : stateOf(statement);
        if (state == null) {
            return;
        }
        Object seen = value != null && LargeObject.is(value) ? new LargeObject(value) : value;
        if (parameter instanceof Integer index) {
            state.parameters().set(index, seen);
        } else if (parameter instanceof String name) {
            state.parameters().set(name, seen);
        }
    }

    /** A statement that is older than the agent is known from the first value on that it is given: that may be a mask which comes back. */
    private static @Nullable StatementState stateOf(Object statement) throws SQLException {
        StatementState known = Statements.known(statement);
        return known != null || StateField.injected(statement) ? known : Statements.of(statement);
    }

    /**
     * What the driver is given in place of a value: the same, or, of a statement that may write it, a stream whose beginning is
     * known. A query's streams go untouched.
     */
    public static @Nullable Object foreseen(Object statement, @Nullable Object value) throws SQLException {
        if (!(value instanceof Reader || value instanceof InputStream) || value instanceof ParameterHead) {
            return value;
        }
        StatementState state = stateOf(statement);
        SqlAnalysis analysis = state == null ? null : Statements.analysis(state);
        if (analysis == null || !analysis.facts().writes()) {
            return value;
        }
        return value instanceof Reader reader ? new ParameterReader(reader) : new ParameterStream((InputStream) value);
    }
}
