package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.StoredRoutine;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import java.util.List;

/** Judges calls of procedures: opaque, but for those whose effect is known by name or by a body that the catalogue tells. */
final class CallClassifier {

    private final Context c;
    private final Tokens t;
    private final StatementClassifier statements;

    CallClassifier(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.statements = statements;
    }

    /** CALL, of a procedure or of an expression. */
    void call(Span s) {
        int i = s.from() + 1;
        boolean sequence = t.is(i, "NEXT") && t.is(i + 1, "VALUE") && t.is(i + 2, "FOR");
        if (sequence || c.dialect() == Dialect.H2 && isPure(new Span(i, s.to()))) {
            c.add(StatementKind.CALL, Effect.NOTHING);
        } else {
            procedure(s, i);
        }
    }

    private boolean isPure(Span expression) {
        for (int i = expression.from(); i < expression.to(); i++) {
            boolean called = t.isName(i) && t.is(i + 1, TokenType.LEFT_PAREN);
            if (t.is(i, TokenType.DOT) || called && !isPure(t.name(i)) || t.is(i, "SELECT")) {
                return false;
            }
        }
        // A bare name is a procedure without arguments.
        return !expression.isEmpty()
                && !(t.isName(expression.from()) && !t.is(expression.from() + 1, TokenType.LEFT_PAREN));
    }

    /** H2's own functions cannot be redefined, so that they are what they are before any catalogue was read. */
    private boolean isPure(String function) {
        List<StoredRoutine> routines = c.catalogue().routines(function);
        return routines.isEmpty()
                ? Catalogue.isPureByName(function)
                        || function.equals("identity")
                        || function.equals("scope_identity")
                        || function.equals("nextval")
                        || function.equals("currval")
                : routines.stream().allMatch(StoredRoutine::isPureJava);
    }

    /** Whether a block only calls procedures that keep a session's books; if so, it's judged. */
    boolean keepsBooks(Span block) {
        int i = block.from();
        boolean called = false;
        while (i < block.to() && !t.is(i, "END")) {
            if (!DangerousFunctions.isBookkeeping(t.name(i)) || !t.is(i + 1, TokenType.DOT) || !t.isName(i + 2)) {
                return false;
            }
            if (DangerousFunctions.ofMethod(t.name(i), t.name(i + 2)) != null) {
                return false;
            }
            i = t.skip(i + 3, block.to());
            if (!t.is(t.is(i, TokenType.SEMICOLON) ? i : i - 1, TokenType.SEMICOLON)) {
                return false;
            }
            i += t.is(i, TokenType.SEMICOLON) ? 1 : 0;
            called = true;
        }
        boolean ends =
                t.is(i, "END") && (i + 1 == block.to() || i + 2 == block.to() && t.is(i + 1, TokenType.SEMICOLON));
        if (!called || !ends || calls(block, i)) {
            return false;
        }
        c.add(StatementKind.CALL, Effect.LITTLE);
        return true;
    }

    /** Whether the arguments call functions. */
    private boolean calls(Span block, int to) {
        for (int i = block.from(); i < to; i++) {
            if (t.isName(i) && t.is(i + 1, TokenType.LEFT_PAREN) && !t.is(i - 1, TokenType.DOT)) {
                return true;
            }
        }
        return false;
    }

    /** The procedure whose name starts at {@code at}. */
    void procedure(Span s, int at) {
        int name = at;
        Effect effect = DangerousFunctions.of(t.name(name));
        while (t.is(name + 1, TokenType.DOT) || t.isOp(name + 1, "..")) {
            Effect method = DangerousFunctions.ofMethod(t.name(name), t.name(name + 2));
            name += 2;
            effect = effect == null ? DangerousFunctions.of(t.name(name)) : effect;
            effect = method == null ? effect : method;
        }
        String procedure = t.name(name);
        boolean system = name == at || t.name(at).equals("sys") && name == at + 2;
        boolean bookkeeping = name == at + 2 && DangerousFunctions.isBookkeeping(t.name(at));
        if (effect == null && (system && Procedures.isHarmless(procedure) || bookkeeping)) {
            c.add(StatementKind.CALL, Effect.LITTLE);
            return;
        }
        if (system && procedure.equals("sp_rename")) {
            // SQL Server's RENAME.
            c.add(StatementKind.ALTER, Effect.DDL_HIGH);
            return;
        }
        if (system && Procedures.runsItsFirst(procedure) && executesLiteral(name + 1, s.to())) {
            return;
        }
        if (Procedures.isDynamic(procedure)) {
            c.unknown();
            for (int j = name + 1; j < s.to(); j++) {
                statements.dynamic(j);
            }
            return;
        }
        if (effect == null && isTold(procedure, name)) {
            return;
        }
        c.add(StatementKind.CALL, Effect.OPAQUE);
        if (effect != null) {
            c.effect(effect);
            if (effect == Effect.OPAQUE && t.is(name + 1, TokenType.LEFT_PAREN)) {
                statements.dynamicArguments(name + 1, s.to());
            }
        }
        if (Procedures.isPrivilege(procedure)) {
            c.effect(Effect.PRIVILEGE_WRITE);
        }
        if (Procedures.reachesOut(procedure)) {
            c.effect(Effect.FILE_WRITE);
        }
        if (Procedures.isAdministration(procedure)) {
            c.add(StatementKind.ADMIN, Effect.ADMIN);
        }
    }

    /** {@code sp_executesql N'…'}: whether the text that it runs stands there, the other arguments being that text's parameters. */
    private boolean executesLiteral(int statement, int to) {
        boolean whole =
                statement + 1 == to || t.is(statement + 1, TokenType.COMMA) || t.is(statement + 1, TokenType.SEMICOLON);
        return c.dialect() == Dialect.TSQL && whole && statements.literal(statement);
    }

    /** A function of the server's that only computes, or a routine whose body is judged in its place. */
    private boolean isTold(String routine, int name) {
        List<StoredRoutine> bodies = c.catalogue().routines(routine);
        boolean told = bodies.isEmpty()
                ? c.catalogue().isPureFunction(routine) && t.is(name + 1, TokenType.LEFT_PAREN)
                : bodies.stream().allMatch(StoredRoutine::isReadable);
        if (told && bodies.isEmpty()) {
            c.add(StatementKind.CALL, Effect.NOTHING);
        } else if (told) {
            bodies.forEach(body -> statements.routine(body.definition()));
        }
        return told;
    }
}
