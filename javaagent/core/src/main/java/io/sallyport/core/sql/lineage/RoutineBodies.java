package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What routines, triggers, rules and blocks copy once they run, told from their bodies. Each write in a body is read by itself; where
 * variables carry values from one statement of it to another, or a write cannot be read, every table that is written may hold
 * whatever the body reads.
 */
final class RoutineBodies {

    private final Work work;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;

    RoutineBodies(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
    }

    /** CREATE FUNCTION, TRIGGER, RULE …, that word being at {@code object}. */
    void definition(int object, Span s) {
        TableName table = switch (t.word(object)) {
            case "TRIGGER" -> TableName.at(t, Clauses.find(t, object, s.to(), "ON") + 1);
            case "RULE" -> TableName.at(t, Clauses.find(t, object, s.to(), "TO") + 1);
            default -> TableName.at(t, s.to());
        };
        if (work.dialect == Dialect.H2 && !table.isEmpty()) {
            // Java, which is given the rows.
            Origins rows = new Origins();
            rows.add(table.column(ColumnOrigin.WHOLE_ROW));
            copies.kept(KeptPlace.OUTSIDE, rows);
            return;
        }
        int from = table.isEmpty() ? object + 1 : table.end();
        for (int i = from; i < s.to(); i++) {
            if (t.is(i, TokenType.STRING) && t.is(i - 1, "AS")) {
                quoted(i);
            }
        }
        body(new Span(from, s.to()), table.isEmpty() ? null : table);
    }

    /** PostgreSQL's DO, or any other statement whose first string is a body. It runs at once, its texts made there as well. */
    void block(Span s) {
        for (int i = s.from(); i < s.to(); i++) {
            if (t.is(i, TokenType.STRING) && !t.is(i - 1, "LANGUAGE")) {
                RoutineBodies inner = quoted(i);
                if (inner != null && work.dialect == Dialect.POSTGRESQL) {
                    inner.made();
                }
            }
        }
    }

    private @Nullable RoutineBodies quoted(int string) {
        Tokens inner = Lexer.tokens(t.content(string), LexRules.of(work.dialect));
        if (!inner.broken() && !inner.unbalanced()) {
            RoutineBodies bodies = new RoutineBodies(work, inner, new Queries(work, inner));
            bodies.body(new Span(0, inner.size()), null);
            return bodies;
        }
        return null;
    }

    /** A text that the body makes and runs may be a definition or a comment that holds what the body reads. */
    private void made() {
        for (int i = 0; i < t.size(); i++) {
            boolean runs = t.is(i, "EXECUTE")
                    && !t.isAny(i + 1, "FUNCTION", "PROCEDURE", "ON")
                    && !t.isAny(i - 1, "GRANT", "REVOKE");
            boolean constant =
                    t.is(i + 1, TokenType.STRING) && (t.is(i + 2, TokenType.SEMICOLON) || t.is(i + 2, "INTO"));
            if (runs && !constant) {
                Origins read = anythingIn(new Span(0, t.size()), null);
                copies.kept(KeptPlace.DEFINITIONS, read);
                copies.kept(KeptPlace.COMMENTS, read);
                return;
            }
        }
    }

    /** @param table whose rows are NEW and OLD; {@code null} outside triggers and rules */
    void body(Span body, @Nullable TableName table) {
        Scope scope = new Scope(null, work.wholeRows());
        Ctes ctes = new Ctes(null);
        if (table != null) {
            Relation rows = queries.relations().named(table.table(), table.schema(), table.table());
            for (String name : new String[] {"new", "old", "inserted", "deleted"}) {
                scope.add(rows.labelled(name));
                ctes.put(name, rows.outs());
            }
        }
        if (work.dialect == Dialect.MYSQL) {
            variables(body, table);
        }
        if (work.dialect == Dialect.POSTGRESQL) {
            given(body, table);
        }
        boolean carries = carriesValues(body);
        int i = body.from();
        while (i < body.to()) {
            work.step();
            if (Clauses.startsWrite(t, i)
                    && !t.is(i - 1, TokenType.DOT)
                    && !t.isAny(i - 1, "FOR", "BEFORE", "AFTER", "OR")) {
                int end = end(i, body.to());
                if (!read(new Span(i, end), scope, ctes) || carries) {
                    anythingRead(i, body, table);
                }
                i = end;
            } else {
                if (table != null) {
                    assigned(i, body.to(), table, scope, ctes);
                }
                i++;
            }
        }
    }

    private boolean read(Span write, Scope scope, Ctes ctes) {
        Work.Mark mark = work.mark();
        try {
            queries.query(write, scope, ctes);
            work.exact(mark.exact());
            return true;
        } catch (UnreadableException e) {
            work.back(mark);
            return false;
        }
    }

