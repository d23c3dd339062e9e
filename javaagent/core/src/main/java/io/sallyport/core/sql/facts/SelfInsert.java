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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT INTO t SELECT * FROM t ON DUPLICATE KEY UPDATE …} updates the rows that its query finds: those of the table; {@code
 * REPLACE} puts others in their place. The query may stand in brackets, behind a WITH, or be {@code TABLE t}.
 */
final class SelfInsert {
    private final Dialect dialect;
    private final Tokens t;

    SelfInsert(Dialect dialect, Tokens t) {
        this.dialect = dialect;
        this.t = t;
    }

    /**
     * Whether all rows of the table are written over.
     *
     * @param after index behind the table's name
     */
    boolean overwrites(int after, int to, boolean replaces) {
        int on = Clauses.find(t, after, to, "ON");
        while (on < to && !t.isAny(on + 1, "DUPLICATE", "CONFLICT")) {
            on = Clauses.find(t, on + 1, to, "ON");
        }
        boolean updates = on < to && Clauses.find(t, on, to, "UPDATE") < to;
        if (!updates && !replaces) {
            return false;
        }
        int first = after;
        while (first < on && !Clauses.startsQuery(t, first, on)) {
            first = t.skip(first, on);
        }
        return first < on && givesAll(new Span(first, on), t.name(after - 1));
    }

    private boolean givesAll(Span whole, String table) {
        Span query = whole;
        while (t.is(query.from(), TokenType.LEFT_PAREN) && t.match(query.from()) == query.to() - 1) {
            query = new Span(query.from() + 1, query.to() - 1);
        }
        Ctes ctes = null;
        if (t.is(query.from(), "WITH")) {
            int main = Clauses.mainVerb(t, query.from(), query.to());
            ctes = new Ctes(t, main);
            query = new Span(main, query.to());
        }
        return isAllOf(query, table, ctes);
    }

    private boolean isAllOf(Span query, String table, @Nullable Ctes ctes) {
        if (t.is(query.from(), "TABLE")) {
            return isNamed(t.name(query.to() - 1), table, ctes);
        }
        int from = Clauses.find(t, query.from(), query.to(), "FROM");
        int end = Clauses.findClause(t, Math.min(from + 1, query.to()), query.to(), Words.AFTER_FROM);
        if (!t.is(query.from(), "SELECT") || from == query.to() || new FilteredQueries(dialect, t).leaveOut(query)) {
            return false;
        }
        try {
            List<FromItem> source = FromReader.read(dialect, t, new Span(from + 1, end));
            return source.size() == 1 && isNamed(source.get(0).table(), table, ctes);
        } catch (UnreadableException e) {
            return false;
        }
    }

    private boolean isNamed(String name, String table, @Nullable Ctes ctes) {
        Span body = ctes == null ? null : ctes.body(name);
        return body == null ? name.equals(table) : isAllOf(body, table, null);
    }
}
