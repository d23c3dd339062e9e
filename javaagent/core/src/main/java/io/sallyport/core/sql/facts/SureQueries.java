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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sub-queries that give a row, or none, whatever the tables hold. EXISTS asks nothing of them. */
final class SureQueries {

    private static final Set<String> AGGREGATES = Set.of(
            "COUNT",
            "COUNT_BIG",
            "MIN",
            "MAX",
            "SUM",
            "AVG",
            "ANY_VALUE",
            "ARRAY_AGG",
            "STRING_AGG",
            "GROUP_CONCAT",
            "LISTAGG",
            "BOOL_AND",
            "BOOL_OR",
            "EVERY",
            "STDDEV",
            "VARIANCE",
            "JSON_AGG",
            "JSONB_AGG",
            "JSON_ARRAYAGG",
            "XMLAGG");
    /** What can leave out the one row of an aggregate, or makes it several. */
    private static final Set<String> THINNING = Set.of(
            "GROUP", "HAVING", "LIMIT", "OFFSET", "FETCH", "QUALIFY", "UNION", "INTERSECT", "EXCEPT", "MINUS", "OVER");

    private SureQueries() {}

    /**
     * {@code SELECT count(*) FROM t WHERE …} gives one row, and so do {@code SELECT a INTERSECT SELECT a} and what a constant is joined to
     * from the left: {@code SELECT 1 FROM (SELECT 1) x LEFT JOIN t ON …}.
     */
    static boolean giveRow(Dialect dialect, Tokens t, Span query) {
        return t.is(query.from(), "SELECT")
                && (isOfOneGroup(t, query)
                        || isOfSameSides(t, query, Set.of("INTERSECT"))
                        || isJoinedToConstant(dialect, t, query));
    }

    /** Where the one condition stands that a single group of all rows may not meet: behind HAVING. */
    static @Nullable Span conditionOfOneGroup(Tokens t, Span query) {
        int having = Clauses.find(t, query.from(), query.to(), "HAVING");
        boolean alone = t.is(query.from(), "SELECT")
                && having < query.to()
                && Clauses.find(t, query.from(), having, "GROUP") == having
                && Clauses.find(t, having + 1, query.to(), THINNING) == query.to();
        return alone ? new Span(having + 1, Clauses.findClause(t, having + 1, query.to(), Words.AFTER_FROM)) : null;
    }

    private static boolean isOfOneGroup(Tokens t, Span query) {
        int from = Clauses.find(t, query.from(), query.to(), "FROM");
        if (Clauses.find(t, query.from() + 1, query.to(), THINNING) < query.to()) {
            return false;
        }
        for (int i = query.from() + 1; i < from; i++) {
            boolean called = t.is(i, TokenType.WORD) && t.is(i + 1, TokenType.LEFT_PAREN);
            if (t.is(i, TokenType.LEFT_PAREN) && t.match(i) > 0 && Clauses.startsQuery(t, i + 1, t.match(i))) {
                i = t.match(i);
            } else if (called && AGGREGATES.contains(t.word(i)) && !t.isAny(t.skip(i + 1, from), "OVER", "FILTER")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJoinedToConstant(Dialect dialect, Tokens t, Span query) {
        int from = Clauses.find(t, query.from(), query.to(), "FROM");
        int end = Clauses.findClause(t, from + 1, query.to(), Words.AFTER_FROM);
        if (from == query.to() || end < query.to()) {
            return false;
        }
        try {
            List<FromItem> items = FromReader.read(dialect, t, new Span(from + 1, end));
            FromItem last = items.get(items.size() - 1);
            return items.size() > 1
                    && (isConstant(t, items.get(0))
                                    && items.stream().skip(1).allMatch(item -> item.join() == FromItem.Join.LEFT)
                            || isConstant(t, last) && last.join() == FromItem.Join.RIGHT);
        } catch (UnreadableException e) {
            return false;
        }
    }

    /** A row that no table gives. */
    private static boolean isConstant(Tokens t, FromItem item) {
        Span body = item.body();
        return item.kind() == FromItem.Kind.QUERY
                && t.isAny(body.from(), "SELECT", "VALUES")
                && Clauses.find(t, body.from(), body.to(), Set.of("FROM", "WHERE", "LIMIT", "HAVING")) == body.to();
    }

    /** {@code SELECT a EXCEPT SELECT a}. */
    static boolean giveNone(Tokens t, Span query) {
        return t.is(query.from(), "SELECT") && isOfSameSides(t, query, Set.of("EXCEPT", "MINUS"));
    }

    private static boolean isOfSameSides(Tokens t, Span query, Set<String> operation) {
        int middle = Clauses.find(t, query.from(), query.to(), operation);
        int length = middle - query.from();
        if (middle == query.to()
                || query.to() - middle - 1 != length
                || Clauses.find(t, query.from(), query.to(), Set.of("FROM", "WHERE", "LIMIT")) < query.to()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!t.text(query.from() + i).equalsIgnoreCase(t.text(middle + 1 + i))) {
                return false;
            }
        }
        return true;
    }
}
