package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.FromReader;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns FROM items into relations. */
final class Relations {

    private final Work work;
    private final Tokens t;
    private final Queries queries;

    Relations(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
    }

    /** The FROM items in {@code span}. */
    List<FromItem> items(Span span) {
        return FromReader.read(work.dialect, t, span);
    }

    /** Adds the items to {@code scope}, each seeing those before it. */
    void add(List<FromItem> items, Scope scope, @Nullable Ctes ctes) {
        if (work.dialect == Dialect.MYSQL || work.dialect == Dialect.GENERIC) {
            scope.markUnsureOfOrder();
        }
        for (FromItem item : items) {
            if (item.kind() == FromItem.Kind.GROUP && item.alias() == null) {
                scope.addGroup(item, () -> add(item.group(), scope, ctes));
            } else {
                scope.add(relation(item, scope, ctes), item);
            }
            String merged = item.merged();
            if (merged != null) {
                scope.add(merged(merged, item.using(), scope));
            }
        }
    }

    /** The columns that USING compares, under the name that it gives them. */
    private static Relation merged(String name, List<String> columns, Scope scope) {
        List<Out> outs = new ArrayList<>();
        for (String column : columns) {
            Origins origins = new Origins();
            scope.resolve(column, origins);
            outs.add(origins.asCopy(column));
        }
        return Relation.derived(name, outs).pseudo(name);
    }

    /** The relation of one item; {@code scope} is what a lateral item sees. */
    Relation relation(FromItem item, Scope scope, @Nullable Ctes ctes) {
        work.step();
        Relation plain = switch (item.kind()) {
            case TABLE -> table(item, ctes);
            case QUERY -> query(item, scope, ctes);
            case FUNCTION ->
                new Functions(work, t, queries).relation(item, scope, ctes == null ? new Ctes(null) : ctes);
            case GROUP -> group(item, scope, ctes);
        };
        Relation named = item.columns().isEmpty() || item.kind() == FromItem.Kind.FUNCTION
                ? plain
                : Relation.derived(plain.label(), WithClause.renamed(plain.outs(), item.columns()));
        Span reshaped = item.reshaped();
        return reshaped == null
                ? named
                : new Pivots(work, t, queries).of(item.label(), named, reshaped, ctes == null ? new Ctes(null) : ctes);
    }

    private Relation query(FromItem item, Scope scope, @Nullable Ctes ctes) {
        work.changed = null;
        List<Out> outs = queries.query(item.body(), isLateral(item) ? scope : scope.outer(), ctes);
        if (!outs.isEmpty() || !Clauses.startsWrite(t, item.body().from())) {
            return Relation.derived(item.label(), outs);
        }
        // FINAL TABLE (UPDATE …) shows what the write has made of its target.
        Relation changed = t.is(item.body().from(), "MERGE") ? null : work.changed;
        return Relation.derived(
                item.label(),
                changed == null ? List.of(Out.column(null, Set.of(), false).repeated()) : changed.outs());
    }

    /** Db2 says TABLE for it. */
    private boolean isLateral(FromItem item) {
        int before = item.body().from() - 1;
        while (t.is(before, TokenType.LEFT_PAREN)) {
            before--;
        }
        return t.isAny(before, "LATERAL", "APPLY", "TABLE");
    }

    private Relation table(FromItem item, @Nullable Ctes ctes) {
        String schema = item.schema();
        String table = item.table();
        if (schema == null && ctes != null) {
            Relation cte = ctes.get(table);
            if (cte != null) {
                return cte.labelled(item.label());
            }
        }
        if (table.equals("dual") && schema == null) {
            return Relation.derived(item.label(), List.of());
        }
        queries.read(schema, table);
        return named(item.label(), schema, table);
    }

    /** A table, or a view with what it shows. */
    Relation named(String label, @Nullable String schema, String table) {
        List<Schema.View> views = work.schema.views(schema, table);
        String resolved = work.schema.resolve(schema, table);
        String expanding = resolved == null ? table : resolved + "." + table;
        if (views.isEmpty() || !work.expanding.add(expanding)) {
            return Relation.base(label, resolved, table, work.schema.columns(schema, table));
        }
        try {
            Relation relation = view(label, resolved, table, views.get(0));
            for (Schema.View other : views.subList(1, views.size())) {
                // Views of several schemas have the name: what any of them shows counts.
                relation = Relation.derived(
                        label,
                        queries.union(
                                relation.outs(),
                                view(label, resolved, table, other).outs()));
            }
            return relation;
        } finally {
            work.expanding.remove(expanding);
        }
    }

    private Relation view(String label, @Nullable String schema, String name, Schema.View view) {
        List<Out> outs = new Queries(work, view.tokens()).query(view.query(), null, null);
        List<Out> columns = new ArrayList<>();
        for (Out out : WithClause.renamed(outs, view.columns())) {
            if (out.name() == null) {
                columns.add(out);
            } else {
                // A policy may name the view's own column.
                Origins own = new Origins();
                own.add(new ColumnOrigin(schema, name, out.name()));
                columns.add(out.plus(own.asOneOf(null)));
            }
        }
        return Relation.derived(label, columns);
    }

    private Relation group(FromItem item, Scope scope, @Nullable Ctes ctes) {
        Scope inner = new Scope(scope, work.wholeRows());
        add(item.group(), inner, ctes);
        return Relation.derived(item.label(), inner.star());
    }
}
