package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what INSERT, UPDATE, DELETE and MERGE return and copy; what the four have in common is here. */
final class Writes {

    private static final String[] PSEUDO = {"inserted", "deleted", "excluded", "new", "old"};

    private final Work work;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;

    Writes(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
    }

    /** The output of the write in {@code span}; its copies are noted. */
    List<Out> write(Span span, @Nullable Scope outer, @Nullable Ctes ctes) {
        Ctes visible = ctes == null ? new Ctes(null) : ctes;
        return switch (t.word(span.from())) {
            case "INSERT", "REPLACE", "UPSERT" -> new Inserts(this, work, t, queries).insert(span, outer, visible);
            case "UPDATE", "DELETE" -> new Changes(this, work, t, queries).change(span, outer, visible);
            case "MERGE" -> new Merges(this, work, t, queries).merge(span, outer, visible);
            default -> throw new UnreadableException("no write");
        };
    }

    Assignments assignments() {
        return new Assignments(this, work, t, queries);
    }

    List<String> names(Span list) {
        List<String> names = new ArrayList<>();
        for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
            names.add(column.isEmpty() ? "" : t.name(column.to() - 1));
        }
        return names;
    }

    /** What introduces the output; elsewhere the other words may be columns. */
    Set<String> outputWords() {
        return switch (work.dialect) {
            case TSQL -> Set.of("OUTPUT");
            case ORACLE -> Set.of("RETURNING", "RETURN");
            default -> Set.of("RETURNING");
        };
    }

    /** {@code values} go into {@code columns} by position, as far as positions can be told. */
    static void byPosition(@Nullable List<String> columns, List<Out> values, Written written) {
        boolean open = false;
        for (int k = 0; k < values.size(); k++) {
            open |= values.get(k).isOpen();
            if (columns == null || k >= columns.size() || open) {
                written.intoAny(values.get(k));
            } else {
                written.into(columns.get(k), values.get(k));
            }
        }
    }

    Scope scope(@Nullable Scope outer, Relation target) {
        Scope scope = new Scope(outer, work.wholeRows());
        scope.add(target);
        pseudo(scope, target);
        return scope;
    }

    static void pseudo(Scope scope, Relation target) {
        for (String name : PSEUDO) {
            if (!name.equals(target.label())) {
                scope.add(target.pseudo(name));
            }
        }
    }

    List<Out> output(Span list, @Nullable Span into, Scope scope, Ctes ctes) {
        List<Out> outs = queries.outputs().read(list, scope, ctes);
        boolean table = into != null
                && (t.isName(into.from()) || Variables.isVariable(t, into.from()))
                && t.is(list.from() - 1, "OUTPUT");
        if (into != null && table) {
            int open = into.from();
            while (open < into.to() && !t.is(open, TokenType.LEFT_PAREN)) {
                open++;
            }
            List<String> columns = open < into.to() ? names(Clauses.inside(t, open, into.to())) : null;
            String name = t.isName(into.from()) ? queries.lastOf(into.from()) : Names.fold(t.text(into.from()));
            copies.table(null, name, columns, outs);
            return List.of();
        }
        return outs;
    }

    /** The relation that is written; that alone is no read of it. */
    Relation target(FromItem item, Scope scope, Ctes ctes) {
        Set<TableUse> before = Set.copyOf(work.reads);
        // Only SQL Server writes through a CTE; elsewhere its name means the table.
        Ctes visible = work.dialect == Dialect.TSQL ? ctes : new Ctes(null);
        Relation relation = queries.relations().relation(item, scope, visible);
        if (item.kind() == FromItem.Kind.TABLE) {
            TableUse itself = new TableUse(item.schema(), item.table(), TableUse.Access.READ);
            if (!before.contains(itself)) {
                work.reads.remove(itself);
            }
        }
        return relation;
    }
}
