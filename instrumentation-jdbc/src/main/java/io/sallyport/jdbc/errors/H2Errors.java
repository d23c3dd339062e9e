package io.sallyport.jdbc.errors;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * H2's errors by their codes ({@code org.h2.api.ErrorCode}). {@code SIGNAL} chooses a state and has code 0; a text that H2 runs inside
 * the caller's statement shows in the SQL that the exception carries.
 */
final class H2Errors implements ErrorTexts {

    /** Of the parser: about the statement that the exception carries. */
    private static final Set<Integer> ABOUT_THE_TEXT = Set.of(
            42000, 42001, 42101, 42102, 42103, 42104, 42111, 42112, 42121, 42122, 42131, 21002, 90001, 90002, 90016,
            90022, 90054, 90059, 90079, 90087, 90096);

    /** Syntax errors repeat the whole statement. */
    private static final Set<Integer> SYNTAX = Set.of(42000, 42001);

    /** Locks, time, the end of the connection, the place in a result, a parameter by its number: they name tables at most. */
    private static final Set<Integer> STATE =
            Set.of(2000, 40001, 50200, 57014, 90007, 90008, 90012, 90053, 90067, 90097, 90098, 90121, 90128, 90131);

    /** DUPLICATE_KEY_1: quotes the row that is stored under the key already, whoever's values are inserted. */
    private static final int DUPLICATE_KEY = 23505;

    /** Violations, up to where the values begin. */
    private static final Map<Integer, Pattern> UP_TO_VALUES = Map.of(
            23502,
            Pattern.compile("(?s)(.*)"),
            DUPLICATE_KEY,
            Pattern.compile("(?s)([^:]*: \"[^\"()]+ ON [^ (]+\\([^()]*\\)).*"),
            23503,
            Pattern.compile("(?s)(.*?\\) REFERENCES .*?\\)) \\(.*"),
            23506,
            Pattern.compile("(?s)(.*?\\) REFERENCES .*?\\)) \\(.*"),
            23513,
            Pattern.compile("(?s)(.*?): \".*"),
            22001,
            Pattern.compile("(?s)([^:]*): \".*"));

    /** SIGNAL, ERROR_EXECUTING_TRIGGER_3, EXCEPTION_IN_FUNCTION_1. */
    private static final Set<Integer> OF_CODE = Set.of(0, 90044, 90105);

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    @Override
    public @Nullable Sayable of(SQLException e, OwnTexts own) {
        String message = String.valueOf(e.getMessage());
        int code = e.getErrorCode();
        if (!e.getClass().getName().startsWith("org.h2.jdbc.Jdbc") || code == 0) {
            return null;
        }
        if (own.ownValues() && !own.runsCode() && code != DUPLICATE_KEY || STATE.contains(code)) {
            return Sayable.whole(message);
        }
        String original = property(e, "getOriginalMessage");
        if (original == null) {
            return null;
        }
        if (ABOUT_THE_TEXT.contains(code)) {
            String sql = property(e, "getSQL");
            Matcher first = QUOTED.matcher(original);
            boolean ours = sql != null && own.are(sql) || sql == null && !original.contains("\"");
            boolean named = SYNTAX.contains(code) || !first.find() || own.hold(first.group(1));
            return ours && named ? Sayable.whole(message) : null;
        }
        Pattern violation = UP_TO_VALUES.get(code);
        Matcher names = violation == null ? null : violation.matcher(original);
        return names != null && names.matches() ? Sayable.part(names.group(1)) : null;
    }

    @Override
    public boolean isOfCode(SQLException e) {
        return OF_CODE.contains(e.getErrorCode());
    }

    private static @Nullable String property(SQLException e, String getter) {
        try {
            return (String) e.getClass().getMethod(getter).invoke(e);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return null;
        }
    }
}
