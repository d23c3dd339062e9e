package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.lex.Names;
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

    /** MariaDB's engines whose rows are not its own (MariaDB's knowledge base, "CONNECT", "FederatedX", "Spider", "S3"). */
    private static final Set<String> ELSEWHERE = Set.of("connect", "federated", "federatedx", "spider", "s3");
    /** SQLite's modules that list the words of a full-text table. */
    private static final Set<String> VOCABULARIES = Set.of("fts5vocab", "fts4aux", "fts3aux");

    private final Work work;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;
    private final Renames renames;
    private final ComputedColumns computed;
    private final KeptDefinitions kept;

    Definitions(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
        this.renames = new Renames(work, t);
        this.computed = new ComputedColumns(work, t, queries);
        this.kept = new KeptDefinitions(work, t, queries);
    }

    void alter(Span s) {
        if (t.is(s.from() + 1, "SCHEMA")) {
            renames.transferred(s);
            return;
        }
        int object = Clauses.find(t, s.from(), s.to(), Set.of("TABLE", "VIEW", "DOMAIN", "SEQUENCE"));
        if (t.is(object, "DOMAIN")) {
            kept.domain(object, s);
        } else if (t.is(object, "SEQUENCE")) {
            kept.sequence(object, s);
        }
        TableName table = TableName.at(t, object + 1);
        if (table.isEmpty()) {
            return;
        }
        if (t.is(object, "TABLE")) {
            elsewhere(table, new Span(table.end(), s.to()));
        }
        for (Span action : Clauses.commaSeparated(t, table.end(), s.to())) {
            renames.action(table, action);
            computed.action(table, action);
        }
    }

    void create(Span s) {
        int object =
                Clauses.find(t, s.from(), s.to(), Set.of("TABLE", "VIEW", "SYNONYM", "CONSTANT", "DOMAIN", "SEQUENCE"));
        int routine = Clauses.find(t, s.from(), Math.min(object, s.to()), ROUTINES);
        if (routine < object) {
            new RoutineBodies(work, t, queries).definition(routine, s);
            if (t.is(routine, "RULE")) {
                rule(routine, s);
            }
        } else if (t.is(object, "SYNONYM")) {
            renames.synonym(object, s);
        } else if (t.is(object, "CONSTANT")) {
            kept.constant(object, s);
        } else if (t.is(object, "DOMAIN")) {
            kept.domain(object, s);
        } else if (t.is(object, "SEQUENCE")) {
            kept.sequence(object, s);
        } else if (object < s.to()) {
            relation(object, s);
        }
    }

    /** PostgreSQL's rule on SELECT makes a view of its table, with the columns of the rule's query. */
    private void rule(int rule, Span s) {
        int to = Clauses.find(t, rule, s.to(), "TO");
        TableName table = TableName.at(t, to + 1);
        if (t.is(to - 1, "SELECT") && !table.isEmpty()) {
            query(table, null, new Span(table.end(), s.to()));
        }
    }

    /** CREATE TABLE … AS and CREATE VIEW … AS copy; a list of definitions may compute. */
    private void relation(int object, Span s) {
        TableName name = TableName.at(t, object + 1);
        int i = name.end();
        if (t.is(object - 1, "LINKED")) {
            linked(name, Clauses.inside(t, i, s.to()));
            return;
        }
        if (t.is(object - 1, "VIRTUAL")) {
            virtual(name, new Span(i, s.to()));
            return;
        }
        List<String> columns = null;
        if (t.is(i, TokenType.LEFT_PAREN) && !Clauses.startsQuery(t, i + 1, s.to())) {
            Span list = Clauses.inside(t, i, s.to());
            columns = new ArrayList<>();
            for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
                columns.add(t.name(column.from()));
            }
            computed.list(name, list);
            alike(name, list);
            i = t.skip(i, s.to());
        } else if (t.is(i, "LIKE") && work.dialect == Dialect.MYSQL) {
            copies.alike(name, TableName.at(t, i + 1));
        }
        elsewhere(name, new Span(name.end(), s.to()));
        if (t.is(i, "AS") && t.isAny(i + 1, "EXECUTE", "EXEC")) {
            copies.anything(name);
        }
        query(name, columns, new Span(i, s.to()));
    }

    /** MySQL's and PostgreSQL's table that is made like another one, generated columns and defaults with it. */
    private void alike(TableName name, Span list) {
        for (Span item : Clauses.commaSeparated(t, list.from(), list.to())) {
            boolean computes = work.dialect == Dialect.MYSQL;
            for (int i = item.from() + 1; i < item.to(); i++) {
                computes |= t.is(i, "INCLUDING") && t.isAny(i + 1, "ALL", "GENERATED", "DEFAULTS");
            }
            if (t.is(item.from(), "LIKE") && computes) {
                copies.alike(name, TableName.at(t, item.from() + 1));
            }
        }
    }

    private void query(TableName name, @Nullable List<String> columns, Span s) {
        int query = s.from();
        while (query < s.to() && !Clauses.startsQuery(t, query, s.to())) {
            query = t.skip(query, s.to());
        }
        if (query < s.to()) {
            int end = Clauses.find(t, query + 1, s.to(), "WITH");
            while (end < s.to() && !t.isAny(end + 1, "DATA", "NO", "CHECK", "CASCADED", "LOCAL", "READ")) {
                // WITH ORDINALITY, or a hint.
                end = Clauses.find(t, end + 1, s.to(), "WITH");
            }
            List<Out> outs = queries.query(new Span(query, Math.min(end, s.to())), null, null);
            copies.table(name.schema(), name.table(), columns, outs);
        }
    }

    /** A table whose rows are another's, or a file's. */
    private void elsewhere(TableName name, Span s) {
        for (int i = s.from(); i < s.to(); i = t.skip(i, s.to())) {
            if (t.is(i, "PARTITION") && t.is(i + 1, "OF")) {
                child(name, TableName.at(t, i + 2));
            } else if (t.is(i, "FOR") && t.is(i + 1, "VALUES")) {
                kept.bounds(new Span(i + 2, s.to()));
            } else if (t.is(i, "INHERITS") || t.is(i, "UNION") && t.isOp(i + 1, "=")) {
                Span parents = Clauses.inside(t, t.isOp(i + 1, "=") ? i + 2 : i + 1, s.to());
                for (Span parent : Clauses.commaSeparated(t, parents.from(), parents.to())) {
                    child(name, TableName.at(t, parent.from()));
                }
            } else if (t.is(i, "ENGINE")) {
                int engine = t.isOp(i + 1, "=") ? i + 2 : i + 1;
                engine(name, t.is(engine, TokenType.STRING) ? t.content(engine) : t.name(engine));
            } else if (t.is(i, "OPTIONS")) {
                foreign(name, Clauses.inside(t, i + 1, s.to()));
            }
        }
    }

    /** H2's tables of a Java class, and MariaDB's of a file or of another server, which show what they like. */
    private void engine(TableName name, String engine) {
        if (work.dialect == Dialect.H2 && engine.indexOf('.') > 0) {
            copies.anything(name);
        } else if (work.dialect == Dialect.MYSQL && ELSEWHERE.contains(Names.fold(engine))) {
            copies.anything(name);
            elsewhere();
        }
    }

    /** What will be written into the table leaves the database, and the text of that statement will not say so. */
    private void elsewhere() {
        Origins origins = new Origins();
        origins.add(ColumnOrigin.ANYTHING);
        copies.kept(KeptPlace.OUTSIDE, origins);
    }

    /** H2's linked table: the last of its strings names a table of some database, which may be this one, or is a query. */
    private void linked(TableName name, Span arguments) {
        elsewhere();
        String source = t.is(arguments.to() - 1, TokenType.STRING) ? t.content(arguments.to() - 1) : "(";
        if (source.startsWith("(")) {
            copies.anything(name);
        } else {
            copies.same(name, TableName.of(source));
        }
    }

    /** SQLite's full-text tables: over the rows of another one ({@code content='t'}), or over the words of one. */
    private void virtual(TableName name, Span s) {
        int open = Clauses.find(t, s.from(), s.to(), "USING") + 2;
        for (Span argument : Clauses.commaSeparated(t, open + 1, Math.max(open + 1, s.to() - 1))) {
            int value = t.isOp(argument.from() + 1, "=") ? argument.from() + 2 : argument.from();
            boolean content = t.is(argument.from(), "CONTENT") && value > argument.from();
            String table = t.is(value, TokenType.STRING) ? t.content(value) : t.isName(value) ? t.name(value) : "";
            if (content) {
                copies.same(name, TableName.of(table));
            } else if (t.isName(open - 1) && VOCABULARIES.contains(t.name(open - 1))) {
                Origins origins = new Origins();
                origins.add(TableName.of(table).column(ColumnOrigin.WHOLE_ROW));
                copies.column(name.schema(), name.table(), ColumnOrigin.WHOLE_ROW, origins.asColumn(null));
            }
        }
    }

    /** A policy may name the columns at either. The new one holds nothing yet, so its table goes on showing what it showed. */
    private void child(TableName child, TableName parent) {
        work.made.add(child.schema() == null ? child.table() : child.schema() + "." + child.table());
        copies.both(child, parent);
    }

    /** PostgreSQL's foreign tables: a table of some server, which may be this one, or a file. */
    private void foreign(TableName name, Span options) {
        for (int i = options.from(); i < options.to(); i++) {
            String option = t.name(i);
            if (option.equals("table_name") && t.is(i + 1, TokenType.STRING)) {
                TableName remote = TableName.of(t.content(i + 1));
                copies.both(name, remote);
                foreignColumns(name, remote);
            } else if (option.equals("filename") || option.equals("program")) {
                copies.from(KeptPlace.FILES, name, null);
            }
        }
    }

    /** Columns that have another name there. */
    private void foreignColumns(TableName name, TableName remote) {
        Span list = Clauses.inside(t, name.end(), t.size());
        for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
            int options = Clauses.find(t, column.from(), column.to(), "OPTIONS");
            for (int i = options + 1; i < column.to(); i++) {
                if (t.name(i).equals("column_name") && t.is(i + 1, TokenType.STRING)) {
                    Origins origins = new Origins();
                    origins.add(remote.column(Names.fold(t.content(i + 1))));
                    copies.column(name.schema(), name.table(), t.name(column.from()), origins.asColumn(null));
                }
            }
        }
    }
}
