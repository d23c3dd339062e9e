package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the list behind SET: which value goes into which column. */
final class Assignments {

    private final Writes writes;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;

    Assignments(Writes writes, Work work, Tokens t, Queries queries) {
        this.writes = writes;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
    }

    void read(
            Span span,
            Scope scope,
            Ctes ctes,
            List<Relation> targets,
            @Nullable String schema,
            String table,
            Written written) {
        for (Span assignment : Clauses.commaSeparated(t, span.from(), span.to())) {
            int equals = assignment.from();
            while (equals < assignment.to() && !t.is(equals, TokenType.OPERATOR)) {
                equals = t.skip(equals, assignment.to());
            }
            Span value = new Span(equals + 1, assignment.to());
            if (value.from() > value.to()) {
                continue;
            }
            if (t.is(assignment.from(), TokenType.LEFT_PAREN)) {
                List<String> columns = writes.names(Clauses.inside(t, assignment.from(), assignment.to()));
                List<Out> values = rowValue(value, scope, ctes);
                copies.table(schema, table, columns, values);
                writes.byPosition(columns, values, written);
                continue;
            }
            if (!t.isName(assignment.from())) {
                continue;
            }
            int last = assignment.from();
            String qualifier = "";
            while (t.is(last + 1, TokenType.DOT) && t.isName(last + 2)) {
                qualifier = t.name(last);
                last += 2;
            }
            Out out = queries.expressions().column(value, null, scope, ctes);
            Relation into = null;
            for (Relation target : targets) {
                into = target.label().equals(qualifier) ? target : into;
            }
            copies.column(
                    into == null ? schema : into.schema(), into == null ? table : into.table(), t.name(last), out);
            written.into(t.name(last), out);
        }
    }

    private List<Out> rowValue(Span value, Scope scope, Ctes ctes) {
        int from = t.is(value.from(), "ROW") ? value.from() + 1 : value.from();
        Span inside = t.is(from, TokenType.LEFT_PAREN) ? Clauses.inside(t, from, value.to()) : value;
        if (Clauses.isQuery(t, inside.from(), inside.to())) {
            return queries.query(inside, scope, ctes);
        }
        return queries.outputs().read(inside, scope, ctes);
    }
}
