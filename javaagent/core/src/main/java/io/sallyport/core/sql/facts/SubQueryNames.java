package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.FromReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Words;
import io.sallyport.core.sql.structure.WriteReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells whether a sub-query may mention the row that is written; names it resolves itself don't. */
final class SubQueryNames {

    private static final int MAX_LISTS = 200;

    private final Dialect dialect;
    private final Tokens t;

    SubQueryNames(Dialect dialect, Tokens t) {
        this.dialect = dialect;
        this.t = t;
    }

    boolean depend(Span query, TargetNames names) {
        List<FromItem> inner = new ArrayList<>();
        Set<Integer> tableTokens = new HashSet<>();
        int lists = 0;
        int i = query.from();
        while (i < query.to()) {
            if (t.is(i, "FROM") && !t.is(i - 1, "DISTINCT")) {
                if (++lists > MAX_LISTS) {
                    // Too many to follow: not taken for a filter.
                    return false;
                }
                int end = Clauses.find(t, i + 1, enclosing(i, query.to()), Words.AFTER_FROM);
                end = Math.min(end, Clauses.find(t, i + 1, end, Words.SET_OPERATIONS));
                try {
                    inner.addAll(WriteReader.flat(FromReader.read(dialect, t, new Span(i + 1, end))));
                } catch (UnreadableException e) {
                    return true;
                }
                for (int j = i + 1; j < end; j = t.skip(j, end)) {
                    if (t.is(j, "ON")) {
                        break;
                    }
                    tableTokens.add(j);
                }
            }
            i++;
        }
        i = query.from();
        while (i < query.to()) {
            boolean name = t.isName(i)
                    && !tableTokens.contains(i)
                    && !t.is(i - 1, "TABLE")
                    && !(t.is(i, TokenType.WORD) && Words.NEVER_COLUMN.contains(t.word(i)));
            int start = i;
            i++;
            if (name) {
                while (t.is(i, TokenType.DOT) && t.isName(i + 1)) {
                    i += 2;
                }
                if (!t.is(i, TokenType.LEFT_PAREN) && names.chainDepends(new Span(start, i), inner)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** End of the innermost group around {@code i}. */
    private int enclosing(int i, int limit) {
        int j = i;
        while (j < limit) {
            if (t.is(j, TokenType.RIGHT_PAREN)) {
                return j;
            }
            j = t.skip(j, limit);
        }
        return limit;
    }
}
