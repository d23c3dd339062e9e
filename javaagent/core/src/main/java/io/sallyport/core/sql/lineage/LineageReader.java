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
            "GRANT",
            "REVOKE",
            "DENY",
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
            "DESCRIBE",
            "DESC",
            "PRAGMA",
            "PREPARE",
            "CLOSE",
            "OPEN",
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

    /**
     * A lineage, with what was found on the way.
     *
     * @param reads tables that are read, base tables of views among them
     * @param made tables that the statement makes and that hold nothing yet
     */
    public record Result(Lineage lineage, Set<TableUse> reads, Set<String> made) {}

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
        return new Result(new Lineage(items, exact, work.copies, influences, Inheritance.NONE), work.reads, work.made);
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

    /** What a procedure does is not known; what it is given is. */
    private static void called(Work work, Tokens t, Span s, Queries queries) {
        new Renames(work, t).procedure(s);
        new Variables(work, t, queries).called(s);
        Span arguments = new Span(s.from() + 1, s.to());
        queries.expressions().collect(arguments, new Scope(null, false), new Ctes(null), new Origins());
    }

    /** What a routine's body copies when {@code table} calls it as a trigger. */
    public static List<Lineage.Copy> triggered(
            Dialect dialect, Schema schema, Tokens body, @Nullable String inSchema, String table) {
        Work work = new Work(dialect, schema, BUDGET);
        if (!body.broken() && !body.unbalanced() && body.size() <= MAX_TOKENS) {
            try {
                new RoutineBodies(work, body, new Queries(work, body))
                        .body(new Span(0, body.size()), new TableName(inSchema, table, 0));
            } catch (UnreadableException e) {
                // What was found until then counts.
                return work.copies;
            }
        }
        return work.copies;
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
                new Definitions(work, t, queries).create(s);
                return List.of();
            }
            case "ALTER" -> {
                new Definitions(work, t, queries).alter(s);
                return List.of();
            }
            case "RENAME" -> {
                new Renames(work, t).statement(s);
                return List.of();
            }
            case "COPY" -> {
                return new Transfers(work, t, queries).copy(s);
            }
            case "LOAD", "BULK" -> {
                new Transfers(work, t, queries).load(s);
                return SILENT.contains(verb) ? List.of() : null;
            }
            case "SCRIPT" -> {
                new Transfers(work, t, queries).script(s);
                return null;
            }
            case "BACKUP", "VACUUM" -> {
                boolean embedded = work.dialect == Dialect.H2 || work.dialect == Dialect.SQLITE;
                if (embedded) {
                    new Transfers(work, t, queries).database(s);
                }
                return embedded || SILENT.contains(verb) ? List.of() : null;
            }
            case "SET", "DECLARE" -> {
                new Variables(work, t, queries).statement(s);
                return List.of();
            }
            case "COMMENT" -> {
                new KeptDefinitions(work, t, queries).comment(s);
                return List.of();
            }
            case "EXPLAIN" -> {
                return Shown.plan(work.dialect, t, s);
            }
            case "DO" -> {
                if (work.dialect == Dialect.MYSQL) {
                    queries.expressions().collect(s, new Scope(null, false), new Ctes(null), new Origins());
                }
                new RoutineBodies(work, t, queries).block(s);
                return List.of();
            }
            case "CALL", "EXEC", "EXECUTE" -> {
                called(work, t, s, queries);
                return null;
            }
            case "SHOW" -> {
                return Shown.by(work.dialect, t, s);
            }
            case "DBCC" -> {
                return Shown.dbcc(t, s);
            }
            case "GET" -> {
                new Variables(work, t, queries).called(s);
                return null;
            }
            case "ANALYZE" -> {
                return Clauses.startsQuery(t, s.from() + 1, s.to()) ? null : List.of();
            }
            default -> {
                return SILENT.contains(verb) ? List.of() : null;
            }
        }
    }
}
