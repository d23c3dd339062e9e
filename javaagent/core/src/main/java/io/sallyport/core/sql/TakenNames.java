package io.sallyport.core.sql;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names under which pgjdbc keeps its prepared statements and cursors on the server ({@code S_1}, {@code C_1}). They belong to the session, so
 * that SQL can put others in their place, whose rows would come back through statements and results that were judged by another text.
 */
final class TakenNames {

    private static final Set<StatementKind> ROWS =
            EnumSet.of(StatementKind.INSERT, StatementKind.UPDATE, StatementKind.DELETE);

    /** Case counts; a name in escapes may spell any. */
    private static final Pattern NAME = Pattern.compile("\"[SCB]_[0-9]+\"|[uU]&\"");

    private static final Pattern MAKING = Pattern.compile("(?i)\\b(?:prepare|declare)\\b");

    /** A cursor of PL/pgSQL is called by the value of its variable. */
    private static final Pattern VALUE = Pattern.compile("'[SCB]_[0-9]+'|[uUeE]&?'[^']*\\\\");

    private static final Pattern CURSOR = Pattern.compile("(?i)\\brefcursor\\b");

    private TakenNames() {}

    /** Whether a statement makes something that the driver might take for its own. */
    static boolean in(String sql, Set<StatementKind> kinds) {
        if (ROWS.containsAll(kinds)) {
            return false;
        }
        return mayName(sql)
                && (MAKING.matcher(sql).find() && NAME.matcher(sql).find()
                        || CURSOR.matcher(sql).find() && VALUE.matcher(sql).find());
    }

    /** Cheap, since it is asked for each text. */
    private static boolean mayName(String sql) {
        return sql.contains("S_") || sql.contains("C_") || sql.contains("B_") || sql.indexOf('\\') >= 0;
    }
}
