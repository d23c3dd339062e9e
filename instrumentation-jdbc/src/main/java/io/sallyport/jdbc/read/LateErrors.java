package io.sallyport.jdbc.read;

import io.sallyport.jdbc.execute.WithheldErrors;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.StateField;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What comes of rows that a driver makes or fetches after the execution has returned, whichever method asks for them. */
public final class LateErrors {

    private LateErrors() {}

    /**
     * Throws in place of {@code thrown} where its text may quote a masked value.
     *
     * @param carrier a result set or statement
     */
    public static void withhold(Object carrier, Throwable thrown) throws SQLException {
        StatementState read = stateOf(carrier);
        SQLException withheld = read == null ? null : WithheldErrors.inPlaceOf(thrown, read);
        if (withheld != null) {
            throw withheld;
        }
    }

    private static @Nullable StatementState stateOf(Object carrier) {
        Object state = StateField.get(carrier);
        if (state instanceof ResultState result) {
            return result.statement();
        }
        return state instanceof StatementState statement ? statement : null;
    }
}
