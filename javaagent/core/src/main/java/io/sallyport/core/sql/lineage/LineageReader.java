package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Influences;
import io.sallyport.core.sql.Inheritance;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where a statement's output columns, and the values it copies, come from. */
public final class LineageReader {

    /** Texts with more tokens aren't followed; what they return is treated as unknown. */
    private static final int MAX_TOKENS = 24_000;

    private static final int BUDGET = 600_000;
    private static final Set<String> SILENT = Set.of(
            "DROP",
            "TRUNCATE",
            "ALTER",
            "RENAME",
            "COMMENT",
            "GRANT",
            "REVOKE",
            "DENY",
            "SET",
            "RESET",
            "BEGIN",
            "START",
            "COMMIT",
            "ROLLBACK",
            "SAVEPOINT",
            "RELEASE",
            "END",
            "ABORT",
            "LOCK",
            "UNLOCK",
            "USE",
            "LISTEN",
            "UNLISTEN",
            "NOTIFY",
            "DISCARD",
            "DEALLOCATE",
            "VACUUM",
            "REINDEX",
            "CLUSTER",
            "LOAD",
            "SHOW",
            "EXPLAIN",
            "DESCRIBE",
            "DESC",
            "PRAGMA",
            "PREPARE",
            "CLOSE",
            "OPEN",
            "DO",
            "KILL",
            "FLUSH",
            "SAVE",
            "REVERT",
            "PRINT",
            "CHECKPOINT",
            "REFRESH",
            "REASSIGN",
            "SECURITY",
            "PURGE");

    private LineageReader() {}

    /** A lineage and the tables that were read on the way, base tables of views among them. */
    public record Result(Lineage lineage, Set<TableUse> reads) {}

    /** The lineage of all {@code statements} of {@code t}; one that cannot be read has {@link Lineage#UNKNOWN}. */
    public static Result read(Dialect dialect, Schema schema, Tokens t, List<Span> statements) {
        Work work = new Work(dialect, schema, BUDGET);
        Lineage only = null;
        int outputs = 0;
        boolean unknown = t.broken() || t.unbalanced() || t.size() > MAX_TOKENS;
        if (!unknown) {
            for (Span statement : statements) {
                Lineage one = one(work, t, statement);
                if (!one.exact() || !one.items().isEmpty()) {
                    outputs++;
                    only = one;
                }
            }
        }
        if (unknown || outputs > 1) {
            return result(work, List.of(), false);
        }
        if (only == null) {
            return result(work, List.of(), true);
        }
        return result(work, only.items(), only.exact() && !t.conditional());
    }

    private static Result result(Work work, List<OutputItem> items, boolean exact) {
        // Where the output could not be read, clauses may have been missed as well.
        Influences influences = new Influences(work.influences.columns(), exact && work.influences.isComplete());
        return new Result(new Lineage(items, exact, work.copies, influences, Inheritance.NONE), work.reads);
    }

    private static Lineage one(Work work, Tokens t, Span statement) {
        work.restart();
        try {
            List<Out> outs = outputs(work, t, statement);
            if (outs == null) {
                return Lineage.UNKNOWN;
            }
            if (work.isSilent()) {
                return Lineage.NONE;
            }
            List<OutputItem> items = new ArrayList<>(outs.size());
            for (Out out : outs) {
                Relation star = out.star();
                if (out.many()) {
                    work.markInexact();
                }
                items.add(
                        star == null
                                ? new OutputItem.Column(out.name(), out.origins(), out.complete() && !out.many())
                                : new OutputItem.Star(
                                        star.schema(),
                                        star.table(),
                                        star.written().items()));
            }
            return new Lineage(items, work.isExact(), List.of());
        } catch (UnreadableException e) {
            return Lineage.UNKNOWN;
        }
    }

    /** The output columns; {@code null} when they cannot be known. */
    private static @Nullable List<Out> outputs(Work work, Tokens t, Span s) {
        Queries queries = new Queries(work, t);
        String verb = t.word(s.from());
        if (t.is(s.from(), TokenType.LEFT_PAREN)) {
            return queries.query(s, null, null);
        }
        switch (verb) {
            case "SELECT", "VALUES", "TABLE", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE" -> {
                return queries.query(s, null, null);
            }
            case "CREATE" -> {
                created(work, t, s, queries);
                return List.of();
            }
            case "COPY" -> {
                return Clauses.find(t, s.from(), s.to(), "TO") < s.to() ? null : List.of();
            }
            case "DECLARE" -> {
                return List.of();
            }
            case "ANALYZE" -> {
                return Clauses.startsQuery(t, s.from() + 1, s.to()) ? null : List.of();
            }
            default -> {
                return SILENT.contains(verb) ? List.of() : null;
            }
        }
    }

    /** CREATE TABLE … AS and CREATE VIEW … AS copy. */
    private static void created(Work work, Tokens t, Span s, Queries queries) {
        int object = Clauses.find(t, s.from(), s.to(), Set.of("TABLE", "VIEW"));
        if (object == s.to()
                || Clauses.find(t, s.from(), object, Set.of("FUNCTION", "PROCEDURE", "TRIGGER")) < object) {
            return;
        }
        int i = object + 1;
        while (t.isAny(i, "IF", "NOT", "EXISTS")) {
            i++;
        }
        String schema = null;
        String table = t.name(i++);
        while (t.is(i, TokenType.DOT)) {
            schema = table;
            table = t.name(i + 1);
            i += 2;
        }
        List<String> columns = null;
        if (t.is(i, TokenType.LEFT_PAREN) && !Clauses.startsQuery(t, i + 1, s.to())) {
            columns = new ArrayList<>();
            Span list = Clauses.inside(t, i, s.to());
            for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
                columns.add(t.name(column.from()));
            }
            i = t.skip(i, s.to());
        }
        int query = i;
        while (query < s.to() && !Clauses.startsQuery(t, query, s.to())) {
            query = t.skip(query, s.to());
        }
        if (query < s.to()) {
            int end = Clauses.find(t, query, s.to(), "WITH");
            boolean tail = end > query
                    && end < s.to()
                    && (t.isAny(end + 1, "DATA", "NO", "CHECK", "CASCADED", "LOCAL", "READ"));
            List<Out> outs = queries.query(new Span(query, tail ? end : s.to()), null, null);
            new Copies(work).table(schema, table, columns, outs);
        }
    }
}