    private int end(int from, int to) {
        int i = from;
        while (i < to && !t.is(i, TokenType.SEMICOLON) && !t.is(i, TokenType.RIGHT_PAREN) && !isEnd(i)) {
            i = t.skip(i, to);
        }
        return i;
    }

    /** END of a block; that of a CASE follows what it yields. */
    private boolean isEnd(int i) {
        return t.is(i, "END")
                && (t.is(i - 1, TokenType.SEMICOLON) || i + 1 >= t.size() || t.is(i + 1, TokenType.SEMICOLON));
    }

    /** Whether variables, cursors or loops carry values between statements. */
    private boolean carriesValues(Span body) {
        for (int i = body.from(); i < body.to(); i++) {
            boolean into = t.is(i, "INTO") && !t.isAny(i - 1, "INSERT", "MERGE", "REPLACE", "IGNORE");
            if (into || t.is(i, "FETCH") || t.is(i, "FOR") && t.is(i + 2, "IN") || t.is(i, "CURSOR")) {
                return true;
            }
        }
        return false;
    }

    /** The table that is written at {@code write} may hold all that the body reads. */
    private void anythingRead(int write, Span body, @Nullable TableName table) {
        int name = write + 1;
        while (t.isAny(name, "INTO", "FROM", "IGNORE", "LOW_PRIORITY", "OR", "ONLY")) {
            name++;
        }
        TableName into = TableName.at(t, name);
        if (into.isEmpty()) {
            return;
        }
        Origins origins = anythingIn(body, table);
        copies.column(into.schema(), into.table(), ColumnOrigin.WHOLE_ROW, Out.column(null, origins.columns(), true));
    }

    /** The session's variables that a body names keep what it reads when it has run. */
    private void variables(Span body, @Nullable TableName table) {
        boolean rows = false;
        for (int i = body.from(); i < body.to(); i++) {
            rows |= t.isAny(i, "NEW", "OLD");
        }
        for (int i = body.from(); i < body.to(); i++) {
            if (Variables.isVariable(t, i)) {
                ColumnOrigin variable = Variables.origin(t, i);
                Out read =
                        Out.column(null, anythingIn(body, rows ? table : null).columns(), true);
                copies.column(null, variable.table(), variable.column(), read);
            }
        }
    }

    /** Functions that keep what they are given may be given whatever the body reads: {@code PERFORM set_config('a.b', x, false)}. */
    private void given(Span body, @Nullable TableName table) {
        for (int i = body.from(); i < body.to(); i++) {
            KeptPlace place = t.isName(i) && t.is(i + 1, TokenType.LEFT_PAREN) ? KeptPlace.writtenBy(t.name(i)) : null;
            if (place != null) {
                Origins read = anythingIn(body, table);
                copies.kept(place, read);
                if (place == KeptPlace.SETTINGS && KeptValues.mayBeReported(t, Clauses.inside(t, i + 1, body.to()))) {
                    copies.kept(KeptPlace.REPORTED, read);
                }
            }
        }
    }

    /** All that the body reads. */
    private Origins anythingIn(Span body, @Nullable TableName table) {
        Origins origins = new Origins();
        for (int i = body.from(); i < body.to(); i++) {
            TableName read = t.isAny(i, "FROM", "JOIN") ? TableName.at(t, i + 1) : null;
            if (read != null && !read.isEmpty()) {
                origins.add(read.column(ColumnOrigin.WHOLE_ROW));
                work.reads.add(new TableUse(read.schema(), read.table(), TableUse.Access.READ));
            }
        }
        if (table != null) {
            origins.add(table.column(ColumnOrigin.WHOLE_ROW));
        }
        return origins;
    }

    /** {@code SET NEW.column = …}, {@code :NEW.column := …}. */
    private void assigned(int i, int to, TableName table, Scope scope, Ctes ctes) {
        boolean row = t.is(i, "NEW") || t.is(i, TokenType.PARAM) && t.text(i).equalsIgnoreCase(":new");
        boolean column = row && t.is(i + 1, TokenType.DOT) && t.isName(i + 2);
        boolean assignment = t.isOp(i + 3, ":=") || t.isOp(i + 3, "=") && t.isAny(i - 1, "SET", "BEGIN", "THEN");
        if (!column || !(assignment || t.isOp(i + 3, "=") && t.is(i - 1, TokenType.SEMICOLON))) {
            return;
        }
        Span value = new Span(i + 4, Clauses.find(t, i + 4, end(i + 4, to), Set.of("END")));
        Origins origins = new Origins();
        queries.expressions().collect(value, scope, ctes, origins);
        copies.column(table.schema(), table.table(), t.name(i + 2), origins.asColumn(null));
    }
}
