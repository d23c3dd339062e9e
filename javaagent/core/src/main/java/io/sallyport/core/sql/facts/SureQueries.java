package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;

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

    /** {@code SELECT count(*) FROM t WHERE …} gives one row, and so does {@code SELECT a INTERSECT SELECT a}. */
    static boolean giveRow(Tokens t, Span query) {
        int selected = query.from() + 1;
        if (!t.is(query.from(), "SELECT")) {
            return false;
        }
        return AGGREGATES.contains(t.word(selected))
                        && t.is(selected + 1, TokenType.LEFT_PAREN)
                        && Clauses.find(t, selected, query.to(), THINNING) == query.to()
                || isOfSameSides(t, query, Set.of("INTERSECT"));
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
