package io.sallyport.core.record;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;

/**
 * What may be written down of a command: a statement's shape, a request line without query values, or the URL that is connected
 * to. Never a literal, a bound value, a header or a setting.
 */
public final class Detail {

    private Detail() {}

    /** What approvers are shown and grants compare: the same with words in double quotes as they stand. */
    public static String forApprovers(Command command) {
        return command instanceof SqlCommand sql ? sql.analysis().shape() : of(command);
    }

    /** One line for records. */
    public static String of(Command command) {
        if (command instanceof SqlCommand sql) {
            return sql.analysis().recorded();
        }
        if (command instanceof HttpCommand http) {
            return http.query().isEmpty() ? http.summary() : http.summary() + "?" + namesOf(http.query());
        }
        return command.target().shown();
    }

    /**
     * Keeps the names of a query ({@code a=1&b=2} becomes {@code a=?&b=?}). A part without {@code =} could be a token as well as a
     * flag, so it is a value.
     */
    static String namesOf(String query) {
        StringBuilder out = new StringBuilder(query.length());
        int at = 0;
        while (at <= query.length()) {
            int end = at;
            while (end < query.length() && query.charAt(end) != '&' && query.charAt(end) != ';') {
                end++;
            }
            int equals = query.indexOf('=', at);
            if (equals > at && equals < end) {
                out.append(query, at, equals + 1);
            }
            if (end > at) {
                out.append('?');
            }
            if (end < query.length()) {
                out.append(query.charAt(end));
            }
            at = end + 1;
        }
        return out.toString();
    }
}
