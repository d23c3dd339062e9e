package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of PIVOT and UNPIVOT (SQL Server, "FROM: PIVOT and UNPIVOT"; Oracle, SQL Language Reference, "SELECT"): those of the input that
 * the clause does not use, then those that it makes. Of MATCH_RECOGNIZE, of another server's clause and of an input whose columns aren't known
 * neither their number nor which is made of what is told.
 */
final class Pivots {

    private final Work work;
    private final Tokens t;
    private final Queries queries;

    Pivots(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
    }

    Relation of(String label, Relation input, Span clause, Ctes ctes) {
        Scope scope = new Scope(null, work.wholeRows());
        scope.add(input);
        List<Out> outs = kept(input, clause);
        List<Out> made = outs == null ? null : made(clause, scope, ctes);
        if (outs != null && made != null) {
            outs.addAll(made);
            return Relation.derived(label, outs);
        }
        Origins origins = new Origins();
        queries.expressions().collect(clause, scope, ctes, origins);
        if (outs == null) {
            outs = new ArrayList<>();
            input.row(origins);
        }
        outs.add(origins.asColumn(null).repeated());
        return Relation.derived(label, outs);
    }

    /** The columns that stay and stand first; {@code null} where that cannot be told. */
    private @Nullable List<Out> kept(Relation input, Span clause) {
        boolean told = t.isAny(clause.from(), "PIVOT", "UNPIVOT") && input.isPlain();
        Set<String> used = new HashSet<>();
        for (int i = clause.from() + 1; i < clause.to() && told; i++) {
            if (t.isName(i) && !t.is(i + 1, TokenType.LEFT_PAREN) && input.named(t.name(i)) != null) {
                // A new column of an old one's name: it may be either.
                told = !endsValue(i - 1);
                used.add(t.name(i));
            }
        }
        return !told
                ? null
                : new ArrayList<>(input.outs().stream()
                        .filter(out -> !used.contains(out.name()))
                        .toList());
    }

    private boolean endsValue(int i) {
        return t.is(i, "AS")
                || t.is(i, TokenType.RIGHT_PAREN)
                || t.is(i, TokenType.STRING)
                || t.is(i, TokenType.NUMBER)
                || t.is(i, TokenType.PARAM);
    }

    /** The columns that the clause makes, in order; {@code null} where they cannot be told. */
    private @Nullable List<Out> made(Span clause, Scope scope, Ctes ctes) {
        int open = clause.from() + 1;
        while (t.isAny(open, "INCLUDE", "EXCLUDE", "NULLS")) {
            open++;
        }
        boolean readable = work.dialect == Dialect.TSQL || work.dialect == Dialect.ORACLE;
        if (!readable || !t.is(open, TokenType.LEFT_PAREN)) {
            return null;
        }
        Span inside = Clauses.inside(t, open, clause.to());
        int by = Clauses.find(t, inside.from(), inside.to(), "FOR");
        int in = Clauses.find(t, by, inside.to(), "IN");
        if (in + 2 >= inside.to() || !t.is(in + 1, TokenType.LEFT_PAREN) || t.skip(in + 1, inside.to()) < inside.to()) {
            return null;
        }
        Span list = Clauses.inside(t, in + 1, inside.to());
        Span first = new Span(inside.from(), by);
        Span keys = new Span(by + 1, in);
        if (t.is(clause.from(), "UNPIVOT")) {
            return unpivoted(first, keys, list, scope, ctes);
        }
        boolean listed = !Clauses.isQuery(t, list.from(), list.to()) && !t.is(list.from(), "ANY");
        return listed ? pivoted(first, keys, list, scope, ctes) : null;
    }

    /** A column for each value and aggregate; which rows go into it the columns decide that are compared with the value. */
    private List<Out> pivoted(Span aggregates, Span keys, Span list, Scope scope, Ctes ctes) {
        List<Out> outs = new ArrayList<>();
        List<Span> each = Clauses.commaSeparated(t, aggregates.from(), aggregates.to());
        for (Span value : Clauses.commaSeparated(t, list.from(), list.to())) {
            String name = t.isName(value.to() - 1) && each.size() == 1 ? t.name(value.to() - 1) : null;
            for (Span aggregate : each) {
                Origins origins = new Origins();
                queries.expressions().collect(aggregate, scope, ctes, origins);
                queries.expressions().collect(keys, scope, ctes, origins);
                // Oracle adds the aggregate's alias to the value's.
                boolean named = work.dialect == Dialect.TSQL || t.is(aggregate.to() - 1, TokenType.RIGHT_PAREN);
                outs.add(origins.asColumn(named ? name : null));
            }
        }
        return outs;
    }

    /** Values that stood in the listed columns, and which of them: those columns' names or literals. */
    private List<Out> unpivoted(Span values, Span keys, Span list, Scope scope, Ctes ctes) {
        Origins origins = new Origins();
        queries.expressions().collect(list, scope, ctes, origins);
        List<Out> held = new ArrayList<>();
        for (Span name : names(values)) {
            held.add(origins.asOneOf(t.name(name.from())));
        }
        List<Out> outs = new ArrayList<>();
        for (Span name : names(keys)) {
            outs.add(Out.column(t.name(name.from()), Set.of(), true));
        }
        // SQL Server puts the values first, Oracle what they are called.
        outs.addAll(work.dialect == Dialect.TSQL ? 0 : outs.size(), held);
        return outs;
    }

    private List<Span> names(Span span) {
        Span list = t.is(span.from(), TokenType.LEFT_PAREN) ? Clauses.inside(t, span.from(), span.to()) : span;
        return Clauses.commaSeparated(t, list.from(), list.to());
    }
}
