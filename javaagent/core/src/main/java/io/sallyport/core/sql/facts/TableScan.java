package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.FromReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Words;
import io.sallyport.core.sql.structure.WriteReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Finds the tables that a statement reads from, in one flat pass over its tokens. */
final class TableScan {

    private static final Set<String> FROM_IN_CALL =
            Set.of("EXTRACT", "SUBSTRING", "TRIM", "OVERLAY", "POSITION", "SUBSTR", "FOREIGN", "NORMALIZE", "CONVERT");
    private static final Set<String> ENDS = union(
            Words.AFTER_FROM, Words.SET_OPERATIONS, Set.of("RETURNING", "SET", "USING", "WHEN", "OUTPUT", "FROM"));
    private static final Set<String> JOIN_ENDS =
            union(Words.AFTER_FROM, Words.SET_OPERATIONS, Set.of("RETURNING", "SET", "WHEN", "FROM", "USING"));

    private static final int MAX_DEPTH = 66;
    /** Tokens and groups that are gone back over to find a WITH. */
    private static final int MAX_AROUND = 400;

    private final Dialect dialect;
    private final Tokens t;
    private final Consumer<TableUse> sink;

    TableScan(Dialect dialect, Tokens t, Consumer<TableUse> sink) {
        this.dialect = dialect;
        this.t = t;
        this.sink = sink;
    }

    /** Reports every table behind FROM, JOIN, USING or TABLE in {@code span} as read. */
    void reads(Span span) {
        Map<String, Span> ctes = ctes(span);
        int[] ends = new int[MAX_DEPTH];
        int depth = 0;
        ends[0] = span.to();
        for (int i = span.from(); i < span.to(); i++) {
            if (t.is(i, TokenType.LEFT_PAREN)) {
                int close = t.match(i);
                depth = Math.min(depth + 1, ends.length - 1);
                ends[depth] = close < 0 ? span.to() : close;
            } else if (t.is(i, TokenType.RIGHT_PAREN)) {
                depth = Math.max(0, depth - 1);
            } else if (t.is(i, "FROM") && isClause(i)) {
                items(i + 1, Clauses.find(t, i + 1, ends[depth], ENDS), ctes);
            } else if (t.is(i, "USING") && t.isName(i + 1) && isClause(i)) {
                items(i + 1, Clauses.find(t, i + 1, ends[depth], JOIN_ENDS), ctes);
            } else if (t.isAny(i, "JOIN", "APPLY") && t.isName(i + 1)
                    || t.is(i, "STRAIGHT_JOIN") && t.isName(i + 1) && !isSelectOption(i)) {
                one(i + 1, ctes);
            } else if (t.is(i, "TABLE")
                    && t.isName(i + 1)
                    && (i == span.from()
                            || t.is(i - 1, TokenType.LEFT_PAREN)
                            || t.isAny(i - 1, "UNION", "ALL", "AS"))) {
                one(i + 1, ctes);
            }
        }
    }

    /** The queries that a WITH names, in {@code span} or around it, and from where on their names mean them. */
    private Map<String, Span> ctes(Span span) {
        if (!t.with()) {
            return Map.of();
        }
        Map<String, Span> ctes = new HashMap<>();
        boolean[] recursive = new boolean[MAX_DEPTH];
        int depth = 0;
        for (int i = span.from(); i < span.to(); i++) {
            if (t.is(i, TokenType.LEFT_PAREN)) {
                depth = Math.min(depth + 1, MAX_DEPTH - 1);
            } else if (t.is(i, TokenType.RIGHT_PAREN)) {
                depth = Math.max(0, depth - 1);
            } else if (t.is(i, "WITH")) {
                recursive[depth] = t.is(i + 1, "RECURSIVE");
            } else if (t.is(i, "AS") && definesCte(i)) {
                int name = t.is(i - 1, TokenType.RIGHT_PAREN) ? t.match(i - 1) - 1 : i - 1;
                ctes.put(t.name(name), recursive[depth] || meansItself() ? span : behind(i, span));
            }
        }
        around(span.from(), ctes);
        return ctes;
    }

    /** Where a query may name itself without more ado. */
    private boolean meansItself() {
        return dialect == Dialect.TSQL || dialect == Dialect.ORACLE || dialect == Dialect.SQLITE;
    }

