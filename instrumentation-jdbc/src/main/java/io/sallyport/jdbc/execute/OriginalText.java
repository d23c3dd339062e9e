package io.sallyport.jdbc.execute;

import java.sql.PreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * What Oracle's statements say of themselves. The driver hands out wrappers, and their inner statements come from methods that no
 * advice covers; without their text each execution would be refused.
 */
final class OriginalText {

    private static final String STATEMENT = "oracle.jdbc.internal.OracleStatement";

    private OriginalText() {}

    /** The text that a statement was prepared with; {@code null} where it is not known. */
    static @Nullable String of(Object statement) {
        if (!(statement instanceof PreparedStatement)
                || !statement.getClass().getName().startsWith("oracle.jdbc.")) {
            return null;
        }
        try {
            Class<?> internal =
                    Class.forName(STATEMENT, false, statement.getClass().getClassLoader());
            return (String) internal.getMethod("getOriginalSql").invoke(statement);
        } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
            return null;
        }
    }
}
