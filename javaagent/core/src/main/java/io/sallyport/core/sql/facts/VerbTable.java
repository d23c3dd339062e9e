package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;

/**
 * Statements that are judged by their first words.
 *
 * <table><caption>Judgement</caption>
 * <tr><th>statement</th><th>kind</th><th>facts, risk</th></tr>
 * <tr><td>DROP, DROP OWNED, PURGE, REMOVE</td><td>drop</td><td>destructive, ddl; critical</td></tr>
 * <tr><td>TRUNCATE</td><td>truncate</td><td>destructive; critical</td></tr>
 * <tr><td>ALTER … DROP COLUMN|PARTITION, TRUNCATE PARTITION, DISCARD TABLESPACE</td><td>alter</td><td>destructive, ddl; critical</td></tr>
 * <tr><td>other ALTER, RENAME, COMMENT</td><td>alter</td><td>ddl; high, COMMENT low</td></tr>
 * <tr><td>ALTER USER|ROLE|LOGIN, OWNER TO, DEFAULT PRIVILEGES, CREATE USER|ROLE, REASSIGN OWNED</td><td>alter, create</td><td>+ privilege; high</td></tr>
 * <tr><td>ALTER SYSTEM, SET GLOBAL|PERSIST, RESET MASTER, SHUTDOWN, KILL, FLUSH …</td><td>admin</td><td>high</td></tr>
 * <tr><td>GRANT, REVOKE, DENY</td><td>grant_revoke</td><td>privilege; high</td></tr>
 * <tr><td>SET ROLE, SET SESSION AUTHORIZATION, SETUSER, REVERT</td><td>session</td><td>privilege; high</td></tr>
 * <tr><td>LOAD DATA, BULK INSERT, BACKUP, RESTORE, RUNSCRIPT, SCRIPT TO, ATTACH, VACUUM INTO</td><td>copy_load or admin</td><td>file; critical</td></tr>
 * <tr><td>SHOW, DESCRIBE, FETCH, HELP, PRAGMA without a value</td><td>read</td><td>none</td></tr>
 * <tr><td>BEGIN, COMMIT, SAVEPOINT, XA …</td><td>transaction</td><td>none</td></tr>
 * <tr><td>VACUUM, ANALYZE, REINDEX, OPTIMIZE, CHECKPOINT, REFRESH</td><td>admin</td><td>low</td></tr>
 * </table>
 */
final class VerbTable {

