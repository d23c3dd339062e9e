package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads VALUES: rows whose columns are merged by position. */
final class Values {

    /** Clauses behind VALUES, of a query and of an INSERT. */
    private static final Set<String> ENDS = Set.of(
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "AS",
            "ON",
            "INTO",
            "RETURNING",
            "LOG",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "MINUS");

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
            if (t.is(i, "ROW") && t.is(i + 1, TokenType.LEFT_PAREN)) {
                i++;
            }
            int end = end(i, span.to());
            boolean single = !t.is(i, TokenType.LEFT_PAREN) || t.skip(i, span.to()) < end;
            Span row = single ? new Span(i, end) : Clauses.inside(t, i, span.to());
            List<Out> columns = new ArrayList<>();
            if (!single && Clauses.isQuery(t, row.from(), row.to())) {
                Origins scalar = new Origins();
                queries.query(row, scope, ctes).forEach(scalar::add);
                columns.add(scalar.asOneOf(name(1)));
                row = new Span(row.to(), row.to());
            }
            for (Span item : Clauses.commaSeparated(t, row.from(), row.to())) {
                columns.add(queries.expressions().column(item, name(columns.size() + 1), scope, Ctes.orNone(ctes)));
            }
            all = all == null ? columns : queries.union(all, columns);
            if (!t.is(end, TokenType.COMMA)) {
                break;
            }
            i = end + 1;
        }
        return all == null ? List.of() : all;
    }

    /** What the server calls the column; {@code null} where it takes the name from the value (MariaDB). */
    private @Nullable String name(int position) {
        return switch (work.dialect) {
            case H2 -> "c" + position;
            case MYSQL -> null;
            default -> "column" + position;
        };
    }

    /** Where the row at {@code i} ends, which H2 takes without brackets where it is of one column: {@code VALUES 1, 2}. */
    private int end(int i, int to) {
        int j = i;
        while (j < to && !t.is(j, TokenType.COMMA) && !(t.is(j, TokenType.WORD) && j > i && ENDS.contains(t.word(j)))) {
            j = t.skip(j, to);
        }
        return j;
    }
}
