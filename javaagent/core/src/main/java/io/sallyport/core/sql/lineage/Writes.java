package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Merge;
import io.sallyport.core.sql.structure.MergeReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Write;
import io.sallyport.core.sql.structure.WriteReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what INSERT, UPDATE, DELETE and MERGE return and copy. */
final class Writes {

    private static final Set<String> SOURCES =
            Set.of("SELECT", "VALUES", "VALUE", "WITH", "SET", "DEFAULT", "TABLE", "EXEC", "EXECUTE");
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
            case "INSERT", "REPLACE", "UPSERT" -> insert(span, outer, visible);
            case "UPDATE", "DELETE" -> change(span, outer, visible);
            case "MERGE" -> merge(span, outer, visible);
            default -> throw new UnreadableException("no write");
        };
    }

    private List<Out> insert(Span span, @Nullable Scope outer, Ctes ctes) {
        int to = span.to();
        int i = span.from() + 1;
        while (t.isAny(i, "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO", "OVERWRITE", "TABLE")
                || t.is(i, "OR")
                || t.is(i, "TOP")) {
            i = t.is(i, "OR") ? i + 2 : t.is(i, "TOP") ? t.skip(i + 1, to) : i + 1;
        }
        if (t.isAny(i, "ALL", "FIRST") && t.isAny(i + 1, "INTO", "WHEN")) {
            return insertAll(span, outer, ctes);
        }
        int nameEnd = i + 1;
        while (t.is(nameEnd, TokenType.DOT)) {
            nameEnd += 2;
        }
        String schema = nameEnd - i >= 3 ? t.name(nameEnd - 3) : null;
        // SQL Server's table variables are named like variables.
        String table = t.isName(nameEnd - 1) ? t.name(nameEnd - 1) : Names.fold(t.text(nameEnd - 1));
        i = nameEnd;
        String alias = table;
        if (t.is(i, "AS")) {
            alias = t.name(i + 1);
            i += 2;
        }
        List<String> columns = null;
        if (t.is(i, TokenType.LEFT_PAREN) && !Clauses.startsQuery(t, i + 1, t.match(i) < 0 ? to : t.match(i))) {
            columns = names(Clauses.inside(t, i, to));
            i = t.skip(i, to);
        }
        if (columns == null) {
            columns = work.schema.columns(schema, table);
        }
        int source = i;
        while (source < to && !SOURCES.contains(t.word(source)) && !t.is(source, TokenType.LEFT_PAREN)) {
            if (t.is(source, "OUTPUT") && work.dialect == Dialect.TSQL) {
                break;
            }
            source++;
        }
        int outputAt = Clauses.findClause(t, i, to, outputWords());
        if (t.is(outputAt, "OUTPUT") && outputAt < to) {
            source = Clauses.find(t, outputAt, to, SOURCES);
        }
        int tail = tail(source, to);
        Relation target = Relation.base(alias, schema, table, work.schema.columns(schema, table));
        Written written = source(new Span(source, tail), schema, table, columns, outer, ctes);
        onConflict(tail, to, target, written, ctes);
        target.wrote(written);
        if (outputAt >= to) {
            return List.of();
        }
        int end = t.is(outputAt, "OUTPUT") ? source : to;
        Scope scope = scope(outer, target);
        return output(
                new Span(outputAt + 1, Clauses.find(t, outputAt, end, "INTO")), endOfInto(outputAt, end), scope, ctes);
    }

    /** Where OUTPUT … INTO or RETURNING … INTO names its target; {@code null} without it. */
    private @Nullable Span endOfInto(int from, int end) {
        int into = Clauses.find(t, from, end, "INTO");
        return into < end ? new Span(into + 1, end) : null;
    }

    private List<String> names(Span list) {
        List<String> names = new ArrayList<>();
        for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
            names.add(column.isEmpty() ? "" : t.name(column.to() - 1));
        }
        return names;
    }

    /** What introduces the output; elsewhere the other words may be columns. */
    private Set<String> outputWords() {
        return switch (work.dialect) {
            case TSQL -> Set.of("OUTPUT");
            case ORACLE -> Set.of("RETURNING", "RETURN");
            default -> Set.of("RETURNING");
        };
    }

    /** Index of what follows the source of an INSERT. */
    private int tail(int source, int to) {
        Set<String> output = outputWords();
        int i = source;
        while (i < to) {
            boolean conflict = t.is(i, "ON") && t.isAny(i + 1, "CONFLICT", "DUPLICATE");
            boolean returning = t.is(i, TokenType.WORD) && output.contains(t.word(i));
            if (conflict
                    || returning && Clauses.findClause(t, i, i + 2, output) == i
                    || t.is(i, "LOG") && t.is(i + 1, "ERRORS")) {
                return i;
            }
            i = t.skip(i, to);
        }
        return to;
    }

    private Written source(
            Span source,
            @Nullable String schema,
            String table,
            @Nullable List<String> columns,
            @Nullable Scope outer,
            Ctes ctes) {
        Written written = new Written();
        int i = source.from();
        if (source.isEmpty() || t.isAny(i, "DEFAULT", "EXEC", "EXECUTE")) {
            if (t.isAny(i, "EXEC", "EXECUTE")) {
                work.markInexact();
            }
            return written;
        }
        if (t.is(i, "SET")) {
            assignments(
                    new Span(i + 1, source.to()),
                    new Scope(outer, work.wholeRows()),
                    ctes,
                    List.of(),
                    schema,
                    table,
                    written);
            return written;
        }
        Span query = source;
        if (t.is(i, "VALUE") || t.is(i, "VALUES")) {
            int as = Clauses.find(t, i, source.to(), "AS");
            query = new Span(i, as);
        }
        List<Out> values = t.is(i, "VALUE") ? List.of() : queries.query(query, outer, ctes);
        copies.positions(schema, table, columns, values);
        write(columns, values, written);
        return written;
    }

    /** {@code values} go into {@code columns} by position, as far as positions can be told. */
    private static void write(@Nullable List<String> columns, List<Out> values, Written written) {
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

    private void onConflict(int from, int to, Relation target, Written written, Ctes ctes) {
        int set = Clauses.find(t, from, to, Set.of("SET", "UPDATE"));
        if (!t.is(from, "ON") || set >= to) {
            return;
        }
        int start = t.is(set + 1, "SET") ? set + 2 : set + 1;
        int end = Clauses.find(t, start, to, Set.of("WHERE", "RETURNING"));
        target.wrote(written);
        assignments(
                new Span(start, end), scope(null, target), ctes, List.of(), target.schema(), target.table(), written);
    }

    private List<Out> insertAll(Span span, @Nullable Scope outer, Ctes ctes) {
        int select = Clauses.find(t, span.from(), span.to(), Set.of("SELECT", "WITH"));
        Scope scope = new Scope(outer, work.wholeRows());
        scope.add(Relation.derived("", queries.query(new Span(select, span.to()), outer, ctes)));
        for (int i = span.from(); i < select; i++) {
            if (!t.is(i, "INTO")) {
                continue;
            }
            int name = i + 1;
            while (t.is(name + 1, TokenType.DOT)) {
                name += 2;
            }
            String table = t.name(name);
            int j = name + 1;
            List<String> columns = work.schema.columns(null, table);
            if (t.is(j, TokenType.LEFT_PAREN)) {
                columns = names(Clauses.inside(t, j, select));
                j = t.skip(j, select);
            }
            if (t.is(j, "VALUES")) {
                Span row = Clauses.inside(t, j + 1, select);
                copies.table(null, table, columns, queries.outputs().read(row, scope, ctes));
            } else {
                copies.table(null, table, columns, scope.star());
            }
        }
        return List.of();
    }

    private Scope scope(@Nullable Scope outer, Relation target) {
        Scope scope = new Scope(outer, work.wholeRows());
        scope.add(target);
        pseudo(scope, target);
        return scope;
    }

    private static void pseudo(Scope scope, Relation target) {
        for (String name : PSEUDO) {
            if (!name.equals(target.label())) {
                scope.add(target.pseudo(name));
            }
        }
    }

    private List<Out> output(Span list, @Nullable Span into, Scope scope, Ctes ctes) {
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

    private List<Out> change(Span span, @Nullable Scope outer, Ctes ctes) {
        Write write = WriteReader.read(work.dialect, t, span);
        Scope scope = new Scope(outer, work.wholeRows());
        Map<FromItem, Relation> relations = new HashMap<>();
        List<FromItem> items = withoutForeignGroups(write);
        for (FromItem target : write.targets()) {
            if (!items.contains(target)) {
                items.add(0, target);
            }
        }
        for (FromItem item : items) {
            if (item.kind() == FromItem.Kind.GROUP) {
                queries.relations().add(List.of(item), scope, ctes);
                continue;
            }
            Relation relation = write.targets().contains(item)
                    ? target(item, scope, ctes)
                    : queries.relations().relation(item, scope, ctes);
            relations.put(item, relation);
            scope.add(relation, item);
        }
        List<Relation> targets = new ArrayList<>();
        for (FromItem target : write.targets()) {
            Relation relation = relations.get(target);
            if (relation != null) {
                targets.add(relation);
            }
        }
        if (targets.isEmpty()) {
            throw new UnreadableException("no target");
        }
        Relation first = targets.get(0);
        Written written = new Written();
        assignments(write.assignments(), scope, ctes, targets, first.schema(), first.table(), written);
        first.wrote(written);
        int where = Clauses.find(t, span.from(), span.to(), "WHERE");
        queries.influences()
                .condition(
                        new Span(where, Clauses.find(t, where, span.to(), Set.of("RETURNING", "LIMIT"))), scope, ctes);
        Span output = write.output();
        if (output == null) {
            return List.of();
        }
        pseudo(scope, first);
        return output(output, write.outputInto(), scope, ctes);
    }

    /** The tables of the write; brackets are opened where a target stands in them. */
    private static List<FromItem> withoutForeignGroups(Write write) {
        List<FromItem> items = new ArrayList<>();
        for (FromItem item : write.tables()) {
            List<FromItem> flat = WriteReader.flat(List.of(item));
            boolean target = flat.stream().anyMatch(write.targets()::contains);
            items.addAll(target ? flat : List.of(item));
        }
        return items;
    }

    /** The relation that is written; that alone is no read of it. */
    private Relation target(FromItem item, Scope scope, Ctes ctes) {
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

    private void assignments(
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
                List<String> columns = names(Clauses.inside(t, assignment.from(), assignment.to()));
                List<Out> values = rowValue(value, scope, ctes);
                copies.table(schema, table, columns, values);
                write(columns, values, written);
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

    private List<Out> merge(Span span, @Nullable Scope outer, Ctes ctes) {
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
        Relation target = target(merge.target(), scope, new Ctes(null));
        scope.add(from);
        scope.add(target);
        Written written = new Written();
        for (Merge.Branch branch : merge.branches()) {
            action(branch.action(), scope, ctes, target, written);
        }
        target.wrote(written);
        Span output = merge.output();
        if (output == null) {
            return List.of();
        }
        pseudo(scope, target);
        return output(output, merge.outputInto(), scope, ctes);
    }

    private void action(Span action, Scope scope, Ctes ctes, Relation target, Written written) {
        int i = action.from();
        if (t.is(i, "UPDATE")) {
            int set = t.is(i + 1, "SET") ? i + 2 : i + 1;
            int end = Clauses.find(t, set, action.to(), Set.of("WHERE", "DELETE"));
            assignments(new Span(set, end), scope, ctes, List.of(target), target.schema(), target.table(), written);
        } else if (t.is(i, "INSERT")) {
            List<String> columns = work.schema.columns(target.schema(), target.table());
            int j = i + 1;
            if (t.is(j, TokenType.LEFT_PAREN)) {
                columns = names(Clauses.inside(t, j, action.to()));
            }
            int values = Clauses.find(t, j, action.to(), "VALUES");
            if (values < action.to()) {
                List<Out> outs = queries.outputs().read(Clauses.inside(t, values + 1, action.to()), scope, ctes);
                copies.positions(target.schema(), target.table(), columns, outs);
                write(columns, outs, written);
            }
        }
    }
}
