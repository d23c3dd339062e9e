package io.sallyport.jdbc.errors;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQL Server's errors by number; {@code THROW} and {@code RAISERROR} cannot raise one below 13,000. */
final class SqlServerErrors implements ErrorTexts {

    private static final Pattern ALL = Pattern.compile("(?s)(.*)");
    private static final Pattern QUOTED = Pattern.compile("'(.*?)'");

    /** About names that the caller has written. */
    private static final Set<Integer> ABOUT_THE_TEXT = Set.of(102, 156, 195, 207, 208, 209, 2812, 4104, 8120);

    /** Up to where values begin. */
    private static final Map<Integer, Pattern> UP_TO_VALUES = Map.of(
            2627, Pattern.compile("(?s)(.*?) The duplicate key value is .*"),
            2601, Pattern.compile("(?s)(.*?) The duplicate key value is .*"),
            547, ALL,
            515, ALL,
            1205, ALL,
            1222, ALL,
            229, ALL,
            230, ALL);

    @Override
    public @Nullable Sayable of(SQLException e, OwnTexts own) {
        String message = String.valueOf(e.getMessage());
        if (ABOUT_THE_TEXT.contains(e.getErrorCode())) {
            Matcher first = QUOTED.matcher(message);
            return first.find() && own.hold(first.group(1)) ? Sayable.whole(message) : null;
        }
        Pattern upTo = UP_TO_VALUES.get(e.getErrorCode());
        Matcher names = upTo == null ? null : upTo.matcher(message);
        if (names == null || !names.matches()) {
            return null;
        }
        return upTo == ALL ? Sayable.whole(message) : Sayable.part(names.group(1));
    }
}
