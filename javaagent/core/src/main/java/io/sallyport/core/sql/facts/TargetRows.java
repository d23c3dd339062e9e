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
    /** Targets times tables of a multi-table write. */
    private static final int MAX_PAIRS = 20_000;
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
    private final Cases cases;

    TargetRows(Dialect dialect, Tokens t, Catalogue catalogue) {
        this.dialect = dialect;
        this.t = t;
        this.catalogue = catalogue;
        this.cases = new Cases(dialect, t);
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
        if ((long) write.targets().size() * write.tables().size() > MAX_PAIRS) {
            // Too many to tell: not taken for filtered.
            return true;
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
            return isFilteredQuery(target.body()) || isFilteredByWhere(write, target);
        }
        return isFilteredByWhere(write, target)
                || joinsFilter(write.tables(), target, new Labels(write.tables(), target));
    }

    private boolean isFilteredByWhere(Write write, FromItem target) {
        return write.filter() != null && isFilter(write.filter(), target, untied(target, write.tables()));
    }

    /** An inner join that ties the target to another table is a filter; an outer join that keeps the target's rows is none. */
    private boolean joinsFilter(List<FromItem> items, FromItem target, Labels others) {
        boolean targetFirst = false;
        for (FromItem item : items) {
            if (item.kind() == FromItem.Kind.GROUP && joinsFilter(item.group(), target, others)) {
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
                    if (isFilter(condition, target, others)) {
                        return true;
                    }
                }
            }
            targetFirst |= item.equals(target);
        }
        return false;
    }

    /** Whether {@code condition} keeps some rows of {@code target} out. */
    boolean isFilter(Span condition, FromItem target, List<FromItem> tables) {
        return isFilter(condition, target, new Labels(tables, target));
    }

    private boolean isFilter(Span condition, FromItem target, Labels others) {
        Value v = ConditionFolder.fold(dialect, t, condition, rowsOf(target, others));
        if (v.isConstant()) {
            return !Boolean.TRUE.equals(v.truth());
        }
        return v.kind() == Value.Kind.ROW && !cases.alwaysTrue(condition, rowsOf(target, others));
    }

    /**
     * The names of the other tables, but for those that an outer join ties to the target: they depend on its row ({@code … LEFT JOIN u ON
     * u.t_id = t.id WHERE u.id IS NULL}).
     */
    private Labels untied(FromItem target, List<FromItem> tables) {
        Labels all = new Labels(tables, target);
        Labels untied = new Labels(List.of(), target);
        for (FromItem item : WriteReader.flat(tables)) {
            boolean outer = item.join() == Join.LEFT || item.join() == Join.RIGHT || item.join() == Join.FULL;
            boolean tied = item.natural() || !item.using().isEmpty();
            for (int i = 0; outer && !tied && i < item.conditions().size(); i++) {
                Span on = item.conditions().get(i);
                tied = ConditionFolder.fold(dialect, t, on, rowsOf(target, all)).kind() == Value.Kind.ROW;
            }
            if (!(outer && tied)) {
                untied.add(item);
            }
        }
        return untied;
    }

    /** Names of tables beside the target. */
    private static final class Labels {
        private final Set<String> labels = new HashSet<>();
        private final String target;

        Labels(List<FromItem> tables, FromItem target) {
            this.target = target.label();
            for (FromItem item : WriteReader.flat(tables)) {
                add(item);
            }
        }

        void add(FromItem item) {
            if (!item.label().equals(target)) {
                labels.add(item.label());
            }
        }
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

    private Rows rowsOf(FromItem target, Labels others) {
        return new Rows() {
            @Override
            public boolean depend(Span span) {
                if (t.isName(span.from()) && !Clauses.startsQuery(t, span.from(), span.to())) {
                    return chainDepends(span, target, others.labels, List.of());
                }
                return queryDepends(span, target, others.labels);
            }

            @Override
            public boolean isOwn(Span chain) {
                return t.name(chain.to() - 3).equals(target.label());
            }

            @Override
            public boolean holdsAll(Span query, @Nullable String text) {
                return text != null && others.labels.isEmpty() && selectsColumn(query, target, text);
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
