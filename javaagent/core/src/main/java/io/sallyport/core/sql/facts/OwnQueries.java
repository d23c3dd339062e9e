package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.FromItem.Join;
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
import org.jspecify.annotations.Nullable;

/**
 * Sub-queries over the written table in which the written row takes part itself: {@code id IN (SELECT id FROM t)}, {@code EXISTS
 * (SELECT 1 FROM t x WHERE x.id = t.id)}. The test is put to the row itself, in place of the sub-query's: where that passes whatever the
 * row holds, the sub-query keeps no row out.
 */
final class OwnQueries {

    private static final int MAX_NESTED = 4;
    /** Of VALUES, in which the written row's own value is looked for. */
    private static final int MAX_ROWS = 32;
    /** What looking at a sub-query costs beside its tokens. */
    private static final int COST = 40;

    private static final Set<String> ENDS = Set.of(
            "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FETCH", "WINDOW", "QUALIFY", "FOR", "OPTION", "CONNECT",
            "START", "INTO", "MODEL", "LOCK");

    private final Dialect dialect;
    private final Tokens t;
    private final Ctes ctes;
    private final Witness witness;
    private final Effort effort;
    private final Map<Question, Boolean> known = new HashMap<>();
    private int nested;
    /** Those of the sub-query being looked at. */
    private @Nullable Ctes nearest;

    /** What was asked about a sub-query, which may be asked again for each row that is tried. */
    private record Question(
            int from, String names, @Nullable String text) {}

    OwnQueries(Dialect dialect, Tokens t, Ctes ctes, Witness witness, Effort effort) {
        this.dialect = dialect;
        this.t = t;
        this.ctes = ctes;
        this.witness = witness;
        this.effort = effort;
    }

    /**
     * Whether the row of {@code names} is found by {@code query} and gives {@code text} there.
     *
     * @param text {@code null} where it doesn't matter what it gives
     */
    boolean holds(Span query, TargetNames names, @Nullable String text) {
        Question question = new Question(query.from(), names.id(), text);
        Boolean before = known.get(question);
        if (before != null) {
            return before;
        }
        if (nested >= MAX_NESTED || !effort.take(COST + query.to() - query.from())) {
            return false;
        }
        nested++;
        boolean holds = union(query, names, text);
        nested--;
        known.put(question, holds);
        return holds;
    }

    private boolean union(Span whole, TargetNames names, @Nullable String text) {
        Span query = unwrapped(whole);
        int main = t.is(query.from(), "WITH") ? Clauses.mainVerb(t, query.from(), query.to()) : query.to();
        if (main == query.to()) {
            return branches(query, names, text);
        }
        Ctes around = nearest;
        nearest = new Ctes(t, main);
        boolean holds = branches(new Span(main, query.to()), names, text);
        nearest = around;
        return holds;
    }

    private boolean branches(Span query, TargetNames names, @Nullable String text) {
        int from = query.from();
        while (from < query.to()) {
            int end = Clauses.find(t, from, query.to(), Words.SET_OPERATIONS);
            if (end < query.to() && !t.is(end, "UNION")) {
                return false;
            }
            if (branch(unwrapped(new Span(from, end)), names, text)) {
                return true;
            }
            from = t.isAny(end + 1, "ALL", "DISTINCT") ? end + 2 : end + 1;
        }
        return false;
    }

    private Span unwrapped(Span query) {
        Span inner = query;
        while (t.is(inner.from(), TokenType.LEFT_PAREN) && t.match(inner.from()) == inner.to() - 1) {
            inner = new Span(inner.from() + 1, inner.to() - 1);
        }
        return inner;
    }

    private boolean branch(Span query, TargetNames names, @Nullable String text) {
        int i = query.from();
        if (t.is(i, "VALUES")) {
            return givesOneOf(Clauses.commaSeparated(t, i + 1, query.to()), names, text);
        }
        if (t.is(i, "TABLE")) {
            return inner(new Span(i + 1, query.to()), names) != null;
        }
        if (!t.is(i, "SELECT")) {
            return false;
        }
        i++;
        i += t.isAny(i, "ALL", "DISTINCT") ? 1 : 0;
        i = afterWholeTop(i, query.to());
        if (t.isAny(i, "TOP", "ON")) {
            return false;
        }
        int from = Clauses.find(t, i, query.to(), "FROM");
        Span selected = new Span(i, from);
        if (from == query.to()) {
            return Clauses.find(t, i, from, Words.AFTER_FROM) == from && gives(selected, names, text);
        }
        int end = Clauses.findClause(t, from + 1, query.to(), Words.AFTER_FROM);
        if (t.isOp(i, "*") && from == i + 1 && isDerived(new Span(from + 1, end))) {
            // SELECT * FROM (SELECT id FROM t) z, as MySQL wants it of a table that is written.
            return keepsRows(new Span(end, query.to()), text == null)
                    && union(Clauses.inside(t, from + 1, end), names, text);
        }
        TargetNames inner = inner(new Span(from + 1, end), names);
        if (inner == null) {
            return text != null && givesOuter(query, selected, new Span(from + 1, end), names, text);
        }
        return keepsRow(new Span(end, query.to()), inner, text == null) && gives(selected, inner, text);
    }

