package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Inheritance;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what CREATE and ALTER make hold the values of something else. */
final class Definitions {

    private static final Set<String> ROUTINES =
            Set.of("FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "RULE", "EVENT", "ALIAS", "PACKAGE");

    private final Work work;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;
    private final Renames renames;
    private final ComputedColumns computed;

    Definitions(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
        this.renames = new Renames(work, t);
        this.computed = new ComputedColumns(work, t, queries);
    }

    void alter(Span s) {
        if (t.is(s.from() + 1, "SCHEMA")) {
            renames.transferred(s);
            return;
        }
        int object = Clauses.find(t, s.from(), s.to(), Set.of("TABLE", "VIEW"));
        TableName table = TableName.at(t, object + 1);
        if (table.isEmpty()) {
            return;
        }
        for (Span action : Clauses.commaSeparated(t, table.end(), s.to())) {
            renames.action(table, action);
            computed.action(table, action);
        }
    }

    void create(Span s) {
        int object = Clauses.find(t, s.from(), s.to(), Set.of("TABLE", "VIEW", "SYNONYM", "CONSTANT"));
        int routine = Clauses.find(t, s.from(), Math.min(object, s.to()), ROUTINES);
        if (routine < object) {
            new RoutineBodies(work, t, queries).definition(routine, s);
        } else if (t.is(object, "SYNONYM")) {
            renames.synonym(object, s);
        } else if (t.is(object, "CONSTANT")) {
            constant(object, s);
        } else if (object < s.to()) {
            relation(object, s);
        }
    }

    /** H2's constants, which count as tables with one column, as variables do. */
    private void constant(int object, Span s) {
        TableName name = TableName.at(t, object + 1);
        int value = Clauses.find(t, name.end(), s.to(), "VALUE");
        if (value < s.to()) {
            Origins origins = new Origins();
            queries.expressions().collect(new Span(value + 1, s.to()), new Scope(null, false), new Ctes(null), origins);
            String constant = Inheritance.constant(name.table());
            copies.column(null, constant, constant, origins.asColumn(null));
        }
    }

    /** CREATE TABLE … AS and CREATE VIEW … AS copy; a list of definitions may compute. */
    private void relation(int object, Span s) {
        TableName name = TableName.at(t, object + 1);
        int i = name.end();
        List<String> columns = null;
        if (t.is(i, TokenType.LEFT_PAREN) && !Clauses.startsQuery(t, i + 1, s.to())) {
            Span list = Clauses.inside(t, i, s.to());
            columns = new ArrayList<>();
            for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
                columns.add(t.name(column.from()));
            }
            computed.list(name, list);
            i = t.skip(i, s.to());
        }
        elsewhere(name, new Span(name.end(), s.to()));
        if (t.is(i, "AS") && t.isAny(i + 1, "EXECUTE", "EXEC")) {
            copies.anything(name);
        }
        query(name, columns, new Span(i, s.to()));
    }

    private void query(TableName name, @Nullable List<String> columns, Span s) {
        int query = s.from();
        while (query < s.to() && !Clauses.startsQuery(t, query, s.to())) {
            query = t.skip(query, s.to());
        }
        if (query < s.to()) {
            int end = Clauses.find(t, query, s.to(), "WITH");
            boolean tail = end > query
                    && end < s.to()
                    && (t.isAny(end + 1, "DATA", "NO", "CHECK", "CASCADED", "LOCAL", "READ"));
            List<Out> outs = queries.query(new Span(query, tail ? end : s.to()), null, null);
            copies.table(name.schema(), name.table(), columns, outs);
        }
    }

    /** A table whose rows are another's, or a file's. */
    private void elsewhere(TableName name, Span s) {
        for (int i = s.from(); i < s.to(); i = t.skip(i, s.to())) {
            if (t.is(i, "PARTITION") && t.is(i + 1, "OF")) {
                child(name, TableName.at(t, i + 2));
            } else if (t.is(i, "INHERITS") || t.is(i, "UNION") && t.isOp(i + 1, "=")) {
                Span parents = Clauses.inside(t, t.isOp(i + 1, "=") ? i + 2 : i + 1, s.to());
                for (Span parent : Clauses.commaSeparated(t, parents.from(), parents.to())) {
                    child(name, TableName.at(t, parent.from()));
                }
            } else if (t.is(i, "OPTIONS")) {
                foreign(name, Clauses.inside(t, i + 1, s.to()));
            }
        }
    }

    /** A policy may name the columns at either. The new one holds nothing yet, so its table goes on showing what it showed. */
    private void child(TableName child, TableName parent) {
        work.made.add(child.schema() == null ? child.table() : child.schema() + "." + child.table());
        copies.same(child, parent);
        copies.same(parent, child);
    }

    /** PostgreSQL's foreign tables: a table of some server, which may be this one, or a file. */
    private void foreign(TableName name, Span options) {
        for (int i = options.from(); i < options.to(); i++) {
            String option = t.name(i);
            if (option.equals("table_name") && t.is(i + 1, TokenType.STRING)) {
                copies.same(name, TableName.of(t.content(i + 1)));
            } else if (option.equals("filename") || option.equals("program")) {
                copies.from(KeptPlace.FILES, name, null);
            }
        }
    }
}
