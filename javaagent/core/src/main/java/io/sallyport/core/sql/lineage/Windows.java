package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;

/**
 * Windows of window functions, by name or where they stand: what orders them is part of what the function yields. What divides them is
 * so only where it's computed; a column as it is says no more there than it does in GROUP BY.
 */
final class Windows {

    private static final Set<String> BEHIND_KEYS = Set.of("ORDER", "ROWS", "RANGE", "GROUPS");

    private final Tokens t;
    private final Queries queries;
    private final Expressions expressions;

    Windows(Tokens t, Queries queries, Expressions expressions) {
        this.t = t;
        this.queries = queries;
        this.expressions = expressions;
    }

    void named(String name, Scope scope, Ctes ctes, Origins into) {
        Span window = scope.window(name);
        if (window != null) {
            queries.work().enter();
            window(window, scope, ctes, into);
            queries.work().leave();
        }
    }

    /** A window's definition, which may begin with the name of another window. */
    private void window(Span definition, Scope scope, Ctes ctes, Origins into) {
        int from = definition.from();
        if (t.isName(from) && !t.is(from, "PARTITION")) {
            named(t.name(from), scope, ctes, into);
            from++;
        }
        if (t.is(from, "PARTITION") && t.is(from + 1, "BY")) {
            int keys = from + 2;
            from = Clauses.find(t, keys, definition.to(), BEHIND_KEYS);
            for (Span key : Clauses.commaSeparated(t, keys, from)) {
                key(key, scope, ctes, into);
            }
        }
        expressions.collect(new Span(from, definition.to()), scope, ctes, into);
    }

    private void key(Span key, Scope scope, Ctes ctes, Origins into) {
        Origins origins = new Origins();
        expressions.collect(key, scope, ctes, origins);
        if (!Counts.isColumn(t, key) || !origins.isCopied() || origins.isRow()) {
            into.add(origins);
        }
    }

    /** OVER (…), the bracket being at {@code i}. */
    int over(int i, int to, Scope scope, Ctes ctes, Origins into) {
        window(Clauses.inside(t, i, to), scope, ctes, into);
        return t.skip(i, to);
    }
}
