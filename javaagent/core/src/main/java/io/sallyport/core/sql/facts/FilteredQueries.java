package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.FromReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries through which rows are written: {@code DELETE FROM (SELECT …)}, T-SQL's {@code WITH q AS (SELECT TOP 10 …) DELETE FROM q}. */
final class FilteredQueries {

    private static final int MAX_NESTED = 4;
    /** Every name may be one of the written rows. */
    private static final Rows ANY = new Rows() {
        @Override
        public boolean depend(Span nameOrQuery) {
            return true;
        }

        @Override
        public boolean isOwn(Span chain) {
            return false;
        }

        @Override
        public boolean isKey(Span chain) {
            return false;
        }

        @Override
        public boolean givesOwn(Span query, @Nullable String text) {
            return false;
        }

        @Override
        public boolean findsOwn(Span query) {
            return false;
        }
    };

    private final Dialect dialect;
    private final Tokens t;

    FilteredQueries(Dialect dialect, Tokens t) {
        this.dialect = dialect;
        this.t = t;
    }

    /** Whether {@code query} leaves rows out. */
    boolean leaveOut(Span query) {
        return leaveOut(query, 0);
    }

    private boolean leaveOut(Span query, int depth) {
        int i = query.from() + 1;
        i += t.isAny(i, "ALL", "DISTINCT") ? 1 : 0;
        if (t.is(i, "TOP")) {
            int end = t.skip(i + 1, query.to());
            if (!t.is(end, "PERCENT") && Limits.bounds(t, new Span(i + 1, end))) {
                return true;
            }
        }
        int where = Clauses.find(t, i, query.to(), "WHERE");
        if (where < query.to()) {
            int end = Clauses.findClause(t, where + 1, query.to(), Words.AFTER_FROM);
            if (keepsOut(new Span(where + 1, end))) {
                return true;
            }
        }
        int limit = Clauses.find(t, i, query.to(), "LIMIT");
        if (limit == query.to()) {
            limit = Clauses.find(t, i, query.to(), "FETCH");
        }
        if (limit < query.to() && Limits.bounds(t, new Span(limit + 1, query.to()))) {
            return true;
        }
        return depth < MAX_NESTED && isJoined(i, query, depth);
    }

    private boolean isJoined(int start, Span query, int depth) {
        int from = Clauses.find(t, start, query.to(), "FROM");
        int end = Clauses.findClause(t, from + 1, query.to(), Words.AFTER_FROM);
        try {
            List<FromItem> items = FromReader.read(dialect, t, new Span(Math.min(from + 1, end), end));
            for (FromItem item : items) {
                if (item.kind() == FromItem.Kind.QUERY && items.size() == 1 && leaveOut(item.body(), depth + 1)) {
                    return true;
                }
                boolean inner = item.join() == FromItem.Join.INNER;
                for (Span condition : item.conditions()) {
                    if (inner && keepsOut(condition)) {
                        return true;
                    }
                }
            }
        } catch (UnreadableException e) {
            return false;
        }
        return false;
    }

    private boolean keepsOut(Span condition) {
        Value v = ConditionFolder.fold(dialect, t, condition, ANY);
        return !(v.isConstant() && Boolean.TRUE.equals(v.truth()));
    }
}
