package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL 16 and later sort the rows for one aggregate with DISTINCT or ORDER BY, and all the other aggregates of the query see them in
 * that order: {@code SELECT count(DISTINCT salary), array_agg(name)} lists the names by salary. What such an aggregate makes counts as
 * computed from the keys of the others, unless its own order leaves nothing open.
 */
final class PresortedInput {

    private static final Set<String> ORDERED = Set.of(
            "STRING_AGG",
            "ARRAY_AGG",
            "JSON_AGG",
            "JSONB_AGG",
            "JSON_OBJECT_AGG",
            "JSONB_OBJECT_AGG",
            "JSON_AGG_STRICT",
            "JSONB_AGG_STRICT",
            "JSON_ARRAYAGG",
            "JSON_OBJECTAGG",
            "XMLAGG");

    private final Tokens t;
    private final Expressions expressions;
    private final Span select;
    private final Scope scope;
    private final Ctes ctes;
    private @Nullable Out keys;

    /** @param select the query without its WITH clause, from the list on */
    PresortedInput(Work work, Tokens t, Expressions expressions, Span select, Scope scope, Ctes ctes) {
        boolean sorts = work.dialect == Dialect.POSTGRESQL || work.dialect == Dialect.GENERIC;
        this.t = t;
        this.expressions = expressions;
        this.select = sorts ? select : new Span(select.to(), select.to());
        this.scope = scope;
        this.ctes = ctes;
    }

    /** What the item yields, with the keys that decide on its order. */
    Out over(Span item, Out out) {
        if (select.isEmpty()) {
            return out;
        }
        for (int i = next(item.from() - 1, item.to()); i < item.to(); i = next(i, item.to())) {
            boolean call = t.is(i + 1, TokenType.LEFT_PAREN);
            if (call && ORDERED.contains(t.word(i)) && isOpen(Clauses.inside(t, i + 1, item.to()))) {
                return out.plus(keys());
            }
        }
        return out;
    }

    /** The next token of the query's own. */
    private int next(int i, int to) {
        int next = i + 1;
        while (next < to && t.is(next, TokenType.LEFT_PAREN)) {
            Span inside = Clauses.inside(t, next, to);
            if (!Clauses.isQuery(t, inside.from(), inside.to())) {
                return next;
            }
            next = t.skip(next, to);
        }
        return next;
    }

    private Out keys() {
        Out known = keys;
        if (known == null) {
            Origins origins = new Origins();
            for (int i = next(select.from() - 1, select.to()); i < select.to(); i = next(i, select.to())) {
                if (t.is(i, TokenType.LEFT_PAREN) && t.isName(i - 1)) {
                    Span arguments = Clauses.inside(t, i, select.to());
                    int order = Clauses.find(t, arguments.from(), arguments.to(), "ORDER");
                    boolean distinct = t.is(arguments.from(), "DISTINCT");
                    int from = distinct ? arguments.from() + 1 : order;
                    expressions.collect(new Span(from, arguments.to()), scope, ctes, origins);
                }
            }
            known = origins.asColumn(null);
            keys = known;
        }
        return known;
    }

    /** Whether rows that are different to the aggregate can come in either order. */
    private boolean isOpen(Span arguments) {
        int order = Clauses.find(t, arguments.from(), arguments.to(), "ORDER");
        boolean distinct = t.is(arguments.from(), "DISTINCT");
        List<Span> values = Clauses.commaSeparated(t, distinct ? arguments.from() + 1 : arguments.from(), order);
        List<Span> varying = values.stream().filter(value -> !isLiteral(value)).toList();
        if (varying.isEmpty() || distinct && varying.size() == 1) {
            return false;
        }
        boolean orderedByItself = varying.size() == 1
                && order + 2 < arguments.to()
                && sameWords(
                        varying.get(0),
                        Clauses.commaSeparated(t, order + 2, arguments.to()).get(0));
        return !orderedByItself;
    }

    private boolean isLiteral(Span value) {
        return value.to() == value.from() + 1
                && (t.is(value.from(), TokenType.STRING) || t.is(value.from(), TokenType.NUMBER));
    }

    private boolean sameWords(Span value, Span key) {
        int length = value.to() - value.from();
        boolean rest = key.to() - key.from() == length || t.isAny(key.from() + length, "ASC", "DESC", "NULLS", "USING");
        for (int i = 0; rest && i < length; i++) {
            rest = t.text(value.from() + i).equals(t.text(key.from() + i));
        }
        return rest && key.to() - key.from() >= length;
    }
}
