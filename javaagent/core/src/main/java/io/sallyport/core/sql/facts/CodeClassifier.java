package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.TsqlStatements;
import java.util.Set;

/** Judges code that is run: blocks, dynamic SQL, prepared statements, cursors. Calls are {@link CallClassifier}'s. */
final class CodeClassifier {

    private final Context c;
    private final Tokens t;
    private final StatementClassifier statements;
    private final CallClassifier calls;
    private final PlainCode plain;

    CodeClassifier(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.statements = statements;
        this.calls = new CallClassifier(c, statements);
        this.plain = new PlainCode(c, statements);
    }

    /** Judges the statement; {@code false} when its verb runs no code. */
    boolean classify(Span s) {
        switch (t.word(s.from())) {
            case "BEGIN" -> begin(s);
            case "DECLARE" -> declare(s);
            case "IF" -> {
                if (!endsTransaction(s)) {
                    conditional(s);
                }
            }
            case "WHILE" -> block(s);
            case "DO" -> doIt(s);
            case "PREPARE" -> prepare(s);
            case "CALL" -> calls.call(s);
            case "EXEC", "EXECUTE", "EXEC_SQL" -> execute(s);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** T-SQL calls a procedure that is named first in a batch without EXEC; what else has an unknown verb is opaque. */
    void implicitCall(Span s) {
        if (c.dialect() == Dialect.TSQL && t.isName(s.from()) && !t.is(s.from() + 1, TokenType.OPERATOR)) {
            calls.procedure(s, s.from());
        } else if (!c.certain() || c.dialect() == Dialect.TSQL || !Rejection.ofMisspeltVerb(t, s)) {
            c.unknown();
        }
    }

    private void begin(Span s) {
        int i = s.from() + 1;
        boolean transaction = c.dialect() != Dialect.ORACLE
                && (s.to() == i
                        || t.isAny(
                                i,
                                "TRAN",
                                "TRANSACTION",
                                "WORK",
                                "DEFERRED",
                                "IMMEDIATE",
                                "EXCLUSIVE",
                                "ISOLATION",
                                "READ",
                                "DISTRIBUTED",
                                "CONCURRENT")
                        || t.is(i, "NOT") && t.is(i + 1, "DEFERRABLE"));
        if (transaction) {
            c.add(StatementKind.TRANSACTION, Effect.NOTHING);
        } else if (!calls.keepsBooks(new Span(i, s.to())) && !plain.block(new Span(i, s.to()))) {
            block(new Span(i, s.to()));
        }
    }

    private void conditional(Span s) {
        if (c.dialect() != Dialect.TSQL || !plain.conditional(s)) {
            block(s);
        }
    }

    /** {@code IF @@TRANCOUNT > 0 COMMIT TRAN}, with which SQL Server's driver ends a transaction. */
    private boolean endsTransaction(Span s) {
        boolean transaction = t.is(s.from(), "IF")
                && t.text(s.from() + 1).equalsIgnoreCase("@@TRANCOUNT")
                && t.is(s.from() + 3, TokenType.NUMBER)
                && t.isAny(s.from() + 4, "COMMIT", "ROLLBACK")
                && (s.to() == s.from() + 5
                        || s.to() == s.from() + 6 && t.isAny(s.from() + 5, "TRAN", "TRANSACTION", "WORK"));
        if (transaction) {
            c.add(StatementKind.TRANSACTION, Effect.NOTHING);
        }
        return transaction;
    }

    private void doIt(Span s) {
        if (c.dialect() == Dialect.MYSQL) {
            // DO expr evaluates like SELECT and returns nothing (MySQL manual, 15.2.3).
            c.add(StatementKind.READ, Effect.NOTHING);
            c.reads(s);
            return;
        }
        c.unknown();
        boolean untrusted = false;
        for (int j = s.from() + 1; j < s.to(); j++) {
            untrusted |= t.is(j, "LANGUAGE") && Languages.isUntrusted(t, j + 1);
        }
        if (untrusted) {
            c.effect(Effect.FILE_WRITE);
            return;
        }
        for (int j = s.from() + 1; j < s.to(); j++) {
            statements.body(j);
        }
    }

    /** A block of code: opaque, and whatever statements can be seen in it count as well. */
    void block(Span s) {
        c.unknown();
        c.reads(s);
        boolean tsql = c.dialect() == Dialect.TSQL;
        boolean fresh = true;
        boolean loop = t.is(s.from(), "WHILE");
        // Oracle: FORALL i IN 1 .. n is followed by its one statement.
        boolean bulk = false;
        int i = s.from();
        while (i < s.to()) {
            loop |= t.isAny(i, "LOOP", "REPEAT", "WHILE") || t.is(i, "GOTO");
            bulk = t.is(i, "FORALL") || bulk && !t.is(i, TokenType.SEMICOLON);
            if ((fresh || bulk) && startsPlainStatement(i)) {
                int end = endOfStatement(i, s.to());
                c.out().merge(statements.nested(new Span(i, end), loop));
                i = end;
                fresh = tsql;
                continue;
            }
            fresh = tsql
                    || t.is(i, TokenType.SEMICOLON)
                    || t.isAny(i, "BEGIN", "THEN", "ELSE", "LOOP", "DO", "ATOMIC")
                    || t.isOp(i, ">>")
                    || fresh && t.is(i, "DECLARE");
            i = tsql ? t.skip(i, s.to()) : i + 1;
        }
    }

    private int endOfStatement(int from, int to) {
        if (c.dialect() == Dialect.TSQL) {
            return TsqlStatements.endOf(t, from, to);
        }
        int end = from;
        while (end < to && !t.is(end, TokenType.SEMICOLON)) {
            end++;
        }
        return end;
    }

    private boolean startsPlainStatement(int i) {
        return switch (t.word(i)) {
            case "INSERT", "UPDATE", "DELETE", "MERGE" -> Clauses.startsWrite(t, i);
            case "DROP", "TRUNCATE", "ALTER", "GRANT", "REVOKE", "CREATE" -> t.isName(i + 1);
            case "EXECUTE", "EXEC", "COPY", "PERFORM", "LOAD", "SELECT" -> true;
            default -> false;
        };
    }

    private void declare(Span s) {
        int cursor = Clauses.find(t, s.from(), s.to(), "CURSOR");
        if (cursor < s.to()) {
            int query = Clauses.find(t, cursor, s.to(), Set.of("SELECT", "WITH", "VALUES"));
            c.add(StatementKind.READ, Effect.NOTHING);
            c.reads(new Span(query, s.to()));
        } else if (c.dialect() == Dialect.TSQL && t.is(s.from() + 1, TokenType.PARAM)) {
            c.add(StatementKind.SESSION, Effect.NOTHING);
        } else {
            block(new Span(s.from() + 1, s.to()));
        }
    }

    private void prepare(Span s) {
        if (t.is(s.from() + 1, "TRANSACTION")) {
            c.add(StatementKind.TRANSACTION, Effect.NOTHING);
            return;
        }
        int as = Clauses.find(t, s.from(), s.to(), Set.of("AS", "FROM"));
        if (t.is(as, "AS")) {
            c.add(StatementKind.DYNAMIC, Effect.LITTLE);
            statements.verb(new Span(as + 1, s.to()));
        } else {
            c.unknown();
            statements.dynamic(as + 1);
        }
    }

    private void execute(Span s) {
        int i = s.from() + 1;
        boolean group = t.is(i, TokenType.LEFT_PAREN);
        boolean alone = c.dialect() == Dialect.TSQL
                && group
                && t.is(i + 2, TokenType.RIGHT_PAREN)
                && !t.isAny(i + 3, "AS", "AT", "WITH");
        if (alone && statements.literal(i + 1)) {
            return;
        }
        if (t.is(i, "IMMEDIATE") || group || t.is(i, TokenType.STRING)) {
            c.unknown();
            for (int j = i; j < s.to() && j < i + 4; j++) {
                statements.dynamic(j);
            }
            int behind = t.skip(i, s.to());
            if (group && t.is(behind, "AT")) {
                c.effect(Effect.REMOTE);
            } else if (group && t.is(behind, "AS")) {
                // … AS USER = 'dbo'
                c.effect(Effect.PRIVILEGE);
            }
        } else if (t.is(i, "AS")) {
            c.add(StatementKind.SESSION, Effect.PRIVILEGE);
        } else if (c.dialect() == Dialect.POSTGRESQL || c.dialect() == Dialect.MYSQL) {
            c.unknown();
            for (int j = i; j < s.to() && j < i + 2; j++) {
                statements.dynamic(j);
            }
        } else {
            boolean result = t.is(i, TokenType.PARAM) && t.isOp(i + 1, "=");
            calls.procedure(s, result ? i + 2 : i);
        }
    }
}
