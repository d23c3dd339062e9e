package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;

/** Judges DROP, ALTER and RENAME. */
final class AlterClassifier {

    private final Context c;
    private final Tokens t;
    private final StatementClassifier statements;

    AlterClassifier(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.statements = statements;
    }

    void drop(Span s) {
        int i = SchemaWords.object(t, s.from() + 1, s.to());
        if (t.is(i, "PREPARE")) {
            c.add(StatementKind.SESSION, Effect.NOTHING);
            return;
        }
        c.add(StatementKind.DROP, Effect.DROP);
        if (SchemaWords.isPrincipal(t, i) || t.is(i, "OWNED")) {
            c.effect(Effect.PRIVILEGE_WRITE);
        }
        if (t.isAny(i, "TABLE", "TABLES", "VIEW", "SEQUENCE")) {
            c.tables(i + 1, s.to());
        } else if (t.is(i, "INDEX")) {
            int on = Clauses.find(t, i, s.to(), "ON");
            if (on < s.to()) {
                c.table(on + 1, Access.WRITE);
            }
        }
    }

    void rename(Span s) {
        int i = s.from() + 1;
        c.add(StatementKind.ALTER, Effect.DDL_HIGH);
        if (t.is(i, "USER")) {
            c.effect(Effect.PRIVILEGE_WRITE);
        } else {
            for (Span each : Clauses.commaSeparated(t, t.isAny(i, "TABLE", "TABLES") ? i + 1 : i, s.to())) {
                c.table(each.from(), Access.WRITE);
            }
        }
    }

    void alter(Span s) {
        int i = s.from() + 1;
        if (t.is(i, "SESSION")) {
            // Oracle: an event makes the server write a trace file, or a dump of its memory.
            c.add(StatementKind.SESSION, t.is(i + 1, "SET") && t.is(i + 2, "EVENTS") ? Effect.FILE : Effect.LITTLE);
            return;
        }
        if (t.isAny(i, "SYSTEM", "INSTANCE") || t.is(i, "SERVER") && t.is(i + 1, "CONFIGURATION")) {
            c.add(StatementKind.ALTER, Effect.ADMIN);
            c.add(StatementKind.ADMIN, Effect.ADMIN);
            c.effect(Effect.WRITE);
            settings(new Span(i, s.to()));
            return;
        }
        i = SchemaWords.object(t, i, s.to());
        if (SchemaWords.isEvent(t, s, i)) {
            c.add(StatementKind.ALTER, Effect.DDL_HIGH);
            statements.event(s);
            return;
        }
        boolean drops = false;
        boolean empties = false;
        boolean dropping = false;
        boolean privilege = SchemaWords.isPrincipal(t, i) || t.isAny(i, "DEFAULT", "AUTHORIZATION");
        for (int j = i; j < s.to(); j = t.skip(j, s.to())) {
            dropping |= t.is(j, "DROP");
            drops |= t.is(j, "DROP") && dropsData(j)
                    || t.is(j, "DROP") && t.is(j + 1, "ATTRIBUTE") && t.is(i, "TYPE")
                    || t.is(j, "SET") && t.is(j + 1, "UNUSED")
                    // SQL Server's DROP CONSTRAINT c, COLUMN d
                    || dropping && t.is(j, "COLUMN") && t.is(j - 1, TokenType.COMMA);
            empties |= t.is(j, "TRUNCATE")
                    || t.is(j, "DISCARD") && t.is(j + 1, "TABLESPACE")
                    || t.is(j, "SWITCH") && c.dialect() == Dialect.TSQL
                    || t.is(j, "USING") && j + 1 < s.to() && isConstant(j + 1)
                    // The partition's rows leave the table.
                    || t.isAny(j, "DETACH", "EXCHANGE") && t.isAny(j + 1, "PARTITION", "SUBPARTITION")
                    || t.is(j, "ENGINE") && t.is(t.isOp(j + 1, "=") ? j + 2 : j + 1, "BLACKHOLE");
            privilege |= t.is(j, "OWNER") && t.is(j + 1, "TO")
                    || t.isAny(j, "ENABLE", "DISABLE", "FORCE") && t.is(j + 1, "ROW")
                    || t.is(j, "ROW") && t.is(j + 1, "LEVEL")
                    // What the database's owner may, its code may on the whole server.
                    || c.dialect() == Dialect.TSQL && t.is(j, "TRUSTWORTHY") && t.is(j + 1, "ON")
                    || SchemaWords.runsAsAnother(c.dialect(), t, j);
        }
        c.add(StatementKind.ALTER, drops || empties ? Effect.DROP : Effect.DDL_HIGH);
        // A rule about drops means columns and partitions too; the statement as a whole stays an ALTER.
        if (drops) {
            c.add(StatementKind.DROP, Effect.NOTHING);
        }
        if (empties) {
            c.add(StatementKind.TRUNCATE, Effect.NOTHING);
        }
        if (privilege) {
            c.effect(Effect.PRIVILEGE_WRITE);
        }
        boolean foreign = Clauses.find(t, s.from(), i, "FOREIGN") < i;
        boolean connects = t.is(i, "SUBSCRIPTION") && Clauses.find(t, i, s.to(), "CONNECTION") < s.to()
                || t.is(i, "SERVER") && Clauses.find(t, i, s.to(), "OPTIONS") < s.to();
        if (connects
                || foreign && SchemaWords.namesFile(t, s)
                || c.dialect() == Dialect.TSQL && SchemaWords.isOfFile(t, s)
                || t.isAny(i, "DATABASE", "TABLESPACE") && c.dialect() == Dialect.ORACLE && addsFile(s)) {
            c.effect(Effect.FILE_WRITE);
        }
        if (t.isAny(i, "TABLE", "VIEW", "SEQUENCE")) {
            c.table(i + 1, Access.WRITE);
            int other = Clauses.find(t, i, s.to(), "EXCHANGE");
            other = Clauses.find(t, other, s.to(), "WITH");
            if (t.is(other + 1, "TABLE")) {
                c.table(other + 2, Access.WRITE);
            }
        } else if (!t.is(i, "INDEX")) {
            settings(new Span(i, s.to()));
        }
    }

