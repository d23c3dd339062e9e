package io.sallyport.jdbc.errors;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Oracle's errors by number; {@code raise_application_error} has 20,000 to 20,999. The first line only: details of others follow it. */
final class OracleErrors implements ErrorTexts {

    /** Their first line names tables, columns and constraints at most, and no part of the caller's text. */
    private static final Set<Integer> OF_NAMES =
            Set.of(1, 54, 60, 1013, 1031, 1400, 1407, 2290, 2291, 2292, 8177, 30006, 12899);

    @Override
    public @Nullable Sayable of(SQLException e, OwnTexts own) {
        String message = String.valueOf(e.getMessage());
        if (!OF_NAMES.contains(e.getErrorCode())) {
            return null;
        }
        String first = message.lines().findFirst().orElse("");
        return first.equals(message) ? Sayable.whole(message) : Sayable.part(first);
    }
}
