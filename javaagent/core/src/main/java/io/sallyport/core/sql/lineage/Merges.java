package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Merge;
import io.sallyport.core.sql.structure.MergeReader;
import io.sallyport.core.sql.structure.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what MERGE returns and copies. */
final class Merges {

    private static final Set<String> CONDITION_ENDS = Set.of("THEN", "WHEN", "DELETE", "RETURNING", "OUTPUT");

    private final Writes writes;
    private final Work work;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;

    Merges(Writes writes, Work work, Tokens t, Queries queries) {
        this.writes = writes;
        this.work = work;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
    }

    List<Out> merge(Span span, @Nullable Scope outer, Ctes ctes) {
        Merge merge = MergeReader.read(work.dialect, t, span);
        FromItem source = merge.source();
        if (source == null) {
            int select = Clauses.find(t, span.from(), span.to(), Set.of("SELECT", "VALUES", "WITH"));
            List<Out> values = queries.query(new Span(select, span.to()), outer, ctes);
            FromItem only = merge.target();
            copies.positions(only.schema(), only.table(), work.schema.columns(only.schema(), only.table()), values);
            return List.of();
        }
        Scope scope = new Scope(outer, work.wholeRows());
        Relation from = queries.relations().relation(source, scope, ctes);
        Relation target = writes.target(merge.target(), scope, new Ctes(null));
        scope.add(from);
        scope.add(target);
        Written written = new Written();
        for (Merge.Branch branch : merge.branches()) {
            action(branch.action(), scope, ctes, target, written);
        }
        conditions(span, scope, ctes);
        target.wrote(written);
        Span output = merge.output();
        if (output == null) {
            return List.of();
        }
        writes.pseudo(scope, target);
        return writes.output(output, merge.outputInto(), scope, ctes);
    }

    /** ON, and what follows WHEN. */
    private void conditions(Span span, Scope scope, Ctes ctes) {
        int i = Clauses.find(t, span.from(), span.to(), "ON");
        while (i < span.to()) {
            int end = Clauses.find(t, i + 1, span.to(), t.isAny(i, "WHEN", "WHERE") ? CONDITION_ENDS : Set.of("WHEN"));
            queries.influences().condition(new Span(i + 1, end), scope, ctes);
            i = Clauses.find(t, end, span.to(), Set.of("WHEN", "WHERE"));
        }
    }

    private void action(Span action, Scope scope, Ctes ctes, Relation target, Written written) {
        int i = action.from();
        if (t.is(i, "UPDATE")) {
            int set = t.is(i + 1, "SET") ? i + 2 : i + 1;
            int end = Clauses.find(t, set, action.to(), Set.of("WHERE", "DELETE"));
            writes.assignments()
                    .read(new Span(set, end), scope, ctes, List.of(target), target.schema(), target.table(), written);
        } else if (t.is(i, "INSERT")) {
            List<String> columns = work.schema.columns(target.schema(), target.table());
            int j = i + 1;
            if (t.is(j, TokenType.LEFT_PAREN)) {
                columns = writes.names(Clauses.inside(t, j, action.to()));
            }
            int values = Clauses.find(t, j, action.to(), "VALUES");
            if (values < action.to()) {
                List<Out> outs = queries.outputs().read(Clauses.inside(t, values + 1, action.to()), scope, ctes);
                copies.positions(target.schema(), target.table(), columns, outs);
                writes.byPosition(columns, outs, written);
            }
        }
    }
}
