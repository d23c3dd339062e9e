package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Locale;

/** Judges SET, RESET and PRAGMA by the setting they name. */
final class SettingClassifier {

    private final Context c;
    private final Tokens t;
    private final StatementClassifier statements;

    SettingClassifier(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.statements = statements;
    }

    void set(Span s) {
        int i = s.from() + 1;
        int scoped = t.isAny(i, "LOCAL", "SESSION") ? i + 1 : i;
        if (t.isAny(i, "ROLE", "DEFAULT") && !t.isOp(i + 1, "=")
                || t.is(scoped - 1, "SESSION") && t.is(scoped, "AUTHORIZATION")
                || t.is(scoped, "SESSION") && t.is(scoped + 1, "AUTHORIZATION")) {
            c.add(StatementKind.SESSION, Effect.PRIVILEGE);
        } else if (t.is(i, "PASSWORD")) {
            c.add(StatementKind.ADMIN, Effect.PRIVILEGE_WRITE);
        } else if (t.isAny(i, "TRANSACTION", "CONSTRAINTS")
                || t.is(i, "SESSION") && t.isAny(scoped, "CHARACTERISTICS", "TRANSACTION")) {
            c.add(StatementKind.TRANSACTION, Effect.NOTHING);
        } else if (c.dialect() == Dialect.MYSQL) {
            setOfMysql(s);
        } else if (c.dialect() == Dialect.H2
                && t.isAny(i, "SALT", "TRACE_LEVEL_FILE", "DB_CLOSE_DELAY", "ALLOW_LITERALS", "CLUSTER")) {
            c.add(StatementKind.ADMIN, Effect.ADMIN);
            if (t.is(i, "SALT")) {
                c.effect(Effect.PRIVILEGE_WRITE);
            } else if (t.is(i, "TRACE_LEVEL_FILE") && !t.text(i + 1).equals("0")) {
                c.effect(Effect.FILE);
            }
        } else if (t.isAny(i, "GLOBAL", "PERSIST", "PERSIST_ONLY") || scopeOfVariable(i)) {
            global(t.isName(i) ? i + 1 : i + 2);
        } else {
            session(t.name(scoped));
        }
        c.reads(s);
    }

    /** Several variables, each with a scope of its own; MariaDB: SET STATEMENT … FOR statement. */
    private void setOfMysql(Span s) {
        if (t.is(s.from() + 1, "STATEMENT")) {
            int inner = Clauses.find(t, s.from(), s.to(), "FOR");
            if (inner < s.to()) {
                c.add(StatementKind.SESSION, Effect.LITTLE);
                statements.verb(new Span(inner + 1, s.to()));
                return;
            }
        }
        for (Span part : Clauses.commaSeparated(t, s.from() + 1, s.to())) {
            int i = part.from();
            boolean variable = t.is(i, TokenType.PARAM) && t.text(i).startsWith("@@") && t.is(i + 1, TokenType.DOT);
            int name = variable ? i + 2 : t.isAny(i, "LOCAL", "SESSION") ? i + 1 : i;
            if (t.isAny(i, "GLOBAL", "PERSIST", "PERSIST_ONLY") && !t.isOp(i + 1, "=")) {
                global(i + 1);
            } else if (variable && scopeOfVariable(i)) {
                global(name);
            } else {
                String text = t.text(name);
                session(text.startsWith("@@") ? text.substring(2) : t.name(name));
            }
        }
    }

    private boolean scopeOfVariable(int i) {
        return switch (t.text(i).toUpperCase(Locale.ROOT)) {
            case "@@GLOBAL", "@@PERSIST", "@@PERSIST_ONLY" -> true;
            default -> false;
        };
    }

    private void global(int name) {
        c.add(StatementKind.ADMIN, Effect.ADMIN_WRITE);
        if (Settings.reachesOut(t.name(name))) {
            c.effect(Effect.FILE_WRITE);
        }
    }

    private void session(String setting) {
        c.add(
                StatementKind.SESSION,
                Settings.isIdentity(setting)
                        ? Effect.PRIVILEGE
                        : Settings.reachesOut(setting)
                                ? Effect.FILE
                                : Settings.isRisky(setting) ? Effect.ADMIN : Effect.LITTLE);
    }

    void reset(Span s) {
        int i = s.from() + 1;
        if (t.isAny(i, "MASTER", "SLAVE", "REPLICA", "PERSIST", "BINARY")) {
            c.add(StatementKind.ADMIN, Effect.EMPTY);
        } else {
            boolean identity = t.isAny(i, "ROLE", "SESSION") || Settings.isIdentity(t.name(i));
            c.add(StatementKind.SESSION, identity ? Effect.PRIVILEGE : Effect.LITTLE);
        }
    }

    /** SQLite: {@code PRAGMA [schema.]name [= value | (value)]}. */
    void pragma(Span s) {
        int at = t.is(s.from() + 2, TokenType.DOT) ? s.from() + 3 : s.from() + 1;
        String name = t.name(at);
        boolean sets = t.isOp(at + 1, "=") || t.is(at + 1, TokenType.LEFT_PAREN) && !Settings.isQuery(name);
        if (!sets) {
            c.add(StatementKind.READ, Effect.NOTHING);
            return;
        }
        session(name);
        if (Settings.isStored(name)) {
            c.effect(Effect.WRITE);
        }
    }
}
