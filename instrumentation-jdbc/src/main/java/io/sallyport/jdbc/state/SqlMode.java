package io.sallyport.jdbc.state;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * MySQL's {@code sql_mode} changes how texts are read: {@code ANSI_QUOTES} turns a string into a name, {@code NO_BACKSLASH_ESCAPES}
 * moves the end of a string, {@code PIPES_AS_CONCAT} makes an operator another one. Once a session may have set it, its statements
 * are read both ways and the worse counts.
 */
final class SqlMode {

    private static final String NAME = "sql_mode";

    private static final Set<StatementKind> READS_AND_WRITES = EnumSet.of(
            StatementKind.READ,
            StatementKind.INSERT,
            StatementKind.UPDATE,
            StatementKind.DELETE,
            StatementKind.TRANSACTION);

    private SqlMode() {}

    static boolean isSetBy(Map<String, String> settings) {
        String variables = settings.getOrDefault("sessionVariables", "");
        return variables.toLowerCase(Locale.ROOT).contains(NAME);
    }

    /** Of a procedure's text nothing is known here; a mode that it sets for its session is not noticed. */
    static boolean mayBeSetBy(SqlAnalysis analysis) {
        return !READS_AND_WRITES.containsAll(analysis.kinds())
                && analysis.sql().toLowerCase(Locale.ROOT).contains(NAME);
    }
}
