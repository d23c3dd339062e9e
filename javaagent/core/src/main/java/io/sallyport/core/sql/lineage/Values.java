package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads VALUES: rows whose columns are merged by position. */
final class Values {

    private final Work work;
    private final Tokens t;
    private final Queries queries;

    Values(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
    }

    List<Out> read(Span span, @Nullable Scope outer, @Nullable Ctes ctes) {
        Scope scope = new Scope(outer, work.wholeRows());
        List<Out> all = null;
        int i = span.from() + 1;
        while (i < span.to()) {
            if (t.is(i, "ROW")) {
                i++;
            }
            if (!t.is(i, TokenType.LEFT_PAREN)) {
                break;
            }
            Span row = Clauses.inside(t, i, span.to());
            List<Out> columns = new ArrayList<>();
            if (Clauses.isQuery(t, row.from(), row.to())) {
                Origins scalar = new Origins();
                queries.query(row, scope, ctes).forEach(scalar::add);
                columns.add(scalar.asOneOf("column1"));
                row = new Span(row.to(), row.to());
            }
            for (Span item : Clauses.commaSeparated(t, row.from(), row.to())) {
                columns.add(
                        queries.expressions().column(item, "column" + (columns.size() + 1), scope, Ctes.orNone(ctes)));
            }
            all = all == null ? columns : queries.union(all, columns);
            i = t.skip(i, span.to());
            if (!t.is(i, TokenType.COMMA)) {
                break;
            }
            i++;
        }
        return all == null ? List.of() : all;
    }
}
