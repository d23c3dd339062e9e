package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Risk;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.AnsiQuotes;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Write;
import io.sallyport.core.sql.structure.WriteReader;
import java.util.Set;

/** Judges INSERT, REPLACE, UPDATE and DELETE. */
final class WriteClassifier {

    private final Context c;
    private final Tokens t;
    private final StatementClassifier statements;

    /** The sub-query that was read last. */
    private Span nested = new Span(0, 0);

    WriteClassifier(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.statements = statements;
    }

    void insert(Span s) {
        int i = s.from() + 1;
        boolean overwrite = false;
        boolean replaces = t.is(s.from(), "REPLACE");
        while (t.isAny(
                i, "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO", "OVERWRITE", "TABLE", "TOP", "OR")) {
            overwrite |= t.is(i, "OVERWRITE");
            if (t.is(i, "OR")) {
                replaces |= t.is(i + 1, "REPLACE");
                i += 2;
            } else if (t.is(i, "TOP")) {
                i = t.skip(i + 1, s.to());
            } else {
                i++;
            }
        }
        if (t.isAny(i, "ALL", "FIRST") && c.dialect() == Dialect.ORACLE) {
            for (int j = i; j < s.to(); j = t.skip(j, s.to())) {
                if (t.is(j, "INTO")) {
                    c.table(j + 1, Access.WRITE);
                }
            }
        } else {
            i = c.table(i, Access.WRITE);
        }
        c.out().add(StatementKind.INSERT, Risk.LOW, Effect.WRITE.facts);
        if (new SelfInsert(c.dialect(), t).overwrites(i, s.to(), replaces)) {
            c.effect(Effect.UNBOUNDED);
        }
        if (overwrite) {
            c.effect(Effect.EMPTY);
        }
        int exec = Clauses.find(t, i, s.to(), Set.of("EXEC", "EXECUTE"));
        if (exec < s.to() && c.dialect() == Dialect.TSQL) {
            statements.verb(new Span(exec, s.to()));
        }
        c.reads(new Span(i, s.to()));
    }

    void write(Span s) {
        StatementKind kind = t.is(s.from(), "UPDATE") ? StatementKind.UPDATE : StatementKind.DELETE;
        try {
            Write write = WriteReader.read(c.dialect(), t, s);
            TargetRows rows = new TargetRows(c, s.from());
            boolean unbounded = rows.unbounded(write);
            c.add(kind, unbounded ? Effect.UNBOUNDED : Effect.WRITE);
            if (!unbounded) {
                c.out().markBoundedWrite(rows.doubtful());
            }
            reportTables(write);
            nestedReads(s);
        } catch (UnreadableException e) {
            // A target in double quotes: without ANSI_QUOTES, as this reading has it, the server refuses it.
            boolean refused = AnsiQuotes.isMisplaced(t, s.from() + (t.is(s.from() + 1, "FROM") ? 2 : 1));
            c.add(kind, refused ? Effect.WRITE : Effect.OPAQUE);
            c.reads(s);
            if (!refused) {
                unread(s);
            }
        }
    }

    /** A write whose tables could not be told: as far as the text names some, all their rows. */
    private void unread(Span s) {
        c.effect(Effect.UNBOUNDED);
        int i = s.from() + 1;
        while (t.isAny(i, "LOW_PRIORITY", "QUICK", "IGNORE", "FROM", "ONLY")) {
            i++;
        }
        c.tables(i, s.to());
        c.writes(new Span(s.from(), Clauses.find(t, s.from(), s.to(), Set.of("SET", "WHERE"))));
    }

    private void reportTables(Write write) {
        for (FromItem target : write.targets()) {
            if (target.kind() == FromItem.Kind.TABLE) {
                c.out().table(new TableUse(target.schema(), target.table(), Access.WRITE));
            } else {
                c.writes(target.body());
            }
        }
        Set<FromItem> targets = Set.copyOf(write.targets());
        for (FromItem item : WriteReader.flat(write.tables())) {
            if (item.kind() == FromItem.Kind.TABLE && !targets.contains(item)) {
                c.out().table(new TableUse(item.schema(), item.table(), Access.READ));
            }
        }
    }

    /** Tables of the sub-queries of a write. A write inside one of them has been read with it. */
    private void nestedReads(Span s) {
        for (int i = s.from(); i < s.to(); i++) {
            if (t.is(i, TokenType.LEFT_PAREN) && t.match(i) > 0 && Clauses.startsQuery(t, i + 1, t.match(i))) {
                Span query = new Span(i + 1, t.match(i));
                if (query.from() < nested.from() || query.to() > nested.to()) {
                    c.reads(query);
                    nested = query;
                }
                i = t.match(i);
            }
        }
    }
}