    private static final Set<String> TRANSACTION =
            Set.of("COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "END", "ABORT", "START", "SAVE", "XA");
    private static final Set<String> READS = Set.of(
            "SHOW",
            "FETCH",
            "MOVE",
            "HELP",
            "PRINT",
            "CLOSE",
            "OPEN",
            "RAISERROR",
            "WAITFOR",
            "THROW",
            "SIGNAL",
            "HANDLER",
            "RETURN",
            "CHECKSUM",
            "CHECK");
    private static final Set<String> SESSION =
            Set.of("USE", "LISTEN", "UNLISTEN", "NOTIFY", "DISCARD", "DEALLOCATE", "RESET", "SETUSER", "REVERT");
    private static final Set<String> MAINTENANCE = Set.of(
            "VACUUM",
            "REINDEX",
            "CLUSTER",
            "OPTIMIZE",
            "CHECKPOINT",
            "REPAIR",
            "CACHE",
            "REFRESH",
            "RECALCULATE",
            "DBCC");
    private static final Set<String> ADMIN = Set.of(
            "SHUTDOWN",
            "KILL",
            "FLUSH",
            "RECONFIGURE",
            "CHANGE",
            "STOP",
            "CLONE",
            "RESTART",
            "BINLOG",
            "AUDIT",
            "NOAUDIT");
    private static final Set<String> OBJECT_MODIFIERS = Set.of(
            "TEMPORARY",
            "TEMP",
            "UNLOGGED",
            "GLOBAL",
            "LOCAL",
            "MATERIALIZED",
            "UNIQUE",
            "CLUSTERED",
            "NONCLUSTERED",
            "FOREIGN",
            "EXTERNAL",
            "CONCURRENTLY",
            "OR",
            "REPLACE",
            "RECURSIVE",
            "PUBLIC",
            "FORCE",
            "EVENT",
            "VIRTUAL",
            "CACHED",
            "MEMORY",
            "LINKED",
            "PRIVATE",
            "EDITIONABLE",
            "NONEDITIONABLE",
            "FULLTEXT",
            "SPATIAL",
            "BITMAP",
            "AGGREGATE",
            "TRUSTED",
            "PROCEDURAL",
            "CONSTRAINT",
            "DEFINER",
            "SQL",
            "SECURITY",
            "INVOKER",
            "ALGORITHM",
            "UNDEFINED",
            "MERGE",
            "TEMPTABLE",
            "IF",
            "EXISTS",
            "NOT",
            "ONLY",
            "OFFLINE",
            "ONLINE",
            "IGNORE");
    private static final Set<String> TABLE_LIKE = Set.of("TABLE", "VIEW", "SEQUENCE");
    private static final Set<String> PRINCIPALS = Set.of("USER", "ROLE", "LOGIN", "GROUP", "PROFILE", "CREDENTIAL");

    private final Dialect dialect;
    private final Tokens t;
    private final Findings out;

    VerbTable(Dialect dialect, Tokens t, Findings out) {
        this.dialect = dialect;
        this.t = t;
        this.out = out;
    }

    private void add(StatementKind kind, Effect effect) {
        out.add(kind, effect.risk, effect.facts);
    }

    private void effect(Effect effect) {
        out.effect(effect.risk, effect.facts);
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

    /** Without labels ({@code <<a>>}) and words that only introduce a statement. */
    Span withoutLabels(Span s) {
        int i = s.from();
        while (t.isOp(i, "<<") && i + 2 < s.to()) {
            i += 3;
        }
        while (t.isAny(i, "ELSE", "END") && dialect == Dialect.TSQL && i + 1 < s.to()) {
            i++;
        }
        return new Span(Math.min(i, s.to()), s.to());
    }

    /** Whether what follows the verb is stored code, not part of the effect. */
    boolean bodyIsData(Span s) {
        if (!t.isAny(s.from(), "CREATE", "ALTER")) {
            return explainsOnly;
        }
        for (int i = s.from() + 1; i < s.from() + 10 && i < s.to(); i++) {
            if (t.isAny(i, "FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "RULE", "EVENT", "PACKAGE", "ALIAS")) {
                return true;
            }
            if (t.isAny(i, "TABLE", "VIEW", "AS", "ON")) {
                return false;
            }
        }
        return false;
    }

    private boolean explainsOnly;

    /** The statement in brackets isn't run, only planned. */
    void explainsOnly(boolean only) {
        explainsOnly = only;
    }

    /** Classifies the statement; {@code false} when its first word isn't known. */
    boolean classify(Span s) {
        int i = s.from();
        String verb = t.word(i);
        switch (verb) {
            case "DROP" -> drop(s);
            case "TRUNCATE" -> truncate(s);
            case "CREATE" -> create(s);
            case "ALTER" -> alter(s);
            case "RENAME" -> {
                add(StatementKind.ALTER, Effect.DDL_HIGH);
                table(t.is(i + 1, "TABLE") ? i + 2 : i + 1, Access.WRITE);
            }
            case "COMMENT" -> {
                add(StatementKind.ALTER, Effect.DDL);
                if (t.is(i + 2, "TABLE")) {
                    table(i + 3, Access.WRITE);
                }
            }
            case "GRANT", "REVOKE", "DENY" -> {
                add(StatementKind.GRANT_REVOKE, Effect.PRIVILEGE_WRITE);
                int on = Clauses.find(t, i, s.to(), "ON");
                if (on < s.to()) {
                    table(t.is(on + 1, "TABLE") ? on + 2 : on + 1, Access.WRITE);
                }
            }
            case "REASSIGN" -> {
                add(StatementKind.ALTER, Effect.DDL_HIGH);
                effect(Effect.PRIVILEGE_WRITE);
            }
            case "PURGE" -> {
                if (t.isAny(i + 1, "BINARY", "MASTER")) {
                    add(StatementKind.ADMIN, Effect.EMPTY);
                } else {
                    add(StatementKind.DROP, Effect.DROP);
                }
            }
            case "FLASHBACK", "UNDROP" -> add(StatementKind.ALTER, Effect.DDL_HIGH);
            case "SET" -> set(s);
            case "LOCK", "UNLOCK" -> {
                add(StatementKind.LOCK, Effect.LITTLE);
                if (verb.equals("LOCK")) {
                    table(t.isAny(i + 1, "TABLE", "TABLES") ? i + 2 : i + 1, Access.READ);
                }
            }
            case "LOAD" -> load(s);
            case "BULK" -> {
                add(StatementKind.COPY_LOAD, Effect.FILE_WRITE);
                table(i + 2, Access.WRITE);
            }
            case "BACKUP" -> add(StatementKind.ADMIN, Effect.FILE);
            case "RESTORE" -> {
                add(StatementKind.ADMIN, Effect.FILE_WRITE);
                effect(Effect.EMPTY);
            }
            case "RUNSCRIPT" -> {
                add(StatementKind.DYNAMIC, Effect.FILE_WRITE);
                effect(Effect.OPAQUE);
            }
            case "SCRIPT" ->
                add(StatementKind.COPY_LOAD, t.is(s.to() - 1, TokenType.STRING) ? Effect.FILE : Effect.LITTLE);
            case "EXPORT", "UNLOAD" -> add(StatementKind.COPY_LOAD, Effect.FILE);
            case "IMPORT" -> add(StatementKind.COPY_LOAD, Effect.FILE_WRITE);
            case "INSTALL", "UNINSTALL" -> add(StatementKind.ADMIN, Effect.FILE_WRITE);
            case "ATTACH" -> add(StatementKind.ADMIN, Effect.FILE_WRITE);
            case "DETACH" -> add(StatementKind.ADMIN, Effect.LITTLE);
            case "PRAGMA" -> pragma(s);
            case "SECURITY" -> {
                add(StatementKind.ALTER, Effect.DDL_HIGH);
                effect(Effect.PRIVILEGE_WRITE);
            }
            case "ASSOCIATE", "DISASSOCIATE" -> add(StatementKind.ALTER, Effect.DDL);
            default -> {
                return simple(s, verb);
            }
        }
        return true;
    }

    private boolean simple(Span s, String verb) {
        int i = s.from();
        if (TRANSACTION.contains(verb)) {
            if (verb.equals("START") && !t.is(i + 1, "TRANSACTION")) {
                add(StatementKind.ADMIN, Effect.ADMIN);
            } else {
                add(StatementKind.TRANSACTION, Effect.NOTHING);
            }
        } else if (READS.contains(verb)) {
            add(StatementKind.READ, Effect.NOTHING);
            if (verb.equals("HANDLER")) {
                table(i + 1, Access.READ);
            }
        } else if (SESSION.contains(verb)) {
            boolean identity = verb.equals("SETUSER")
                    || verb.equals("REVERT")
                    || verb.equals("RESET") && t.isAny(i + 1, "ROLE", "SESSION");
            boolean server = verb.equals("RESET") && t.isAny(i + 1, "MASTER", "SLAVE", "REPLICA", "PERSIST", "BINARY");
            if (server) {
                add(StatementKind.ADMIN, Effect.EMPTY);
            } else {
                add(StatementKind.SESSION, identity ? Effect.PRIVILEGE : Effect.LITTLE);
            }
        } else if (MAINTENANCE.contains(verb)) {
            boolean file = verb.equals("VACUUM") && Clauses.find(t, i, s.to(), "INTO") < s.to();
            add(StatementKind.ADMIN, file ? Effect.FILE : verb.equals("DBCC") ? Effect.ADMIN : Effect.LITTLE);
        } else if (ADMIN.contains(verb)) {
            add(StatementKind.ADMIN, verb.equals("SHUTDOWN") ? Effect.SHUTDOWN : Effect.ADMIN);
        } else {
            return false;
        }
        return true;
    }

    private void drop(Span s) {
        int i = s.from() + 1;
        if (t.is(i, "PREPARE")) {
            add(StatementKind.SESSION, Effect.NOTHING);
            return;
        }
        add(StatementKind.DROP, Effect.DROP);
        while (OBJECT_MODIFIERS.contains(t.word(i))) {
            i++;
        }
        if (PRINCIPALS.contains(t.word(i)) || t.is(i, "OWNED")) {
            effect(Effect.PRIVILEGE_WRITE);
        }
        if (TABLE_LIKE.contains(t.word(i))) {
            tables(i + 1, s.to());
        } else if (t.is(i, "INDEX")) {
            int on = Clauses.find(t, i, s.to(), "ON");
            if (on < s.to()) {
                table(on + 1, Access.WRITE);
            }
        }
    }

    private void truncate(Span s) {
        add(StatementKind.TRUNCATE, Effect.EMPTY);
        tables(t.is(s.from() + 1, "TABLE") ? s.from() + 2 : s.from() + 1, s.to());
    }

    private void tables(int from, int to) {
        int i = table(from, Access.WRITE);
        while (i < to && (t.is(i, TokenType.COMMA) || t.isOp(i, "*"))) {
            i = t.is(i, TokenType.COMMA) ? table(i + 1, Access.WRITE) : i + 1;
        }
    }

    private void create(Span s) {
        int i = s.from() + 1;
        boolean replaces = t.is(i, "OR") && t.is(i + 1, "REPLACE");
        while (i < s.to() && (OBJECT_MODIFIERS.contains(t.word(i)) || t.isOp(i, "=") || isDefiner(i))) {
            i++;
        }
        String object = t.word(i);
        switch (object) {
            case "TABLE" -> {
                boolean linked = Clauses.find(t, s.from(), i, "LINKED") < i;
                add(StatementKind.CREATE, linked ? Effect.FILE_WRITE : replaces ? Effect.DROP : Effect.DDL);
                effect(Effect.DDL);
                table(i + 1, Access.WRITE);
                new TableScan(dialect, t, out::table).reads(new Span(i + 1, s.to()));
            }
            case "VIEW" -> {
                add(StatementKind.CREATE, Effect.DDL);
                table(i + 1, Access.WRITE);
                new TableScan(dialect, t, out::table).reads(new Span(i, s.to()));
            }
            case "INDEX" -> {
                add(StatementKind.CREATE, Effect.DDL);
                int on = Clauses.find(t, i, s.to(), "ON");
                if (on < s.to()) {
                    table(on + 1, Access.WRITE);
                }
            }
            case "USER", "ROLE", "LOGIN", "GROUP", "POLICY", "CREDENTIAL", "PROFILE", "CERTIFICATE" -> {
                add(StatementKind.CREATE, Effect.DDL_HIGH);
                effect(Effect.PRIVILEGE_WRITE);
            }
            case "FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "ALIAS", "RULE", "EVENT", "PACKAGE", "TYPE" ->
                routine(s, object);
            case "DIRECTORY",
                    "TABLESPACE",
                    "LIBRARY",
                    "ASSEMBLY",
                    "SERVER",
                    "SUBSCRIPTION",
                    "DATABASE",
                    "LANGUAGE",
                    "EXTENSION",
                    "JAVA" -> {
                boolean file =
                        Set.of("DIRECTORY", "TABLESPACE", "LIBRARY", "ASSEMBLY", "SERVER", "SUBSCRIPTION", "JAVA")
                                        .contains(object)
                                || t.is(i - 1, "LINK");
                add(StatementKind.CREATE, Effect.DDL_HIGH);
                if (file || t.is(i + 1, "LINK")) {
                    effect(Effect.FILE_WRITE);
                }
            }
            default -> add(StatementKind.CREATE, Effect.DDL);
        }
    }

    private boolean isDefiner(int i) {
        return t.is(i - 1, TokenType.OPERATOR) && t.isOp(i - 1, "=") || t.is(i, TokenType.PARAM) || t.isOp(i, "@");
    }

    private void routine(Span s, String object) {
        add(StatementKind.CREATE, Effect.DDL_HIGH);
        boolean alias = object.equals("ALIAS");
        for (int j = s.from(); j < s.to(); j++) {
            boolean language = t.is(j, "LANGUAGE");
            String name = t.isName(j + 1) ? t.name(j + 1) : t.content(j + 1);
            boolean native_ = language
                    && (name.equalsIgnoreCase("c")
                            || name.endsWith("u") && name.startsWith("pl")
                            || name.equalsIgnoreCase("java"));
            boolean javaCode = alias && (t.is(j, "AS") || t.is(j, "FOR"));
            if (native_ || t.is(j, "SONAME") || javaCode || t.is(j, "EXTERNAL") && t.is(j + 1, "NAME")) {
                effect(Effect.FILE_WRITE);
            }
        }
        if (object.equals("TRIGGER") || object.equals("RULE")) {
            int on = s.from();
            while (on < s.to() && !(t.is(on, "ON") && !t.isAny(on + 1, "UPDATE", "DELETE", "INSERT", "SELECT"))) {
                on++;
            }
            if (object.equals("TRIGGER") && on < s.to()) {
                table(on + 1, Access.WRITE);
            }
        }
    }

    private void alter(Span s) {
        int i = s.from() + 1;
        if (t.is(i, "SESSION")) {
            add(StatementKind.SESSION, Effect.LITTLE);
            return;
        }
        if (t.is(i, "SYSTEM") || t.is(i, "SERVER") && t.isAny(i + 1, "CONFIGURATION", "ROLE") || t.is(i, "INSTANCE")) {
            add(StatementKind.ALTER, Effect.ADMIN);
            add(StatementKind.ADMIN, Effect.ADMIN);
            effect(Effect.WRITE);
            return;
        }
        while (OBJECT_MODIFIERS.contains(t.word(i))) {
            i++;
        }
        boolean destroys = false;
        boolean privilege =
                PRINCIPALS.contains(t.word(i)) || t.is(i, "DEFAULT") || t.is(i, "AUTHORIZATION") || t.is(i, "POLICY");
        for (int j = i; j < s.to(); j = t.skip(j, s.to())) {
            destroys |= t.is(j, "DROP") && dropsData(j);
            destroys |= t.is(j, "TRUNCATE") || t.is(j, "DISCARD") && t.is(j + 1, "TABLESPACE");
            privilege |= t.is(j, "OWNER") && t.is(j + 1, "TO")
                    || t.isAny(j, "ENABLE", "DISABLE", "FORCE") && t.is(j + 1, "ROW")
                    || t.is(j, "ROW") && t.is(j + 1, "LEVEL");
        }
        add(StatementKind.ALTER, destroys ? Effect.DROP : Effect.DDL_HIGH);
        if (privilege) {
            effect(Effect.PRIVILEGE_WRITE);
        }
        if (t.isAny(i, "TABLE", "VIEW", "SEQUENCE")) {
            table(i + 1, Access.WRITE);
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

    private void set(Span s) {
        int i = s.from() + 1;
        if (t.isAny(i, "ROLE", "DEFAULT") && !t.isOp(i + 1, "=")
                || t.is(i, "SESSION") && t.is(i + 1, "AUTHORIZATION")) {
            add(StatementKind.SESSION, Effect.PRIVILEGE);
            return;
        }
        if (t.is(i, "PASSWORD")) {
            add(StatementKind.ADMIN, Effect.PRIVILEGE_WRITE);
            return;
        }
        if (t.isAny(i, "TRANSACTION", "CONSTRAINTS")
                || t.is(i, "SESSION") && t.isAny(i + 1, "CHARACTERISTICS", "TRANSACTION")) {
            add(StatementKind.TRANSACTION, Effect.NOTHING);
            return;
        }
        if (t.isAny(i, "GLOBAL", "PERSIST", "PERSIST_ONLY") || globalVariable(i)) {
            add(StatementKind.ADMIN, Effect.ADMIN);
            effect(Effect.WRITE);
            return;
        }
        if (dialect == Dialect.H2
                && t.isAny(i, "PASSWORD", "SALT", "TRACE_LEVEL_FILE", "DB_CLOSE_DELAY", "ALLOW_LITERALS", "CLUSTER")) {
            add(StatementKind.ADMIN, Effect.ADMIN);
            return;
        }
        int name = t.isAny(i, "LOCAL", "SESSION") ? i + 1 : i;
        boolean identity = Settings.isIdentity(t.name(name));
        boolean risky = Settings.isRisky(t.name(name))
                || t.is(name, TokenType.PARAM)
                        && Settings.isRisky(t.text(name).substring(t.text(name).lastIndexOf('@') + 1));
        add(StatementKind.SESSION, identity ? Effect.PRIVILEGE : risky ? Effect.ADMIN : Effect.LITTLE);
        new TableScan(dialect, t, out::table).reads(s);
    }

    private boolean globalVariable(int i) {
        return t.text(i).equalsIgnoreCase("@@GLOBAL") || t.text(i).equalsIgnoreCase("@@PERSIST");
    }

    private void load(Span s) {
        if (t.is(s.from() + 1, "INDEX")) {
            add(StatementKind.ADMIN, Effect.LITTLE);
            return;
        }
        if (!t.isAny(s.from() + 1, "DATA", "XML")) {
            add(StatementKind.ADMIN, Effect.FILE_WRITE);
            return;
        }
        add(StatementKind.COPY_LOAD, Effect.FILE_WRITE);
        int into = Clauses.find(t, s.from(), s.to(), "TABLE");
        if (into < s.to()) {
            table(into + 1, Access.WRITE);
        }
    }

    private void pragma(Span s) {
        int assign = s.from();
        while (assign < s.to() && !t.isOp(assign, "=")) {
            assign++;
        }
        String name = t.name(t.is(s.from() + 2, TokenType.DOT) ? s.from() + 3 : s.from() + 1);
        if (assign == s.to() && !Settings.isRisky(name)) {
            add(StatementKind.READ, Effect.NOTHING);
        } else {
            add(StatementKind.SESSION, Settings.isRisky(name) ? Effect.ADMIN : Effect.LITTLE);
        }
    }
}