    /**
     * Whether {@code query} gives the least or greatest of the values {@code text} of all rows, the written one among them: {@code id >=
     * (SELECT MIN(id) FROM t)}.
     *
     * @param aggregate {@code MIN} or {@code MAX}
     */
    boolean bounds(Span query, TargetNames names, String aggregate, String text) {
        Span plain = unwrapped(query);
        int from = Clauses.find(t, plain.from(), plain.to(), "FROM");
        int call = plain.from() + 1;
        if (!t.is(plain.from(), "SELECT")
                || from >= plain.to()
                || !t.is(call, aggregate)
                || !t.is(call + 1, TokenType.LEFT_PAREN)
                || t.skip(call + 1, from) != from
                || nested >= MAX_NESTED
                || !effort.take(COST + query.to() - query.from())) {
            return false;
        }
        int end = Clauses.findClause(t, from + 1, plain.to(), Words.AFTER_FROM);
        TargetNames inner = inner(new Span(from + 1, end), names);
        if (inner == null || Clauses.find(t, end, plain.to(), "GROUP") < plain.to()) {
            return false;
        }
        nested++;
        boolean bounds = keepsRow(new Span(end, plain.to()), inner, false)
                && gives(Clauses.inside(t, call + 1, from), inner, text);
        nested--;
        return bounds;
    }

    /** Whether the written row passes the filter, if there is one in {@code tail}, and what follows it. */
    private boolean keepsRow(Span tail, TargetNames inner, boolean anyRow) {
        int rest = tail.from();
        if (t.is(rest, "WHERE")) {
            rest = Clauses.findClause(t, rest + 1, tail.to(), ENDS);
            if (!passes(new Span(tail.from() + 1, rest), inner)) {
                return false;
            }
        }
        return keepsRows(new Span(rest, tail.to()), anyRow);
    }

    /** T-SQL: {@code TOP (100) PERCENT} leaves none out. */
    private int afterWholeTop(int i, int to) {
        int number = t.is(i + 1, TokenType.LEFT_PAREN) ? i + 2 : i + 1;
        int end = t.skip(i + 1, to);
        return t.is(i, "TOP") && t.is(end, "PERCENT") && t.text(number).equals("100") ? end + 1 : i;
    }

    /** A query in brackets and its name, and nothing else. */
    private boolean isDerived(Span list) {
        int after = t.skip(list.from(), list.to());
        int name = t.is(after, "AS") ? after + 1 : after;
        return t.is(list.from(), TokenType.LEFT_PAREN)
                && Clauses.isQuery(t, list.from() + 1, after - 1)
                && (after == list.to() || t.isName(name) && name + 1 == list.to());
    }

    /** {@code id IN (SELECT t.id FROM other)}: the written row's own value, once for each row of another table. */
    private boolean givesOuter(Span query, Span selected, Span list, TargetNames names, String text) {
        boolean own = t.is(selected.from() + 1, TokenType.DOT)
                && names.isOwn(new Span(selected.from(), selected.from() + 3))
                && gives(selected, names, text);
        if (!own) {
            return false;
        }
        Set<String> labels = new HashSet<>();
        try {
            for (FromItem item : WriteReader.flat(FromReader.read(dialect, t, list))) {
                if (!item.conditions().isEmpty() || item.label().equals(t.name(selected.from()))) {
                    return false;
                }
                labels.add(item.label());
            }
        } catch (UnreadableException e) {
            return false;
        }
        int tail = list.to();
        if (t.is(tail, "WHERE")) {
            tail = Clauses.findClause(t, tail + 1, query.to(), ENDS);
            Span filter = new Span(list.to() + 1, tail);
            TargetNames inner = names.with(names.target().label(), labels);
            if (ConditionFolder.fold(dialect, t, filter, inner).kind() != Value.Kind.OTHER && !passes(filter, inner)) {
                return false;
            }
        }
        return keepsRows(new Span(tail, query.to()), true);
    }

    /** The names inside the query, where one of its tables is the written one. */
    private @Nullable TargetNames inner(Span list, TargetNames names) {
        List<FromItem> items;
        try {
            items = WriteReader.flat(FromReader.read(dialect, t, list));
        } catch (UnreadableException e) {
            return null;
        }
        Set<String> others = new HashSet<>();
        for (FromItem item : items.subList(Math.min(1, items.size()), items.size())) {
            if (item.join() != Join.LEFT) {
                return null;
            }
            others.add(item.label());
        }
        return items.isEmpty() || !isWhole(items.get(0), names.target())
                ? null
                : names.with(items.get(0).label(), others);
    }

