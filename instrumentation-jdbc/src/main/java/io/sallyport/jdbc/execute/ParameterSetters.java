package io.sallyport.jdbc.execute;

import io.sallyport.jdbc.state.StatementState;
import org.jspecify.annotations.Nullable;

/** Remembers bound parameters, with the Java types that the application gave. */
public final class ParameterSetters {

    private ParameterSetters() {}

    /** @param parameter 1-based index, or the name of a callable statement's parameter */
    public static void set(Object statement, Object parameter, @Nullable Object value) {
        StatementState state = Statements.known(statement);
        if (state == null) {
            return;
        }
        if (parameter instanceof Integer index) {
            state.parameters().set(index, value);
        } else if (parameter instanceof String name) {
            state.parameters().set(name, value);
        }
    }
}
