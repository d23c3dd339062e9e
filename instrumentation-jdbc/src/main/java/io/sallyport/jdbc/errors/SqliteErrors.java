package io.sallyport.jdbc.errors;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQLite's errors by the result code that its driver writes in front; a trigger's {@code RAISE} has a code of its own. */
final class SqliteErrors implements ErrorTexts {

    /** They name tables, columns and constraints at most (sqlite.org, "Result and Error Codes"). */
    private static final Pattern OF_NAMES = Pattern.compile(
            "(?s)\\[SQLITE_(?:BUSY|LOCKED|INTERRUPT|READONLY|FULL|IOERR|CANTOPEN"
                    + "|NOTADB|CORRUPT|NOMEM|AUTH|CONSTRAINT_(?:UNIQUE|PRIMARYKEY|NOTNULL|FOREIGNKEY|CHECK|ROWID))(?:_\\w+)?].*");

    private static final String ERROR = "\\[SQLITE_ERROR] SQL error or missing database \\(%s\\)";

    /** Each group is a name that the caller must have written. */
    private static final List<Pattern> TEMPLATES = List.of(
            Pattern.compile(
                    ERROR.formatted("(?:no such column|no such table|ambiguous column name|no such function): (.+)")),
            Pattern.compile(ERROR.formatted("near \"(.+)\": syntax error")),
            Pattern.compile(ERROR.formatted("wrong number of arguments to function (.+)")),
            Pattern.compile(ERROR.formatted("incomplete input()")));

    @Override
    public @Nullable Sayable of(SQLException e, OwnTexts own) {
        String message = String.valueOf(e.getMessage());
        if (!message.startsWith("[SQLITE_")) {
            return Sayable.drivers(message);
        }
        if (OF_NAMES.matcher(message).matches()) {
            return Sayable.whole(message);
        }
        for (Pattern template : TEMPLATES) {
            Matcher names = template.matcher(message);
            if (names.matches() && own.hold(names.group(1))) {
                return Sayable.whole(message);
            }
        }
        return null;
    }
}
