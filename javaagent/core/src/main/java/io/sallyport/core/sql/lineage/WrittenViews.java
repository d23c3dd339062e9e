package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Views that a statement writes to: what is written into one of their columns ends in the columns that it shows. */
public final class WrittenViews {

    private static final int BUDGET = 60_000;

    private WrittenViews() {}

    /** Columns of the views among the tables that are written, with the base columns that they show. */
    public static List<Lineage.Copy> columns(Dialect dialect, Schema schema, Set<TableUse> tables) {
        if (!schema.hasViews()) {
            return List.of();
        }
        List<Lineage.Copy> columns = new ArrayList<>();
        for (TableUse use : tables) {
            if (use.access() == TableUse.Access.WRITE
                    && !schema.views(use.schema(), use.table()).isEmpty()) {
                add(dialect, schema, use, columns);
            }
        }
        return columns;
    }

    private static void add(Dialect dialect, Schema schema, TableUse view, List<Lineage.Copy> into) {
        Queries queries = new Queries(new Work(dialect, schema, BUDGET), Lexer.tokens("", LexRules.of(dialect)));
        List<Out> outs;
        try {
            outs = queries.relations()
                    .named(view.table(), view.schema(), view.table())
                    .outs();
        } catch (UnreadableException unknown) {
            into.add(new Lineage.Copy(
                    new ColumnOrigin(view.schema(), view.table(), ColumnOrigin.WHOLE_ROW),
                    List.of(ColumnOrigin.ANYTHING)));
            return;
        }
        for (Out out : outs) {
            Relation star = out.star();
            String name = star == null ? out.name() : ColumnOrigin.WHOLE_ROW;
            if (name != null) {
                List<ColumnOrigin> shown =
                        new ArrayList<>(star == null ? out.origins() : Set.of(star.origin(ColumnOrigin.WHOLE_ROW)));
                shown.removeIf(o -> o.table().equals(view.table()));
                into.add(new Lineage.Copy(new ColumnOrigin(view.schema(), view.table(), name), shown));
            }
        }
    }
}