    /** Whether {@code item} is the table {@code target}, or a query that gives all its rows. */
    boolean isWhole(FromItem item, FromItem target) {
        Map<String, String> renamed = renamed(item, target);
        return renamed != null && renamed.isEmpty();
    }

    /**
     * The columns that {@code item} has under other names than the table {@code target}, whose rows it gives all, and what it calculates: by their
     * names, with those of the table's columns or the empty text. {@code null} where it doesn't give all rows.
     */
    @Nullable
    Map<String, String> renamed(FromItem item, FromItem target) {
        if (item.reshaped() != null || target.table().isEmpty()) {
            return null;
        }
        Span cte = item.kind() == FromItem.Kind.TABLE && item.schema() == null ? cte(item.table()) : null;
        if (item.kind() == FromItem.Kind.QUERY || cte != null) {
            Span query = unwrapped(cte == null ? item.body() : cte);
            return nested < MAX_NESTED && isWholeQuery(query, target)
                    ? SelectedColumns.renamed(t, query, item.columns(), target.label())
                    : null;
        }
        return item.columns().isEmpty() && isTable(item, target) ? Map.of() : null;
    }

    private static boolean isTable(FromItem item, FromItem target) {
        if (item.kind() != FromItem.Kind.TABLE) {
            return false;
        }
        boolean schema = item.schema() == null
                || target.schema() == null
                || item.schema().equals(target.schema());
        return schema && item.table().equals(target.table());
    }

    private @Nullable Span cte(String name) {
        Span body = nearest == null ? null : nearest.body(name);
        return body == null ? ctes.body(name) : body;
    }

    /** {@code SELECT … FROM target}: every row, or the one of the target's that it's beside ({@code CROSS APPLY (SELECT target.id)}). */
    private boolean isWholeQuery(Span query, FromItem target) {
        int from = Clauses.find(t, query.from(), query.to(), "FROM");
        if (!t.is(query.from(), "SELECT")) {
            return false;
        }
        if (from == query.to()) {
            return Clauses.find(t, query.from(), query.to(), Words.AFTER_FROM) == query.to()
                    && Clauses.find(t, query.from(), query.to(), Words.SET_OPERATIONS) == query.to();
        }
        int end = Clauses.findClause(t, from + 1, query.to(), Words.AFTER_FROM);
        nested++;
        try {
            List<FromItem> items = FromReader.read(dialect, t, new Span(from + 1, end));
            return items.size() == 1 && isWhole(items.get(0), target) && keepsRows(new Span(end, query.to()), false);
        } catch (UnreadableException e) {
            return false;
        } finally {
            nested--;
        }
    }

    private boolean passes(Span condition, TargetNames inner) {
        Value v = ConditionFolder.fold(dialect, t, condition, inner);
        return v.isConstant()
                ? Boolean.TRUE.equals(v.truth())
                : v.kind() == Value.Kind.ROW && witness.isMissing(condition, inner);
    }

    /** Whether what follows the filter leaves all rows, or at least one of each group. */
    private boolean keepsRows(Span tail, boolean anyRow) {
        for (int i = tail.from(); i < tail.to(); i = t.skip(i, tail.to())) {
            boolean limits = t.isAny(i, "LIMIT", "FETCH");
            if (limits && !anyRow && !t.is(i + 1, "ALL") && Limits.bounds(t, new Span(i + 1, tail.to()))
                    || t.isAny(i, "HAVING", "OFFSET", "QUALIFY", "CONNECT", "START", "MODEL", "WHERE")) {
                return false;
            }
        }
        return true;
    }

    /** {@code VALUES (id), (0)}: whether one of the rows is the value. */
    private boolean givesOneOf(List<Span> rows, TargetNames names, @Nullable String text) {
        for (Span row : rows.subList(0, Math.min(rows.size(), MAX_ROWS))) {
            boolean whole = t.is(row.from(), TokenType.LEFT_PAREN) && t.skip(row.from(), row.to()) == row.to();
            if (whole && gives(Clauses.inside(t, row.from(), row.to()), names, text)) {
                return true;
            }
        }
        return false;
    }

    private boolean gives(Span selected, TargetNames names, @Nullable String text) {
        if (text == null) {
            return true;
        }
        Span value = selected;
        int last = value.to() - 1;
        if (t.is(last - 1, "AS")) {
            value = new Span(value.from(), last - 1);
        } else if (t.isName(last) && t.isName(last - 1) && last > value.from()) {
            value = new Span(value.from(), last);
        }
        return text.equals(ConditionFolder.value(dialect, t, value, names).text());
    }
}
