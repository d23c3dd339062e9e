package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Catalogue;
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
import io.sallyport.core.sql.structure.Write;
import io.sallyport.core.sql.structure.WriteReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a write reaches every row of one of its targets: no filter, a filter that is always true, or one that says
 * nothing of the target's rows.
 */
final class TargetRows {

    private static final int MAX_LISTS = 200;
    /** Every name may be one of the written rows. */
    private static final Rows ANY = new Rows() {
        @Override
        public boolean depend(Span nameOrQuery) {
            return true;
        }

        @Override
        public boolean isOwn(Span chain) {
            return false;
        }

        @Override
        public boolean holdsAll(Span query, @Nullable String text) {
            return false;
        }
    };

    private final Dialect dialect;
    private final Tokens t;
    private final Catalogue catalogue;

    TargetRows(Dialect dialect, Tokens t, Catalogue catalogue) {
        this.dialect = dialect;
        this.t = t;
        this.catalogue = catalogue;
    }

    /** Whether {@code write} reaches every row of at least one target. */
    boolean unbounded(Write write) {
        if (write.cursor()) {
            return false;
        }
        Span limit = write.limit();
        if (limit != null
                && limit.to() == limit.from() + 1
                && (t.text(limit.from()).equals("1") || t.text(limit.from()).equals("0"))) {
            return false;
        }
        for (FromItem target : write.targets()) {
            if (!isFiltered(write, target)) {
                return true;
            }
        }
        return write.targets().isEmpty();
    }

    private boolean isFiltered(Write write, FromItem target) {
        if (target.kind() == FromItem.Kind.QUERY) {
            return isFilteredQuery(target.body()) || write.filter() != null && filters(write, target, write.filter());
        }
        if (write.filter() != null && filters(write, target, write.filter())) {
            return true;
        }
        return joinsFilter(write, write.tables(), target);
    }

    /** An inner join that ties the target to another table is a filter; an outer join that keeps the target's rows is none. */
    private boolean joinsFilter(Write write, List<FromItem> items, FromItem target) {
        boolean targetFirst = false;
        for (FromItem item : items) {
            if (item.kind() == FromItem.Kind.GROUP && joinsFilter(write, item.group(), target)) {
                return true;
            }
            boolean keeps = item.join() == Join.FULL
                    || item.join() == Join.LEFT && !item.equals(target)
                    || item.join() == Join.RIGHT && item.equals(target);
            if (!keeps) {
                if ((item.natural() || !item.using().isEmpty()) && (targetFirst || item.equals(target))) {
                    return true;
                }
                for (Span condition : item.conditions()) {
                    if (filters(write, target, condition)) {
                        return true;
                    }
                }
            }
            targetFirst |= item.equals(target);
        }
        return false;
    }

    private boolean filters(Write write, FromItem target, Span condition) {
        return isFilter(condition, target, write.tables());
    }

    /** Whether {@code condition} keeps some rows of {@code target} out. */
    boolean isFilter(Span condition, FromItem target, List<FromItem> tables) {
        Set<String> others = new HashSet<>();
        for (FromItem item : WriteReader.flat(tables)) {
            // What an outer join ties to the target depends on its row: … LEFT JOIN u ON u.t_id = t.id WHERE u.id IS
            // NULL.
            boolean outer = item.join() == Join.LEFT || item.join() == Join.RIGHT || item.join() == Join.FULL;
            boolean asked = item.conditions().contains(condition);
            if (!outer || asked || !isTied(item, target, tables)) {
                others.add(item.label());
            }
        }
        others.remove(target.label());
        Value v = ConditionFolder.fold(dialect, t, condition, rowsOf(target, others));
        if (v.isConstant()) {
            return !Boolean.TRUE.equals(v.truth());
        }
        return v.kind() == Value.Kind.ROW;
    }

    private boolean isTied(FromItem item, FromItem target, List<FromItem> tables) {
        if (item.natural() || !item.using().isEmpty()) {
            return true;
        }
        Set<String> others = new HashSet<>();
        for (FromItem each : WriteReader.flat(tables)) {
            others.add(each.label());
        }
        others.remove(target.label());
        for (Span on : item.conditions()) {
            Value v = ConditionFolder.fold(dialect, t, on, rowsOf(target, others));
            if (v.kind() == Value.Kind.ROW) {
                return true;
            }
        }
        return false;
    }

    private boolean isFilteredQuery(Span query) {
        int where = Clauses.find(t, query.from(), query.to(), "WHERE");
        if (where == query.to()) {
            return false;
        }
        int end = Clauses.find(t, where + 1, query.to(), Words.AFTER_FROM);
        Value v = ConditionFolder.fold(dialect, t, new Span(where + 1, end), ANY);
        return !(v.isConstant() && Boolean.TRUE.equals(v.truth()));
    }

