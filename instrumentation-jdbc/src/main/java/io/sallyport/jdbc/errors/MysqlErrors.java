package io.sallyport.jdbc.errors;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Errors of MySQL and MariaDB. {@code SIGNAL} chooses state, number and text, so where stored code may run only messages are said that
 * name nothing but words of the caller's statement.
 */
final class MysqlErrors implements ErrorTexts {

    /** Numbers whose messages name tables, columns, keys and the caller's own text (MySQL manual, "Server Error Message Reference"). */
    private static final Set<Integer> OF_NAMES = Set.of(
            1044, 1048, 1049, 1051, 1052, 1054, 1064, 1066, 1109, 1136, 1142, 1143, 1146, 1205, 1213, 1222, 1227, 1242,
            1248, 1264, 1290, 1305, 1317, 1364, 1406, 1451, 1452, 1690, 1792, 1969, 3024, 3819, 4025);

    private static final Pattern CONNECTION = Pattern.compile("^\\(conn[:=]\\s?\\d+\\) ");

    private static final Pattern DUPLICATE = Pattern.compile("(?s)Duplicate entry '.*' for key ('[^']*')");

    /** Each group is a name that the caller must have written. */
    private static final List<Pattern> TEMPLATES = List.of(
            Pattern.compile("Unknown column '(.+)' in '[A-Za-z ]+'"),
            Pattern.compile("Unknown table '(.+)'"),
            Pattern.compile("Table '(?:[^.']+\\.)?([^.']+)' doesn't exist"),
            Pattern.compile("Column '(.+)' in [A-Za-z ']+ is ambiguous"),
            Pattern.compile("Not unique table/alias: '(.+)'"),
            Pattern.compile("(?:FUNCTION|PROCEDURE) (?:[^.]+\\.)?(.+) does not exist"),
            Pattern.compile(
                    "(?s)You have an error in your SQL syntax; check the manual that corresponds to your [A-Za-z]+ server"
                            + " version for the right syntax to use near '(.*)' at line \\d{1,4}"),
            Pattern.compile("Deadlock found when trying to get lock; try restarting transaction"),
            Pattern.compile("Lock wait timeout exceeded; try restarting transaction"),
            Pattern.compile("Query execution was interrupted(?: \\(max_statement_time exceeded\\))?"));

    @Override
    public @Nullable Sayable of(SQLException e, OwnTexts own) {
        String message = String.valueOf(e.getMessage());
        int number = e.getErrorCode();
        if (number <= 0) {
            // SIGNAL cannot: the driver's.
            return Sayable.drivers(message);
        }
        if (!own.runsCode() && (own.ownValues() || OF_NAMES.contains(number) && !message.contains("\nQuery"))) {
            return Sayable.whole(message);
        }
        String said = CONNECTION.matcher(message).replaceFirst("");
        Matcher duplicate = DUPLICATE.matcher(said);
        if (duplicate.matches()) {
            return own.runsCode() ? null : Sayable.part("Duplicate entry for key " + duplicate.group(1));
        }
        for (Pattern template : TEMPLATES) {
            Matcher names = template.matcher(said);
            if (names.matches()) {
                return names.groupCount() == 0 || own.hold(names.group(1)) ? Sayable.whole(message) : null;
            }
        }
        return null;
    }
}
