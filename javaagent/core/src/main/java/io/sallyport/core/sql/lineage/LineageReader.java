package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Influences;
import io.sallyport.core.sql.Inheritance;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
        List<Lineage> outputs = new ArrayList<>();
        boolean unknown = t.broken() || t.unbalanced() || t.size() > MAX_TOKENS;
        if (!unknown) {
            for (Span statement : statements) {
                Lineage one = one(work, t, statement);
                if (!one.exact() || !one.items().isEmpty()) {
                    outputs.add(one);
                }
            }
        }
        if (unknown) {
            return result(work, List.of(), false);
        }
        if (outputs.isEmpty()) {
            return result(work, List.of(), true);
        }
        boolean exact = !t.conditional() && outputs.stream().allMatch(Lineage::exact);
        if (outputs.size() == 1) {
            return result(work, outputs.get(0).items(), exact);
        }
        boolean told = exact && outputs.stream().allMatch(LineageReader::isComplete);
        return result(work, told ? anyOf(outputs) : List.of(), told);
    }

    private static boolean isComplete(Lineage output) {
        return output.items().stream()
                .allMatch(item -> !(item instanceof OutputItem.Column column) || column.complete());
    }

    /** Several results, of which it cannot be told here which one is at hand: each column may be each. */
    private static List<OutputItem> anyOf(List<Lineage> outputs) {
        Set<ColumnOrigin> origins = new LinkedHashSet<>();
        for (Lineage output : outputs) {
            for (OutputItem item : output.items()) {
                addOrigins(item, origins);
            }
        }
        return List.of(new OutputItem.Rest(origins));
    }

    private static void addOrigins(OutputItem item, Set<ColumnOrigin> into) {
        if (item instanceof OutputItem.Column column) {
            into.addAll(column.origins());
        } else if (item instanceof OutputItem.Rest rest) {
            into.addAll(rest.origins());
        } else if (item instanceof OutputItem.Star star) {
            into.add(new ColumnOrigin(star.schema(), star.table(), ColumnOrigin.WHOLE_ROW));
            star.written().forEach(written -> into.addAll(written.origins()));
        }
    }

    private static Result result(Work work, List<OutputItem> items, boolean exact) {
        // Where the output could not be read, clauses may have been missed as well.
        boolean complete = exact && work.influences.isComplete();
        AssignedVariables assigned = work.assigned;
        if (assigned.areNone()) {
            Influences influences = new Influences(work.influences.columns(), complete);
            Lineage lineage = new Lineage(items, exact, work.copies, influences, Inheritance.NONE);
            return new Result(lineage, work.reads, work.made);
        }
        Origins behind = assigned.behind(work.influences.columns());
        Lineage lineage = new Lineage(
                items.stream().map(assigned::item).toList(),
                exact,
                work.copies,
                new Influences(behind.columns(), complete && behind.isComplete()),
                Inheritance.NONE);
        return new Result(lineage, work.reads, work.made);
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
                if (out.many() && !out.complete()) {
                    work.markInexact();
                }
                items.add(item(out));
            }
            return new Lineage(items, work.isExact(), List.of());
        } catch (UnreadableException e) {
            return Lineage.UNKNOWN;
        }
    }

    private static OutputItem item(Out out) {
        Relation star = out.star();
        if (star != null) {
            return new OutputItem.Star(
                    star.schema(), star.table(), star.written().items());
        }
        return out.many() && out.complete()
                ? new OutputItem.Rest(out.origins())
                : new OutputItem.Column(out.name(), out.origins(), out.complete());
    }

    /**
     * What a procedure returns, where the catalogue knows it or the call only computes: what it is given, and what the routines that
     * are called may read, which is added to every output.
     */
    private static @Nullable List<Out> called(Work work, Tokens t, Span s, Queries queries) {
        new Renames(work, t).procedure(s);
        new Variables(work, t, queries).called(s);
        Span arguments = new Span(s.from() + 1, s.to());
        Origins given = new Origins();
        queries.expressions().collect(arguments, new Scope(null, false), new Ctes(null), given);
        if (work.dialect == Dialect.H2 && t.is(s.from() + 1, "IMMEDIATE")) {
            // The text that is run may be any definition.
            new Copies(work).kept(KeptPlace.DEFINITIONS, given);
        }
        boolean told = t.is(s.from(), "CALL") && new Calls(work, t).areTold(arguments);
        new Calls(work, t).run(arguments);
        return told ? List.of(given.asColumn(null).repeated()) : null;
    }

    /** Whether the function of this (folded) name may return what its arguments only name, or what the server keeps of any table. */
    public static boolean readsAnything(String function) {
        return KeptValues.readsAnything(function);
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
                return new Transfers(work, t, queries).script(s);
            }
            case "ATTACH" -> {
                new Transfers(work, t, queries).attach(s);
                return work.dialect == Dialect.SQLITE ? List.of() : null;
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
                return called(work, t, s, queries);
            }
            case "SHOW" -> {
                return Shown.by(work.dialect, t, s);
            }
            case "HANDLER" -> {
                // Rows of the table that some statement before opened under this name.
                return t.is(s.from() + 2, "READ") || t.is(s.from() + 4, "READ") ? List.of(Shown.anything()) : List.of();
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
