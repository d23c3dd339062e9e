package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.lex.Names;
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
        } else if (c.dialect() == Dialect.H2 && t.isName(i) && !Settings.isOfH2Session(t.name(scoped))) {
            databaseOfH2(t.name(i), i + 1);
        } else if (t.isAny(i, "GLOBAL", "PERSIST", "PERSIST_ONLY") || scopeOfVariable(i)) {
            global(t.isName(i) ? i + 1 : i + 2);
        } else {
            session(t.name(scoped), new Span(scoped + 1, s.to()));
        }
        c.reads(s);
    }

    /** What counts for everybody who uses the database; a name that is not known is one of them. */
    private void databaseOfH2(String setting, int value) {
        c.add(StatementKind.ADMIN, Effect.ADMIN);
        if (setting.equals("salt")) {
            c.effect(Effect.PRIVILEGE_WRITE);
        } else if (Settings.loadsClass(setting)) {
            c.effect(Effect.FILE);
            c.effect(Effect.OPAQUE);
        } else if (setting.startsWith("trace_level_")) {
            int level = t.isOp(value, "=") || t.is(value, "TO") ? value + 1 : value;
            boolean off = t.text(level).equals("0")
                    || setting.endsWith("_out") && t.text(level).equals("1");
            if (!off) {
                c.effect(Effect.FILE);
            }
        }
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
                session(text.startsWith("@@") ? text.substring(2) : t.name(name), new Span(name + 1, part.to()));
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
        if (Settings.isStatement(t.name(name)) && !statements.literal(name + 2)) {
            c.unknown();
        }
    }

    private void session(String setting, Span value) {
        c.add(
                StatementKind.SESSION,
                Settings.isIdentity(setting)
                        ? Effect.PRIVILEGE
                        : Settings.reachesOut(setting)
                                ? Effect.FILE
                                : Settings.isRisky(setting) && !isUsual(setting, value) ? Effect.ADMIN : Effect.LITTLE);
    }

    /** A risky setting gets the value that servers come with, or one that moves no bounds. */
    private boolean isUsual(String setting, Span value) {
        int i = t.isOp(value.from(), "=") || t.isOp(value.from(), ":=") || t.is(value.from(), "TO")
                ? value.from() + 1
                : value.from();
        String only = i + 1 == value.to() ? (t.is(i, TokenType.STRING) ? t.content(i) : t.text(i)) : "";
        return switch (Names.fold(setting)) {
            case "standard_conforming_strings", "quoted_identifier", "sql_log_bin", "sql_safe_updates" ->
                only.equalsIgnoreCase("on") || only.equals("1") || only.equalsIgnoreCase("true");
            case "backslash_quote" -> only.equalsIgnoreCase("safe_encoding") || only.equalsIgnoreCase("off");
            case "sql_mode" -> isUsualMode(new Span(i, value.to()));
            default -> only.equalsIgnoreCase("default");
        };
    }

    /** Strings without a lexical mode, and the mode there was before ({@code @OLD_SQL_MODE}, as dumps name it). */
    private boolean isUsualMode(Span value) {
        for (int j = value.from(); j < value.to(); j++) {
            boolean usual = t.is(j, TokenType.STRING)
                    ? !Settings.movesBounds(t.content(j))
                    : t.isAny(j, "CONCAT", "DEFAULT", "SQL_MODE", "SESSION")
                            || t.is(j, TokenType.LEFT_PAREN)
                            || t.is(j, TokenType.RIGHT_PAREN)
                            || t.is(j, TokenType.COMMA)
                            || t.is(j, TokenType.DOT)
                            || isOldMode(t.text(j));
            if (!usual) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static boolean isOldMode(String variable) {
        return variable.equalsIgnoreCase("@@sql_mode")
                || variable.equalsIgnoreCase("@@session")
                || variable.equalsIgnoreCase("@old_sql_mode")
                || variable.equalsIgnoreCase("@saved_sql_mode");
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
        session(name, new Span(at + 1, s.to()));
        if (Settings.isStored(name)) {
            c.effect(Effect.WRITE);
        }
    }
}
