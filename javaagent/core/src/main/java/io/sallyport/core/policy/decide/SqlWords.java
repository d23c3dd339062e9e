package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.Dialect;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of a statement one after the other: names and texts (quotes kept), {@code ?}, {@code (}, {@code )}, {@code ,},
 * {@code =}. Numbers, comments and other operators are skipped. Linear.
 */
final class SqlWords {

    private static final Set<String> ENDS_SET =
            Set.of("where", "from", "returning", "when", "output", "order", "limit", "on");

    private final String sql;
    private final Dialect dialect;
    private int at;

    SqlWords(String sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    static boolean endsSet(String word) {
        return ENDS_SET.contains(word.toLowerCase(Locale.ROOT));
    }

    /** A name without its quotes; the part after the last dot of a qualified one is its own word already. */
    static String name(@Nullable String word) {
        if (word == null) {
            return "";
        }
        int last = word.length() - 1;
        boolean quoted = last > 0 && "'\"`[".indexOf(word.charAt(0)) >= 0;
        return quoted ? word.substring(1, last) : word;
    }

    static boolean isText(String word) {
        return word.charAt(0) == '\'';
    }

    boolean isMerge() {
        return sql.stripLeading().regionMatches(true, 0, "merge", 0, 5);
    }

    @Nullable
    String next() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"' || c == '`' || (c == '[' && dialect == Dialect.TSQL)) {
                int from = at;
                at = pastQuote(c == '[' ? ']' : c);
                return sql.substring(from, at);
            } else if (c == '-' && at + 1 < sql.length() && sql.charAt(at + 1) == '-') {
                at = past("\n", at);
            } else if (c == '/' && at + 1 < sql.length() && sql.charAt(at + 1) == '*') {
                at = past("*/", at + 2);
            } else if (c == '$' && dialect == Dialect.POSTGRESQL && dollarQuote() > 0) {
                String tag = sql.substring(at, at + dollarQuote());
                int from = at + tag.length();
                at = past(tag, from);
                return "'" + sql.substring(from, Math.max(from, at - tag.length())) + "'";
            } else if (Character.isJavaIdentifierStart(c)) {
                int from = at;
                while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
                    at++;
                }
                return sql.substring(from, at);
            } else if (c == '?' && at + 1 < sql.length() && sql.charAt(at + 1) == '?') {
                at += 2;
            } else if ("?(),".indexOf(c) >= 0 || (c == '=' && !partOfOperator())) {
                at++;
                return String.valueOf(c);
            } else {
                at++;
            }
        }
        return null;
    }

    private boolean partOfOperator() {
        return at > 0 && "<>!=".indexOf(sql.charAt(at - 1)) >= 0;
    }

    /** Length of {@code $tag$} at the current position; 0: none starts here. */
    private int dollarQuote() {
        int i = at + 1;
        while (i < sql.length() && Character.isLetterOrDigit(sql.charAt(i))) {
            i++;
        }
        boolean parameter = i > at + 1 && Character.isDigit(sql.charAt(at + 1));
        return i < sql.length() && sql.charAt(i) == '$' && !parameter ? i - at + 1 : 0;
    }

    private int past(String end, int from) {
        int i = sql.indexOf(end, from);
        return i < 0 ? sql.length() : i + end.length();
    }

    private int pastQuote(char quote) {
        boolean backslash = quote == '\'' && dialect == Dialect.MYSQL;
        for (int i = at + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\\' && backslash) {
                i++;
            } else if (c == quote) {
                if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return sql.length();
    }
}
