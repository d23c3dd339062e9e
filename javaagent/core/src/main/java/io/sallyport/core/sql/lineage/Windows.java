package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;

/** Windows of window functions, by name or where they stand: what orders and divides them is part of what the function yields. */
final class Windows {

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
        if (t.isName(definition.from())) {
            named(t.name(definition.from()), scope, ctes, into);
        }
        expressions.collect(definition, scope, ctes, into);
    }

    /** OVER (…), the bracket being at {@code i}. */
    int over(int i, int to, Scope scope, Ctes ctes, Origins into) {
        window(Clauses.inside(t, i, to), scope, ctes, into);
        return t.skip(i, to);
    }
}
