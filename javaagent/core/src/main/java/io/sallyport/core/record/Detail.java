package io.sallyport.core.record;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.sql.SqlAnalysis;
import java.util.List;

/**
 * What may be written down of a command: a statement's shape, a request line without query values, or the URL that is connected
 * to. Never a literal, a bound value, a header or a setting.
 */
public final class Detail {

    private static final int LONGEST_NAME = 64;
    private static final int SHORTEST_TOKEN = 12;

    private Detail() {}

    /** What approvers are shown and grants compare: the same with words in double quotes, and a path, as they stand. */
    public static String forApprovers(Command command) {
        if (command instanceof HttpCommand http) {
            List<String> readings = http.readings().others();
            String line = withNames(http.summary(), http);
            // What a server may make of it is part of what is approved.
            return readings.isEmpty() ? line : line + " (sent as " + ShownPath.onOneLine(readings.get(0)) + ")";
        }
        return command instanceof SqlCommand sql
                ? withCode(sql.analysis())
                : command.target().shown();
    }

    /** Whoever approves a shape approves no other program of that shape. */
    private static String withCode(SqlAnalysis analysis) {
        String code = analysis.code();
        return code == null ? analysis.shape() : analysis.shape() + " (literals " + code.substring(0, 16) + ")";
    }

    /**
     * One line for records.
     *
     * @param masked what the policy's masks look for ({@link io.sallyport.core.policy.PolicySnapshot#recordedPaths}), which no path that is
     *     written down holds
     */
    public static String of(Command command, Detection masked) {
        if (command instanceof SqlCommand sql) {
            return sql.analysis().recorded();
        }
        if (command instanceof HttpCommand http) {
            return withNames(summary(http, masked), http);
        }
        return target(command, masked);
    }

    /** {@link Command#summary} for records. */
    public static String summary(Command command, Detection masked) {
        return command instanceof HttpCommand http
                ? http.method() + " " + ShownPath.of(http.path(), masked)
                : command.summary();
    }

    /** {@link Target#shown} for records. */
    public static String target(Command command, Detection masked) {
        Target target = command.target();
        if (target.protocol() != Target.Protocol.HTTP) {
            return target.shown();
        }
        String url = target.url();
        int authority = url.indexOf("://") + 3;
        int path = authority < 3 ? -1 : url.indexOf('/', authority);
        return path < 0 ? url : url.substring(0, path) + ShownPath.of(url.substring(path), masked);
    }

    private static String withNames(String summary, HttpCommand http) {
        return http.query().isEmpty() ? summary : summary + "?" + namesOf(http.query());
    }

    /**
     * Keeps the names of a query ({@code a=1&b=2} becomes {@code a=?&b=?}). A part without {@code =} could be a token as well as a
     * flag, so it is a value, and so is a name that looks like none.
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
            if (equals > at && equals < end && isName(query, at, equals) && !isPadding(query, equals, end)) {
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

    /** Names are short words, mostly in one case; what mixes both with digits at length is rather a token, and so is a long number. */
    private static boolean isName(String query, int from, int to) {
        boolean upper = false;
        boolean lower = false;
        boolean digit = false;
        boolean letter = false;
        for (int i = from; i < to; i++) {
            char c = query.charAt(i);
            if (c == '%' && (query.startsWith("5B", i + 1) || query.startsWith("5D", i + 1))) {
                i += 2;
                continue;
            }
            upper |= c >= 'A' && c <= 'Z';
            lower |= c >= 'a' && c <= 'z';
            digit |= c >= '0' && c <= '9';
            letter = upper || lower;
            boolean allowed = c < 128 && Character.isLetterOrDigit(c) || "_-.$:[]".indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        int length = to - from;
        return length <= LONGEST_NAME && (length < SHORTEST_TOKEN || letter && !(upper && lower && digit));
    }

    /** Base64 ends so. */
    private static boolean isPadding(String query, int from, int to) {
        return to - from == 2 && query.charAt(from + 1) == '=';
    }
}
