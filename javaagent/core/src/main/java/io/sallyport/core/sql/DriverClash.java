package io.sallyport.core.sql;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a statement would change of its session behind the driver's back: a fact of the text, which is found once for each. */
public enum DriverClash {
    /** It makes a statement or cursor under a name that pgjdbc may use for one of its own. */
    NAMES,
    /** It has a MySQL server read texts in another character set than the driver writes. */
    CHARSET;

    /** {@code null} for nothing. */
    static @Nullable DriverClash of(Dialect dialect, String sql, Set<StatementKind> kinds) {
        return switch (dialect) {
            case POSTGRESQL -> TakenNames.in(sql, kinds) ? NAMES : null;
            // A session of MySQL's whose modes aren't known is read as of any server.
            case MYSQL, GENERIC -> ForeignCharset.in(sql, kinds) ? CHARSET : null;
            default -> null;
        };
    }

    /** The same of a text that could not be read, where a word of it is enough. */
    static @Nullable DriverClash ofUnreadable(Dialect dialect, String sql) {
        return switch (dialect) {
            case POSTGRESQL -> TakenNames.in(sql, Set.of(StatementKind.DYNAMIC)) ? NAMES : null;
            case MYSQL, GENERIC -> ForeignCharset.isMentioned(sql) ? CHARSET : null;
            default -> null;
        };
    }
}
