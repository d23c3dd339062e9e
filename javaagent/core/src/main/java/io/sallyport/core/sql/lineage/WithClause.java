package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads WITH: each CTE in turn, a recursive one until its columns' origins don't change any more. */
final class WithClause {

    private static final int MAX_ROUNDS = 24;
    /** Nearly all settle in two; what is wider than any query of a person's gets few more. */
    private static final int FEWEST_ROUNDS = 4;

    private static final int COLUMNS_OF_ROUNDS = 10_000;

    private final Work work;
    private final Tokens t;
    private final Queries queries;

    WithClause(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
    }

    /** The CTEs, and the index of the statement they belong to. */
    record Result(Ctes ctes, int main) {}

    Result read(int with, int to, @Nullable Scope outer, @Nullable Ctes around) {
        Ctes ctes = new Ctes(around);
        boolean keyword = t.is(with + 1, "RECURSIVE") && t.isName(with + 2);
        boolean recursive = keyword
                || work.dialect == Dialect.TSQL
                || work.dialect == Dialect.ORACLE
                || work.dialect == Dialect.H2
                || work.dialect == Dialect.SQLITE
                || work.dialect == Dialect.GENERIC;
        int i = keyword ? with + 2 : with + 1;
        while (i < to) {
            if (!t.isName(i)) {
                throw new UnreadableException("no name behind WITH");
            }
            String name = t.name(i++);
            List<String> columns = new ArrayList<>();
            if (t.is(i, TokenType.LEFT_PAREN)) {
                Span list = Clauses.inside(t, i, to);
                for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
                    columns.add(t.name(column.from()));
                }
                i = t.skip(i, to);
            }
            if (!t.is(i, "AS")) {
                throw new UnreadableException("no AS in WITH");
            }
            i++;
            while (t.isAny(i, "NOT", "MATERIALIZED")) {
                i++;
            }
            if (!t.is(i, TokenType.LEFT_PAREN)) {
                throw new UnreadableException("no query in WITH");
            }
            Span body = Clauses.inside(t, i, to);
            i = t.skip(i, to);
            List<Out> outs = recursive && mentions(body, name)
                    ? fixedPoint(name, columns, body, outer, ctes)
                    : renamed(queries.query(body, outer, ctes), columns);
            List<Out> all = new ArrayList<>(outs);
            i = searchAndCycle(i, to, all);
            ctes.put(name, all);
            if (!t.is(i, TokenType.COMMA)) {
                break;
            }
            i++;
        }
        return new Result(ctes, i);
    }

    private boolean mentions(Span body, String name) {
        for (int i = body.from(); i < body.to(); i++) {
            if (t.isName(i) && t.name(i).equals(name) && !t.is(i - 1, TokenType.DOT)) {
                return true;
            }
        }
        return false;
    }

    private List<Out> fixedPoint(String name, List<String> columns, Span body, @Nullable Scope outer, Ctes ctes) {
        boolean exact = work.isExact();
        int copies = work.copies.size();
        ctes.putUnknown(name);
        List<Out> last = renamed(queries.query(body, outer, ctes), columns);
        int rounds = Math.max(FEWEST_ROUNDS, Math.min(MAX_ROUNDS, COLUMNS_OF_ROUNDS / Math.max(1, last.size())));
        for (int round = 0; round < rounds; round++) {
            work.exact(exact);
            work.copies.subList(copies, work.copies.size()).clear();
            ctes.put(name, last);
            List<Out> next = renamed(queries.query(body, outer, ctes), columns);
            if (round > 0 && next.size() > last.size()) {
                // Each round would double them.
                throw new UnreadableException("a recursive CTE whose columns grow");
            }
            if (alike(next, last)) {
                return next;
            }
            last = next;
        }
        work.markInexact();
        return last;
    }

    private static boolean alike(List<Out> some, List<Out> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).isLike(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The columns with new names for the first ones. */
    static List<Out> renamed(List<Out> outs, List<String> names) {
        if (names.isEmpty()) {
            return outs;
        }
        if (outs.stream().anyMatch(Out::isOpen)) {
            return withNames(outs, names);
        }
        List<Out> renamed = new ArrayList<>();
        for (int i = 0; i < outs.size(); i++) {
            renamed.add(i < names.size() ? outs.get(i).named(names.get(i)) : outs.get(i));
        }
        return renamed;
    }

    /**
     * Names over unknown columns: from the first unknown one on, each may be any of them, and columns without a new name may
     * follow.
     */
    private static List<Out> withNames(List<Out> outs, List<String> names) {
        List<Out> renamed = new ArrayList<>();
        int i = 0;
        while (i < names.size() && !outs.get(i).isOpen()) {
            renamed.add(outs.get(i).named(names.get(i)));
            i++;
        }
        Origins row = new Origins();
        List<Out> rest = outs.subList(i, outs.size());
        rest.forEach(row::add);
        for (String name : names.subList(i, names.size())) {
            renamed.add(row.asColumn(name));
        }
        boolean table = rest.size() == 1 && rest.get(0).star() != null;
        renamed.addAll(
                i == names.size() || table ? rest : List.of(row.asColumn(null).repeated()));
        return renamed;
    }

    /** SEARCH … SET x and CYCLE … SET x USING y add columns that are computed from the others. */
    private int searchAndCycle(int from, int to, List<Out> outs) {
        int i = from;
        while (t.isAny(i, "SEARCH", "CYCLE") && i < to) {
            Origins row = new Origins();
            int set = Clauses.find(t, i, to, "SET");
            Span names = new Span(t.is(i, "CYCLE") ? i + 1 : Math.min(i + 4, set), set);
            named(names, outs).forEach(row::add);
            i++;
            while (i < to
                    && !t.isAny(i, "SEARCH", "CYCLE", "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES")
                    && !(t.is(i, TokenType.COMMA) && t.is(i + 2, "AS"))
                    && !(t.is(i, TokenType.LEFT_PAREN))) {
                if (t.isAny(i, "SET", "USING") && t.isName(i + 1)) {
                    outs.add(row.asColumn(t.name(i + 1)));
                }
                i++;
            }
        }
        return i;
    }

    /** The columns that {@code names} lists; all where one is not to be found. */
    private List<Out> named(Span names, List<Out> outs) {
        List<Out> found = new ArrayList<>();
        for (Span name : Clauses.commaSeparated(t, names.from(), names.to())) {
            List<Out> same = outs.stream()
                    .filter(out -> t.name(name.from()).equals(out.name()))
                    .toList();
            if (same.size() != 1) {
                return outs;
            }
            found.addAll(same);
        }
        return found.isEmpty() ? outs : found;
    }
}
