package io.sallyport.jdbc.read;

import io.sallyport.jdbc.connect.DriverField;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows that are made only as they are asked for, so that an error can still come of them and quote what masked columns hold. */
final class LateRows {

    private static final DriverField H2_RESULT = new DriverField("result");
    /** What H2 computed before it handed it out. {@code LocalResultImpl} is that of 1.4; others are lazy, or come from a server in portions. */
    private static final String H2_WHOLE = "org.h2.result.LocalResult";

    private LateRows() {}

    /**
     * Whether a result may have such rows: pgjdbc and the drivers for MySQL fetch in portions where there is a size for them, H2 computes a lazy
     * query row by row, SQLite any.
     */
    static boolean of(ResultSet result, ConnectionState connection) {
        return switch (connection.target().vendor()) {
            case "sqlite" -> true;
            case "h2" -> !isWhole(H2_RESULT.of(result));
            default -> isFetchedInPortions(result);
        };
    }

    private static boolean isWhole(@Nullable Object ofEngine) {
        return ofEngine != null && ofEngine.getClass().getName().startsWith(H2_WHOLE);
    }

    private static boolean isFetchedInPortions(ResultSet result) {
        try {
            return result.getFetchSize() != 0;
        } catch (SQLException unknown) {
            return true;
        }
    }
}
