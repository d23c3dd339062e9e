package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;

/**
 * The text that is judged and where the findings go; all classifiers of one text share it.
 *
 * @param certain whether the server is known to be of the dialect
 * @param effort what may still be spent on conditions, over the whole text
 * @param repeated the text is the body of a loop: what limits one turn limits nothing
 * @param dynamicDepth texts inside texts (dynamic SQL) that were stepped into to get here
 */
record Context(
        Dialect dialect,
        boolean certain,
        Catalogue catalogue,
        Tokens t,
        Findings out,
        Effort effort,
        boolean repeated,
        int dynamicDepth) {

    /** Another text, or another part of this one, that is judged on its own. */
    Context inside(Tokens inner, Findings findings) {
        return new Context(dialect, certain, catalogue, inner, findings, effort, repeated, dynamicDepth + 1);
    }

    /** The body of a loop. */
    Context repeating() {
        return new Context(dialect, certain, catalogue, t, out, effort, true, dynamicDepth);
    }

    void add(StatementKind kind, Effect effect) {
        out.add(kind, effect.risk, effect.facts);
    }

    /** An effect that doesn't change the kind. */
    void effect(Effect effect) {
        out.effect(effect.risk, effect.facts);
    }

    void unknown() {
        add(StatementKind.DYNAMIC, Effect.OPAQUE);
    }

    /** Reports the tables that {@code span} reads. */
    void reads(Span span) {
        new TableScan(dialect, t, out::table).reads(span);
    }

    /** Reports the tables that {@code span} is made of as written: an updatable view, so to say. */
    void writes(Span span) {
        new TableScan(dialect, t, use -> out.table(new TableUse(use.schema(), use.table(), Access.WRITE))).reads(span);
    }

    /** Reports the table whose name starts at {@code at}; index behind the name. */
    int table(int at, Access access) {
        int i = at;
        while (t.isAny(i, "ONLY", "IF", "NOT", "EXISTS")) {
            i++;
        }
        if (!t.isName(i)) {
            return i;
        }
        String schema = "";
        String table = t.name(i++);
        while ((t.is(i, TokenType.DOT) || t.isOp(i, "..")) && t.isName(i + 1)) {
            schema = t.is(i, TokenType.DOT) ? table : "";
            table = t.name(i + 1);
            i += 2;
        }
        if (!table.startsWith("@")) {
            out.table(new TableUse(schema.isEmpty() ? null : schema, table, access));
        }
        return i;
    }

    /** Reports a list of tables as written. */
    void tables(int from, int to) {
        int i = table(from, Access.WRITE);
        while (i < to && (t.is(i, TokenType.COMMA) || t.isOp(i, "*"))) {
            i = t.is(i, TokenType.COMMA) ? table(i + 1, Access.WRITE) : i + 1;
        }
    }
}
