package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StoredRoutine;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import org.jspecify.annotations.Nullable;

/**
 * Follows what a call runs: routines whose bodies the catalogue has, and functions that only compute. Anything else makes what is
 * returned unknown.
 */
final class Calls {

    private final Work work;
    private final Tokens t;

    Calls(Work work, Tokens t) {
        this.work = work;
        this.t = t;
    }

    /** @param call what follows CALL: a routine with its arguments or, for H2, any expression */
    boolean areTold(Span call) {
        boolean routine = false;
        for (int i = call.from(); i < call.to(); i++) {
            boolean called = t.isName(i) && t.is(i + 1, TokenType.LEFT_PAREN);
            if (called && !isTold(t.name(i))) {
                return false;
            }
            routine |= called;
        }
        // Without brackets it may be the name of a procedure.
        return routine
                || isSequence(call)
                || isKnown(bareName(call))
                || work.dialect == Dialect.H2 && !t.isName(call.from());
    }

    /** The routine that is called without brackets, the schema left out; {@code null} for anything else. */
    private @Nullable String bareName(Span call) {
        int name = call.from();
        while (t.isName(name) && t.is(name + 1, TokenType.DOT)) {
            name += 2;
        }
        // H2 calls by brackets only: what has none there is an expression.
        return work.dialect != Dialect.H2 && t.isName(name) && name + 1 == call.to() ? t.name(name) : null;
    }

    /** {@code NEXT VALUE FOR sequence} and nothing else, which is no procedure in any dialect; its value was collected. */
    private boolean isSequence(Span call) {
        int name = call.from() + 3;
        if (!KeptValues.isSequence(t.word(call.from())) || !t.is(name - 2, "VALUE") || !t.is(name - 1, "FOR")) {
            return false;
        }
        while (t.isName(name) && t.is(name + 1, TokenType.DOT)) {
            name += 2;
        }
        return t.isName(name) && name + 1 == call.to();
    }

    /** Notes what the bodies of the routines copy, and what they read. */
    void run(Span call) {
        for (int i = call.from(); i < call.to(); i++) {
            if (t.isName(i) && t.is(i + 1, TokenType.LEFT_PAREN)) {
                run(t.name(i));
            }
        }
        String bare = bareName(call);
        if (bare != null) {
            run(bare);
        }
    }

    private void run(String routines) {
        for (StoredRoutine routine : work.schema.catalogue().routines(routines)) {
            run(Lexer.tokens(routine.definition(), LexRules.of(work.dialect)));
        }
    }

    private void run(Tokens body) {
        if (!body.broken() && !body.unbalanced()) {
            new RoutineBodies(work, body, new Queries(work, body)).body(new Span(0, body.size()), null);
        }
    }

    private boolean isTold(String name) {
        return isKnown(name) || work.schema.catalogue().isPureFunction(name);
    }

    private boolean isKnown(@Nullable String name) {
        return name != null && !work.schema.catalogue().routines(name).isEmpty();
    }
}
