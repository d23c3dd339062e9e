package io.sallyport.jdbc.vendor;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code sessionVariables} of the drivers for MySQL and MariaDB: assignments that the driver puts behind {@code SET} by itself. */
final class SessionVariables {

    private static final String VARIABLE = "(?:@@)?(?:session\\.|local\\.)?[a-z_][a-z0-9_]*";
    private static final String TEXT = "'[^'\\\\]*'|\"[^\"\\\\]*\"";
    private static final String VALUE = "(?:" + TEXT + "|[-+]?[0-9.]+|[a-z_][a-z0-9_+-]*(?:,[a-z_]+)*)";

    /** Session variables with constants. Anything else could compute, or reach beyond the session. */
    private static final Pattern PLAIN = Pattern.compile(
            "\\s*" + VARIABLE + "\\s*:?=\\s*" + VALUE + "\\s*(?:[,;]\\s*" + VARIABLE + "\\s*:?=\\s*" + VALUE + "\\s*)*",
            Pattern.CASE_INSENSITIVE);

    private SessionVariables() {}

    /** Whether the setting does more than to give session variables constants. */
    static boolean runSql(@Nullable String setting) {
        return setting != null && !setting.isBlank() && !PLAIN.matcher(setting).matches();
    }
}
