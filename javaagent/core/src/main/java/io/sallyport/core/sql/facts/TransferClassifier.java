package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;

/** Judges statements that move data in bulk between tables and files, streams or other databases. */
final class TransferClassifier {

    private final Context c;
    private final Tokens t;

    TransferClassifier(Context c) {
        this.c = c;
        this.t = c.t();
    }

    /** Judges the statement; {@code false} when its verb moves no data. */
    boolean classify(Span s) {
        switch (t.word(s.from())) {
            case "COPY" -> copy(s);
            case "LOAD" -> load(s);
            case "BULK" -> {
                c.add(StatementKind.COPY_LOAD, Effect.FILE_WRITE);
                c.table(s.from() + 2, Access.WRITE);
            }
            case "BACKUP" -> c.add(StatementKind.ADMIN, Effect.FILE);
            case "RESTORE" -> {
                c.add(StatementKind.ADMIN, Effect.FILE_WRITE);
                c.effect(Effect.EMPTY);
            }
            case "RUNSCRIPT" -> {
                c.add(StatementKind.DYNAMIC, Effect.FILE_WRITE);
                c.effect(Effect.OPAQUE);
            }
            case "SCRIPT" -> {
                boolean file = Clauses.find(t, s.from(), s.to(), "TO") < s.to();
                c.add(StatementKind.COPY_LOAD, file ? Effect.FILE : Effect.LITTLE);
            }
            case "EXPORT", "UNLOAD" -> c.add(StatementKind.COPY_LOAD, Effect.FILE);
            case "IMPORT" -> {
                if (t.is(s.from() + 1, "FOREIGN")) {
                    c.add(StatementKind.CREATE, Effect.DDL_HIGH);
                    c.effect(Effect.FILE_WRITE);
                } else {
                    c.add(StatementKind.COPY_LOAD, Effect.FILE_WRITE);
                }
            }
            case "ATTACH" -> attach(s);
            case "DETACH" -> c.add(StatementKind.ADMIN, Effect.LITTLE);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void copy(Span s) {
        int i = s.from() + 1;
        boolean query = t.is(i, TokenType.LEFT_PAREN);
        if (query) {
            Span body = Clauses.inside(t, i, s.to());
            if (t.isAny(body.from(), "SELECT", "WITH")) {
                c.reads(body);
            }
            i = t.skip(i, s.to());
        }
        int direction = Clauses.find(t, i, s.to(), Set.of("FROM", "TO"));
        boolean load = t.is(direction, "FROM");
        if (!query) {
            c.table(t.is(i, "BINARY") ? i + 1 : i, load ? Access.WRITE : Access.READ);
        }
        if (!t.isAny(direction + 1, "STDIN", "STDOUT")) {
            c.add(StatementKind.COPY_LOAD, load ? Effect.FILE_WRITE : Effect.FILE);
        } else {
            c.add(StatementKind.COPY_LOAD, load ? Effect.WRITE : Effect.LITTLE);
        }
    }

    private void load(Span s) {
        if (t.is(s.from() + 1, "INDEX")) {
            c.add(StatementKind.ADMIN, Effect.LITTLE);
            return;
        }
        if (!t.isAny(s.from() + 1, "DATA", "XML")) {
            c.add(StatementKind.ADMIN, Effect.FILE_WRITE);
            return;
        }
        c.add(StatementKind.COPY_LOAD, Effect.FILE_WRITE);
        int into = Clauses.find(t, s.from(), s.to(), "TABLE");
        if (into < s.to()) {
            c.table(into + 1, Access.WRITE);
        }
    }

    /** SQLite; a database in memory is no file. */
    private void attach(Span s) {
        int i = t.is(s.from() + 1, "DATABASE") ? s.from() + 2 : s.from() + 1;
        boolean memory = t.is(i, TokenType.STRING)
                && t.is(i + 1, "AS")
                && (t.content(i).equals(":memory:") || t.content(i).isEmpty());
        c.add(StatementKind.ADMIN, memory ? Effect.LITTLE : Effect.FILE_WRITE);
    }
}
