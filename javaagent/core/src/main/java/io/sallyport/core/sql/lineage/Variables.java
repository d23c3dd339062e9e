package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.List;
import java.util.Set;

/**
 * Variables, which keep a value from one statement to the next: MySQL's and H2's for the session (MySQL manual, 11.4; H2 manual, SET
 * @), SQL Server's within a text. Each counts as a table with one column, both named like it. Settings that a query can be assigned
 * to are one place ({@link KeptPlace#SETTINGS}).
 */
final class Variables {

    private final Work work;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;

    Variables(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
    }

    static boolean isVariable(Tokens t, int i) {
        return t.is(i, TokenType.PARAM)
                && t.text(i).startsWith("@")
                && !t.text(i).startsWith("@@");
    }

    /** What reading the variable at {@code i} brings; a system's variable where it begins with two signs. */
    static ColumnOrigin origin(Tokens t, int i) {
        String name = Names.variable(t.text(i));
        return name.startsWith("@@") ? KeptPlace.SETTINGS.origin() : new ColumnOrigin(null, name, name);
    }

    /** {@code value} goes into the variable at {@code i}. */
    void assign(int i, Out value) {
        ColumnOrigin variable = origin(t, i);
        copies.column(null, variable.table(), variable.column(), value);
        work.assigned.assign(variable, value);
    }

    void assign(int i, Span value, Scope scope, Ctes ctes) {
        assign(i, queries.expressions().column(value, null, scope, ctes));
    }

    /** SET @x = …, y = …; SQL Server's DECLARE @x type = …. */
    void statement(Span s) {
        if (work.dialect == Dialect.POSTGRESQL || work.dialect == Dialect.SQLITE) {
            return;
        }
        // H2 assigns one, and the commas of a query that stands without brackets are its own.
        List<Span> assignments = work.dialect == Dialect.H2
                ? List.of(new Span(Math.min(s.from() + 1, s.to()), s.to()))
                : Clauses.commaSeparated(t, s.from() + 1, s.to());
        for (Span each : assignments) {
            int equals = each.from();
            while (equals < each.to() && !t.isOp(equals, "=") && !t.isOp(equals, ":=")) {
                equals = t.skip(equals, each.to());
            }
            int from = equals < each.to() ? equals + 1 : each.from() + 1;
            Span value = new Span(Math.min(from, each.to()), each.to());
            if (isVariable(t, each.from())) {
                assign(each.from(), value(value));
            } else if (isComputed(value)) {
                List<Out> computed = List.of(value(value));
                copies.kept(KeptPlace.SETTINGS, computed);
                if (work.dialect == Dialect.MYSQL) {
                    // Functions show some of them (timestamp: now(); rand_seed1: rand(); insert_id: the next key).
                    copies.kept(KeptPlace.REPORTED, computed);
                }
            }
        }
    }

    /** Whether it is more than a word or a literal, as most settings are. */
    private boolean isComputed(Span value) {
        for (int i = value.from(); i < value.to(); i++) {
            if (t.is(i, "SELECT")
                    || t.is(i, "WITH")
                    || t.is(i, "VALUES")
                    || t.is(i, "TABLE")
                    || t.is(i, TokenType.PARAM)) {
                return true;
            }
        }
        return false;
    }

    private Out value(Span value) {
        if (!Clauses.startsQuery(t, value.from(), value.to())) {
            return queries.expressions().column(value, null, new Scope(null, false), new Ctes(null));
        }
        Origins origins = new Origins();
        queries.query(value, null, null).forEach(origins::add);
        return origins.asColumn(null);
    }

    /** SELECT … INTO @a, @b: by position. {@code false} where something else follows. */
    boolean into(int i, List<Out> values) {
        int j = i;
        int position = 0;
        while (isVariable(t, j)) {
            boolean known = values.stream().noneMatch(Out::isOpen) && position < values.size();
            Origins origins = new Origins();
            if (known) {
                origins.add(values.get(position));
            } else {
                values.forEach(origins::add);
            }
            assign(j, known ? origins.asOneOf(null) : origins.asColumn(null));
            position++;
            if (!t.is(j + 1, TokenType.COMMA)) {
                return true;
            }
            j += 2;
        }
        return position > 0;
    }

    /** What a procedure is called with it may assign. */
    void called(Span s) {
        if (work.dialect == Dialect.TSQL) {
            return;
        }
        Out anything = Out.column(null, Set.of(ColumnOrigin.ANYTHING), true);
        for (int i = s.from(); i < s.to(); i++) {
            if (isVariable(t, i)) {
                assign(i, anything);
            }
        }
    }
}
