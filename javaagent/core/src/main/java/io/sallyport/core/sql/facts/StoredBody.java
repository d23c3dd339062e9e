package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;

/**
 * Judges a stored routine's body, which the catalogue tells: by the statements in it, each taken for run. What it says that is neither
 * a statement, an assignment nor control flow makes it opaque, and so does text that it runs.
 */
final class StoredBody {

    /** Words behind which another statement begins. */
    private static final Set<String> OPENING = Set.of("BEGIN", "THEN", "ELSE", "LOOP", "REPEAT", "ATOMIC");

    /** Words that begin what ends with one of those. */
    private static final Set<String> FLOW =
            Set.of("END", "IF", "ELSIF", "ELSEIF", "CASE", "WHEN", "WHILE", "FOR", "FOREACH", "UNTIL", "EXCEPTION");

    /** Words of routines alone that begin what ends with a semicolon. */
    private static final Set<String> SIMPLE = Set.of(
            "EXIT",
            "CONTINUE",
            "LEAVE",
            "ITERATE",
            "RETURN",
            "NULL",
            "RAISE",
            "SIGNAL",
            "RESIGNAL",
            "ASSERT",
            "GET",
            "OPEN",
            "FETCH",
            "MOVE",
            "CLOSE",
            "PERFORM");

    private static final Set<String> DYNAMIC = Set.of("EXECUTE", "EXEC", "PREPARE", "IMMEDIATE");

    private final Context c;
    private final Tokens t;
    private final StatementClassifier statements;

    StoredBody(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.statements = statements;
    }

    void judge() {
        Span all = new Span(0, t.size());
        if (t.broken() || t.unbalanced() || isDynamic() || t.is(0, "CREATE")) {
            c.unknown();
            return;
        }
        c.add(StatementKind.CALL, Effect.NOTHING);
        c.reads(all);
        boolean loop = false;
        boolean fresh = true;
        int i = 0;
        while (i < t.size()) {
            loop |= t.isAny(i, "LOOP", "REPEAT", "WHILE");
            if (t.is(i, TokenType.SEMICOLON) || t.isOp(i, ">>") || opens(i)) {
                fresh = true;
                i++;
            } else if (t.is(i, "DECLARE") && fresh) {
                i = declared(i);
            } else if (fresh && SIMPLE.contains(t.word(i))) {
                i = simple(i, loop);
                fresh = false;
            } else if (!fresh || FLOW.contains(t.word(i)) || t.isOp(i, "<<") || t.isOp(i + 1, ":")) {
                // FOR r IN DELETE … RETURNING … LOOP
                i = !fresh && writes(i) ? statement(i, loop) : i + 1;
                fresh = false;
            } else {
                i = isAssignment(i) ? end(i) : statement(i, loop);
                fresh = false;
            }
        }
    }

    private boolean opens(int i) {
        return OPENING.contains(t.word(i)) || t.is(i, "DO") && c.dialect() == Dialect.MYSQL;
    }

    private boolean writes(int i) {
        return Clauses.startsWrite(t, i) && !t.is(i - 1, "FOR");
    }

    /** RETURN QUERY UPDATE … RETURNING, OPEN c FOR DELETE …. */
    private int simple(int from, boolean loop) {
        int end = end(from);
        for (int i = from + 1; i < end; i++) {
            if (writes(i)) {
                return statement(i, loop);
            }
        }
        return end;
    }

    private boolean isDynamic() {
        for (int i = 0; i < t.size(); i++) {
            if (t.is(i, TokenType.WORD) && DYNAMIC.contains(t.word(i)) && !t.is(i - 1, TokenType.DOT)) {
                return true;
            }
        }
        return false;
    }

    private int statement(int from, boolean loop) {
        Span statement = new Span(from, end(from));
        if (t.is(from, "SELECT")) {
            // INTO names variables here.
            c.add(StatementKind.READ, Effect.NOTHING);
        } else {
            c.out().merge(statements.nested(statement, loop));
        }
        return statement.to();
    }

    /** End of the statement, which a loop over its rows may follow. */
    private int end(int from) {
        int i = from;
        while (i < t.size() && !t.is(i, TokenType.SEMICOLON) && !t.is(i, "LOOP")) {
            i = t.skip(i, t.size());
        }
        return i;
    }

    /** {@code x := 1}, {@code x.y[1] = 2}, MySQL's {@code SET x = 1} of a routine's own variable. */
    private boolean isAssignment(int from) {
        boolean set = t.is(from, "SET") && c.dialect() == Dialect.MYSQL;
        int i = set ? from + 1 : from;
        if (!t.isName(i) || set && t.isAny(i, "GLOBAL", "SESSION", "PERSIST", "PERSIST_ONLY", "LOCAL")) {
            return false;
        }
        while (i < t.size() && (t.isName(i) || t.is(i, TokenType.DOT)) && !t.isOp(i, "=") && !t.isOp(i, ":=")) {
            if (t.isName(i) && t.isName(i + 1)) {
                return false;
            }
            i++;
        }
        while (t.isOp(i, "[")) {
            i = t.skip(i, t.size());
        }
        return t.isOp(i, "=") || t.isOp(i, ":=");
    }

    /** Behind declarations: of a block in PL/pgSQL, of one statement in MySQL, where that of a handler begins a statement. */
    private int declared(int from) {
        int i = from + 1;
        if (c.dialect() != Dialect.MYSQL) {
            while (i < t.size() && !t.is(i, "BEGIN")) {
                i++;
            }
            return i;
        }
        boolean handler = t.is(i + 1, "HANDLER");
        while (i < t.size() && !t.is(i, TokenType.SEMICOLON)) {
            if (handler && (t.isAny(i, "BEGIN", "SET") || Clauses.startsWrite(t, i))) {
                return i;
            }
            i++;
        }
        return i;
    }
}
