package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
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
 * <tr><td>VACUUM, ANALYZE, REINDEX, OPTIMIZE, CHECKPOINT</td><td>admin</td><td>low</td></tr>
 * <tr><td>REFRESH MATERIALIZED VIEW, CLUSTER</td><td>admin, writes</td><td>low</td></tr>
 * <tr><td>REFRESH … WITH NO DATA, DBCC … REPAIR_ALLOW_DATA_LOSS</td><td>admin, destructive</td><td>critical</td></tr>
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
            "CHECKSUM");
    private static final Set<String> SESSION =
            Set.of("USE", "LISTEN", "UNLISTEN", "NOTIFY", "DISCARD", "DEALLOCATE", "SETUSER", "REVERT");
    private static final Set<String> MAINTENANCE =
            Set.of("VACUUM", "REINDEX", "OPTIMIZE", "CHECKPOINT", "REPAIR", "CHECK", "CACHE", "RECALCULATE", "DBCC");
    /** SQL Server: commands of DBCC that overwrite data, and that change what is stored. */
    private static final Set<String> DBCC_DESTROYS = Set.of("WRITEPAGE", "DBREPAIR");

    private static final Set<String> DBCC_WRITES = Set.of("CLEANTABLE", "DBREINDEX", "UPDATEUSAGE");
    private static final Set<String> ADMIN =
            Set.of("SHUTDOWN", "KILL", "FLUSH", "RECONFIGURE", "CHANGE", "STOP", "RESTART", "AUDIT", "NOAUDIT");

    private final Context c;
    private final Tokens t;
    private final AlterClassifier alters;
    private final CreateClassifier creates;
    private final SettingClassifier settings;
    private final TransferClassifier transfers;

    VerbTable(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.alters = new AlterClassifier(c, statements);
        this.creates = new CreateClassifier(c, statements);
        this.settings = new SettingClassifier(c, statements);
        this.transfers = new TransferClassifier(c);
    }

    /** Without labels ({@code <<a>>}) and words that only introduce a statement. */
    Span withoutLabels(Span s) {
        int i = s.from();
        while (t.isOp(i, "<<") && i + 2 < s.to()) {
            i += 3;
        }
        while (t.isAny(i, "ELSE", "END") && c.dialect() == Dialect.TSQL && i + 1 < s.to()) {
            i++;
        }
        return new Span(Math.min(i, s.to()), s.to());
    }

    /** Whether the statement defines what is run later. */
    boolean storesCode(Span s) {
        int type = t.is(s.from(), "CREATE") ? Clauses.find(t, s.from(), s.to(), "TYPE") : s.to();
        return t.is(type + 1, "BODY") || bodyIsData(s);
    }

    /** Whether what follows the verb is stored code, not part of the effect. */
    boolean bodyIsData(Span s) {
        if (!t.isAny(s.from(), "CREATE", "ALTER")) {
            return false;
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

    /** Classifies the statement; {@code false} when its first word isn't known. */
    boolean classify(Span s) {
        int i = s.from();
        String verb = t.word(i);
        switch (verb) {
            case "DROP" -> alters.drop(s);
            case "ALTER" -> alters.alter(s);
            case "RENAME" -> alters.rename(s);
            case "CREATE" -> creates.create(s);
            case "SET" -> settings.set(s);
            case "RESET" -> settings.reset(s);
            case "PRAGMA" -> settings.pragma(s);
            case "TRUNCATE" -> {
                c.add(StatementKind.TRUNCATE, Effect.EMPTY);
                boolean cluster = t.is(i + 1, "CLUSTER") && t.isName(i + 2);
                c.tables(t.is(i + 1, "TABLE") || cluster ? i + 2 : i + 1, s.to());
            }
            case "COMMENT" -> {
                c.add(StatementKind.ALTER, Effect.DDL);
                if (t.is(i + 2, "TABLE")) {
                    c.table(i + 3, Access.WRITE);
                }
            }
            case "GRANT", "REVOKE", "DENY" -> {
                c.add(StatementKind.GRANT_REVOKE, Effect.PRIVILEGE_WRITE);
                int on = Clauses.find(t, i, s.to(), "ON");
                if (on < s.to() && !t.isOp(on + 3, "*")) {
                    c.table(t.is(on + 1, "TABLE") ? on + 2 : on + 1, Access.WRITE);
                }
            }
            case "REASSIGN", "SECURITY" -> {
                c.add(StatementKind.ALTER, Effect.DDL_HIGH);
                c.effect(Effect.PRIVILEGE_WRITE);
            }
            case "PURGE" -> {
                if (t.isAny(i + 1, "BINARY", "MASTER")) {
                    c.add(StatementKind.ADMIN, Effect.EMPTY);
                } else {
                    c.add(StatementKind.DROP, Effect.DROP);
                }
            }
            case "REFRESH" -> {
                if (t.is(i + 1, "MATERIALIZED") && t.is(i + 2, "VIEW")) {
                    c.add(StatementKind.ADMIN, t.is(s.to() - 2, "NO") ? Effect.EMPTY : Effect.WRITE);
                    c.table(t.is(i + 3, "CONCURRENTLY") ? i + 4 : i + 3, Access.WRITE);
                } else {
                    c.add(StatementKind.ADMIN, Effect.LITTLE);
                }
            }
            case "CLUSTER" -> {
                c.add(StatementKind.ADMIN, Effect.WRITE);
                // CLUSTER without a table does so to all that were clustered before.
                int name = clustered(s);
                if (name < s.to()) {
                    c.table(name, Access.WRITE);
                }
            }
            case "FLASHBACK", "UNDROP" -> {
                c.add(StatementKind.ALTER, Effect.DDL_HIGH);
                if (t.is(i + 1, "TABLE")) {
                    c.tables(i + 2, s.to());
                }
            }
            case "ASSOCIATE", "DISASSOCIATE" -> c.add(StatementKind.ALTER, Effect.DDL);
            case "LOCK", "UNLOCK" -> {
                c.add(StatementKind.LOCK, Effect.LITTLE);
                if (verb.equals("LOCK")) {
                    int first = t.isAny(i + 1, "TABLE", "TABLES") ? i + 2 : i + 1;
                    for (Span table : Clauses.commaSeparated(t, first, s.to())) {
                        c.table(table.from(), Access.READ);
                    }
                }
            }
            case "INSTALL", "UNINSTALL" -> c.add(StatementKind.ADMIN, Effect.FILE_WRITE);
            case "CLONE" -> c.add(StatementKind.ADMIN, Effect.FILE_WRITE);
            case "ADMINISTER" -> {
                // Oracle: keystores, and the keys that tables are encrypted with.
                c.add(StatementKind.ADMIN, Effect.ADMIN_WRITE);
                c.effect(Effect.PRIVILEGE_WRITE);
            }
            case "BINLOG" -> {
                // MySQL: applies row events in an encoding of their own.
                c.add(StatementKind.ADMIN, Effect.ADMIN);
                c.effect(Effect.OPAQUE);
            }
            default -> {
                return transfers.classify(s) || simple(s, verb);
            }
        }
        return true;
    }

    private boolean mentions(Span s, String word) {
        for (int i = s.from(); i < s.to(); i++) {
            if (t.is(i, word)) {
                return true;
            }
        }
        return false;
    }

    /** {@code CLUSTER [VERBOSE | (VERBOSE)] t [USING i]}, once {@code CLUSTER i ON t}: where the table is named. */
    private int clustered(Span s) {
        int i = s.from() + 1;
        if (t.is(i, TokenType.LEFT_PAREN)) {
            i = t.skip(i, s.to());
        } else if (t.is(i, "VERBOSE")) {
            i++;
        }
        int on = Clauses.find(t, i, s.to(), "ON");
        return on < s.to() ? on + 1 : i;
    }

    private boolean simple(Span s, String verb) {
        int i = s.from();
        if (TRANSACTION.contains(verb)) {
            boolean replication = verb.equals("START") && !t.is(i + 1, "TRANSACTION");
            c.add(
                    replication ? StatementKind.ADMIN : StatementKind.TRANSACTION,
                    replication ? Effect.ADMIN : Effect.NOTHING);
        } else if (READS.contains(verb)) {
            c.add(StatementKind.READ, Effect.NOTHING);
            if (verb.equals("HANDLER")) {
                c.table(i + 1, Access.READ);
            }
        } else if (SESSION.contains(verb)) {
            boolean identity = verb.equals("SETUSER") || verb.equals("REVERT");
            c.add(StatementKind.SESSION, identity ? Effect.PRIVILEGE : Effect.LITTLE);
        } else if (MAINTENANCE.contains(verb)) {
            if (verb.equals("DBCC")
                    && (mentions(s, "REPAIR_ALLOW_DATA_LOSS") || DBCC_DESTROYS.contains(t.word(i + 1)))) {
                c.add(StatementKind.ADMIN, Effect.EMPTY);
                return true;
            } else if (verb.equals("DBCC") && (DBCC_WRITES.contains(t.word(i + 1)) || mentions(s, "REPAIR_REBUILD"))) {
                c.add(StatementKind.ADMIN, Effect.ADMIN_WRITE);
                return true;
            }
            boolean file = verb.equals("VACUUM") && Clauses.find(t, i, s.to(), "INTO") < s.to();
            c.add(StatementKind.ADMIN, file ? Effect.FILE : verb.equals("DBCC") ? Effect.ADMIN : Effect.LITTLE);
        } else if (ADMIN.contains(verb)) {
            // CHANGE MASTER, CHANGE REPLICATION SOURCE: kept, and from where the server takes its data.
            Effect lasting = verb.equals("CHANGE") ? Effect.ADMIN_WRITE : Effect.ADMIN;
            c.add(StatementKind.ADMIN, verb.equals("SHUTDOWN") ? Effect.SHUTDOWN : lasting);
        } else if (t.isAny(i, "ENABLE", "DISABLE") && t.is(i + 1, "TRIGGER")) {
            c.add(StatementKind.ALTER, Effect.DDL_HIGH);
        } else {
            return false;
        }
        return true;
    }
}