    private Rows rowsOf(FromItem target, Set<String> others) {
        return new Rows() {
            @Override
            public boolean depend(Span span) {
                if (t.isName(span.from()) && !Clauses.startsQuery(t, span.from(), span.to())) {
                    return chainDepends(span, target, others, List.of());
                }
                return queryDepends(span, target, others);
            }

            @Override
            public boolean isOwn(Span chain) {
                return t.name(chain.to() - 3).equals(target.label());
            }

            @Override
            public boolean holdsAll(Span query, @Nullable String text) {
                return text != null && others.isEmpty() && selectsColumn(query, target, text);
            }
        };
    }

    /** {@code SELECT column FROM target}, without a clause that leaves a row out. */
    private boolean selectsColumn(Span query, FromItem target, String text) {
        int i = query.from() + 1;
        i += t.isAny(i, "ALL", "DISTINCT") ? 1 : 0;
        i += t.isName(i) && t.is(i + 1, TokenType.DOT) ? 2 : 0;
        if (!t.is(query.from(), "SELECT") || !t.isName(i) || !(t.name(i) + " ").equals(text) || !t.is(i + 1, "FROM")) {
            return false;
        }
        i += 2;
        i += t.isName(i) && t.is(i + 1, TokenType.DOT) ? 2 : 0;
        int end = i + 1;
        end += t.is(end, "AS") ? 2 : 0;
        return t.name(i).equals(target.table()) && (end == query.to() || end + 1 == query.to() && t.isName(end));
    }

    private boolean chainDepends(Span chain, FromItem target, Set<String> others, List<FromItem> inner) {
        String first = t.name(chain.from());
        String last = t.name(chain.to() - 1);
        if (chain.to() - chain.from() >= 3) {
            String qualifier = t.name(chain.to() - 3);
            for (FromItem item : inner) {
                if (item.label().equals(qualifier)) {
                    return false;
                }
            }
            return qualifier.equals(target.label()) || first.equals(target.label()) || !others.contains(qualifier);
        }
        List<String> own = catalogue.tables().get(target.table());
        if (own != null && !own.contains(last) && !last.equals(target.label())) {
            return !isKnownElsewhere(last, others, inner)
                    && !last.isEmpty()
                    && !own.isEmpty()
                    && inner.isEmpty()
                    && others.isEmpty();
        }
        for (FromItem item : inner) {
            List<String> columns = catalogue.tables().get(item.table());
            if (columns != null && columns.contains(last)) {
                return false;
            }
        }
        return true;
    }

    private boolean isKnownElsewhere(String column, Set<String> others, List<FromItem> inner) {
        for (FromItem item : inner) {
            List<String> columns = catalogue.tables().get(item.table());
            if (columns != null && columns.contains(column)) {
                return true;
            }
        }
        for (String other : others) {
            List<String> columns = catalogue.tables().get(other);
            if (columns != null && columns.contains(column)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a sub-query may mention the target's row; names it resolves itself don't. */
    private boolean queryDepends(Span query, FromItem target, Set<String> others) {
        List<FromItem> inner = new ArrayList<>();
        Set<Integer> tableTokens = new HashSet<>();
        int lists = 0;
        int i = query.from();
        while (i < query.to()) {
            if (t.is(i, "FROM") && !t.is(i - 1, "DISTINCT")) {
                if (++lists > MAX_LISTS) {
                    // Too many to follow: not taken for a filter.
                    return false;
                }
                int end = Clauses.find(t, i + 1, enclosing(i, query.to()), Words.AFTER_FROM);
                end = Math.min(end, Clauses.find(t, i + 1, end, Words.SET_OPERATIONS));
                try {
                    inner.addAll(WriteReader.flat(FromReader.read(dialect, t, new Span(i + 1, end))));
                } catch (UnreadableException e) {
                    return true;
                }
                for (int j = i + 1; j < end; j = t.skip(j, end)) {
                    if (t.is(j, "ON")) {
                        break;
                    }
                    tableTokens.add(j);
                }
            }
            i++;
        }
        i = query.from();
        while (i < query.to()) {
            boolean name = t.isName(i)
                    && !tableTokens.contains(i)
                    && !(t.is(i, TokenType.WORD) && Words.NEVER_COLUMN.contains(t.word(i)));
            int start = i;
            i++;
            if (name) {
                while (t.is(i, TokenType.DOT) && t.isName(i + 1)) {
                    i += 2;
                }
                if (!t.is(i, TokenType.LEFT_PAREN) && chainDepends(new Span(start, i), target, others, inner)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** End of the innermost group around {@code i}. */
    private int enclosing(int i, int limit) {
        int j = i;
        while (j < limit) {
            if (t.is(j, TokenType.RIGHT_PAREN)) {
                return j;
            }
            j = t.skip(j, limit);
        }
        return limit;
    }
}
