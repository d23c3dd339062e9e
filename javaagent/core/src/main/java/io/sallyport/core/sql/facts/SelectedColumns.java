package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a query selects of each row of one table: its columns, under their names or others, and what is calculated. Stateless. */
final class SelectedColumns {

    private SelectedColumns() {}

    /**
     * The columns under other names, with those of the table's columns, and what is calculated, with the empty text.
     *
     * @param names of the columns from outside, in their order; empty where the query's own count
     * @param outer label of the row that a query without FROM stands beside
     * @return {@code null} where it can't be told, or where not each row has its own
     */
    static @Nullable Map<String, String> renamed(Tokens t, Span query, List<String> names, String outer) {
        int i = query.from() + 1;
        i += t.isAny(i, "ALL", "DISTINCT") ? 1 : 0;
        if (t.isAny(i, "TOP", "ON")) {
            return null;
        }
        int from = Clauses.find(t, i, query.to(), "FROM");
        List<Span> items = Clauses.commaSeparated(t, i, from);
        if (names.size() > items.size()) {
            return null;
        }
        Map<String, String> renamed = new HashMap<>();
        for (int k = 0; k < items.size(); k++) {
            Span item = items.get(k);
            if (t.isOp(item.to() - 1, "*")) {
                if (!names.isEmpty() || from == query.to()) {
                    return null;
                }
                continue;
            }
            Span value = withoutAlias(t, item);
            if (!isOfEachRow(t, value)) {
                return null;
            }
            boolean foreign = from == query.to() && !t.name(value.from()).equals(outer);
            String source = isChain(t, value) && !foreign ? t.name(value.to() - 1) : "";
            String own = t.isName(item.to() - 1) ? t.name(item.to() - 1) : t.name(value.from());
            String name = k < names.size() ? names.get(k) : own;
            if (!name.equals(source)) {
                renamed.put(name, source);
            }
        }
        return renamed;
    }

    private static Span withoutAlias(Tokens t, Span item) {
        int last = item.to() - 1;
        if (t.is(last - 1, "AS")) {
            return new Span(item.from(), last - 1);
        }
        boolean alias = last > item.from()
                && t.isName(last)
                && (t.isName(last - 1)
                        || t.is(last - 1, TokenType.RIGHT_PAREN)
                        || t.is(last - 1, TokenType.NUMBER)
                        || t.is(last - 1, TokenType.STRING));
        return alias ? new Span(item.from(), last) : item;
    }

    /** {@code a} or {@code t.a}. */
    private static boolean isChain(Tokens t, Span value) {
        for (int i = value.from(); i < value.to(); i++) {
            boolean name = (i - value.from()) % 2 == 0;
            if (name ? !t.isName(i) : !t.is(i, TokenType.DOT)) {
                return false;
            }
        }
        return (value.to() - value.from()) % 2 == 1;
    }

    /** Whether no function makes one row of several, or several of one, as far as is known. */
    private static boolean isOfEachRow(Tokens t, Span value) {
        for (int i = value.from(); i < value.to(); i++) {
            if (t.isName(i) && t.is(i + 1, TokenType.LEFT_PAREN)) {
                boolean windowed = t.is(t.skip(i + 1, value.to()), "OVER");
                if (!windowed && !Functions.NAMES.contains(t.word(i))) {
                    return false;
                }
                i = windowed ? value.to() : i;
            }
        }
        return !value.isEmpty();
    }
}
