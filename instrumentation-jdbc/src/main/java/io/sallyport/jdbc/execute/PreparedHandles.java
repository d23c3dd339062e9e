package io.sallyport.jdbc.execute;

import io.sallyport.jdbc.connect.DriverField;
import io.sallyport.jdbc.state.StatementState;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What SQLite's prepared statements run: a pointer in a public field, which anybody may write. It is kept when the statement is prepared, and
 * compared when it runs.
 */
public final class PreparedHandles {

    private static final DriverField POINTER = new DriverField("pointer");

    private PreparedHandles() {}

    static void keep(Object statement, StatementState state) {
        if (state.connection().target().vendor().equals("sqlite")) {
            state.handle(POINTER.of(statement));
        }
    }

    /** @param pointer that the statement is about to run */
    public static void demandOwn(Object statement, @Nullable Object pointer) throws SQLException {
        StatementState state = Statements.known(statement);
        if (state == null) {
            return;
        }
        Object own = state.handle();
        if (own != null && !own.equals(pointer)) {
            Statements.refuse(
                    state.connection(),
                    "driver-internals",
                    "the statement holds another pointer than the one that was prepared. Prepare it again.");
        }
    }
}