    /** What {@code ALTER c TYPE x USING …} makes of every value. */
    private boolean isConstant(int i) {
        return t.is(i, "NULL") || t.is(i, TokenType.STRING) || t.is(i, TokenType.NUMBER);
    }

    /** {@code ADD LOGFILE '/x'}, {@code RENAME FILE '/x' TO '/y'} and the like. */
    private boolean addsFile(Span s) {
        for (int j = s.from(); j < s.to(); j++) {
            if (t.isAny(j, "LOGFILE", "DATAFILE", "TEMPFILE", "FILE", "CONTROLFILE", "MEMBER")) {
                return true;
            }
        }
        return false;
    }

    /** {@code SET name = value} for a server, a database or a role. */
    private void settings(Span s) {
        for (int j = s.from(); j < s.to(); j = t.skip(j, s.to())) {
            if (t.is(j, "SET") && Settings.reachesOut(t.name(j + 1)) && !t.is(j + 2, TokenType.DOT)) {
                c.effect(Effect.FILE_WRITE);
            }
        }
    }

    /** DROP inside ALTER destroys data unless it drops a constraint, default, key or the like. */
    private boolean dropsData(int drop) {
        return !t.isAny(
                drop + 1,
                "CONSTRAINT",
                "DEFAULT",
                "NOT",
                "PRIMARY",
                "FOREIGN",
                "INDEX",
                "KEY",
                "CHECK",
                "IDENTITY",
                "EXPRESSION",
                "ATTRIBUTE",
                "UNIQUE",
                "MEMBER",
                "VALUE",
                "TRIGGER",
                "STORAGE",
                "SCHEMA",
                "SUPPLEMENTAL",
                "STATISTICS");
    }
}