    private Span behind(int as, Span span) {
        int open = as + 1;
        while (t.isAny(open, "NOT", "MATERIALIZED")) {
            open++;
        }
        return new Span(Math.min(t.skip(open, span.to()), span.to()), span.to());
    }

    /** What stands before a write or a query in brackets in the same WITH: {@code WITH s AS (…), i AS (INSERT … SELECT … FROM s)}. */
    private void around(int from, Map<String, Span> ctes) {
        int i = from - 1;
        for (int steps = 0; i >= 0 && steps < MAX_AROUND && !t.is(i, TokenType.SEMICOLON); steps++) {
            if (t.is(i, TokenType.RIGHT_PAREN)) {
                i = Math.max(t.match(i), 0);
            } else if (t.is(i, TokenType.LEFT_PAREN)) {
                new Ctes(t, i + 1).all().forEach((name, body) -> ctes.putIfAbsent(name, new Span(from, t.size())));
            }
            i--;
        }
    }

    /** {@code SELECT STRAIGHT_JOIN …} (MySQL): no join. */
    private boolean isSelectOption(int i) {
        return t.isAny(i - 1, "SELECT", "DISTINCT", "ALL", "HIGH_PRIORITY")
                || t.word(i - 1).startsWith("SQL_")
                || t.isAny(i + 1, "DISTINCT", "ALL")
                || t.word(i + 1).startsWith("SQL_");
    }

    private boolean definesCte(int as) {
        int open = as + 1;
        if (t.is(open, "NOT")) {
            open++;
        }
        if (t.is(open, "MATERIALIZED")) {
            open++;
        }
        return t.is(open, TokenType.LEFT_PAREN)
                && (t.isName(as - 1) || t.is(as - 1, TokenType.RIGHT_PAREN) && t.isName(t.match(as - 1) - 1))
                && Clauses.startsQuery(t, open + 1, t.match(open) < 0 ? t.size() : t.match(open));
    }

    private boolean isClause(int from) {
        if (t.is(from - 1, "DELETE")) {
            // The target; who reads the write reports it.
            return false;
        }
        if (t.is(from - 1, "DISTINCT") && t.isAny(from - 2, "IS", "NOT")) {
            return false;
        }
        int i = from - 1;
        int steps = 0;
        while (i >= 0 && !t.is(i, TokenType.LEFT_PAREN) && steps++ < 12) {
            int open = t.is(i, TokenType.RIGHT_PAREN) ? t.match(i) : i;
            i = Math.max(open, 0) - 1;
        }
        return !(t.is(i, TokenType.LEFT_PAREN) && FROM_IN_CALL.contains(t.word(i - 1)));
    }

    private void items(int from, int to, Map<String, Span> ctes) {
        try {
            for (FromItem item : WriteReader.flat(FromReader.read(dialect, t, new Span(from, to)))) {
                if (item.kind() == FromItem.Kind.TABLE) {
                    report(item.name(), from, ctes);
                }
            }
        } catch (UnreadableException e) {
            one(from, ctes);
        }
    }

    private void one(int at, Map<String, Span> ctes) {
        int i = t.is(at, "ONLY") ? at + 1 : at;
        if (!t.isName(i)) {
            return;
        }
        String schema = "";
        String table = t.name(i++);
        while (t.is(i, TokenType.DOT) && t.isName(i + 1)) {
            schema = table;
            table = t.name(i + 1);
            i += 2;
        }
        if (!t.is(i, TokenType.LEFT_PAREN)) {
            report(schema.isEmpty() ? List.of(table) : List.of(schema, table), at, ctes);
        }
    }

    private void report(List<String> name, int at, Map<String, Span> ctes) {
        String table = name.get(name.size() - 1);
        Span meant = ctes.get(table);
        boolean hidden = name.size() == 1
                && (meant != null && at >= meant.from()
                        || table.equals("dual")
                        || table.startsWith("@")
                        || table.startsWith(":"));
        if (!hidden) {
            String schema = name.size() > 1 ? name.get(name.size() - 2) : "";
            sink.accept(new TableUse(schema.isEmpty() ? null : schema, table, Access.READ));
        }
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return Set.copyOf(all);
    }
}
