package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.FromItem.Join;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.Write;
import io.sallyport.core.sql.structure.WriteReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether a write reaches every row of one of its targets. A filter bounds a write only when it compares the written row with
 * something that doesn't come from that row alone: one that is true of whatever row there may be ({@link Witness}) is none, and neither
 * is one that says nothing of the target's rows, or that joins a row to itself.
 */
final class TargetRows {

    /** Targets times tables of a multi-table write. */
    private static final int MAX_PAIRS = 20_000;

    private final Dialect dialect;
    private final Tokens t;
    private final Catalogue catalogue;
    private final Witness witness;
    private final Ctes ctes;
    private final OwnQueries own;
    private final SubQueryNames inQueries;
    private final FilteredQueries filteredQueries;
    private final boolean repeated;
    private boolean doubtful;

    /** For the write whose verb is at {@code verb}. */
    TargetRows(Context c, int verb) {
        this.dialect = c.dialect();
        this.t = c.t();
        this.catalogue = c.catalogue();
        this.repeated = c.repeated();
        this.witness = new Witness(dialect, t, c.effort());
        this.ctes = new Ctes(t, verb);
        this.own = new OwnQueries(dialect, t, ctes, witness, c.effort());
        this.inQueries = new SubQueryNames(dialect, t);
        this.filteredQueries = new FilteredQueries(dialect, t);
    }

    /** Whether a condition could not be read to its end, so that what was told of it is a guess. */
    boolean doubtful() {
        return doubtful;
    }

    /** Whether {@code write} reaches every row of at least one target. */
    boolean unbounded(Write write) {
        if (write.cursor() || write.limit() != null && !repeated && Limits.bounds(t, write.limit())) {
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
        Span shown = target.kind() == FromItem.Kind.QUERY
                ? target.body()
                : target.schema() == null ? ctes.body(target.table()) : null;
        if (shown != null && filteredQueries.leaveOut(shown)) {
            return true;
        }
        Sides sides = new Sides(write.tables(), target);
        return joinsFilter(write.tables(), target, sides)
                || write.filter() != null
                        && isFilter(write.filter(), target, sides.besides(untied(target, write, sides)));
    }

    /** An inner join that ties the target to another table is a filter; an outer join that keeps the target's rows is none. */
    private boolean joinsFilter(List<FromItem> items, FromItem target, Sides sides) {
        boolean targetFirst = false;
        for (FromItem item : items) {
            if (item.kind() == FromItem.Kind.GROUP && joinsFilter(item.group(), target, sides)) {
                return true;
            }
            boolean keeps = item.join() == Join.FULL
                    || item.join() == Join.LEFT && !item.equals(target)
                    || item.join() == Join.RIGHT && item.equals(target);
            if (!keeps) {
                boolean tied = item.natural() || !item.using().isEmpty();
                if (tied && sides.isSameRow(item)) {
                    sides.tied.add(item.label());
                } else if (tied && (targetFirst || item.equals(target))) {
                    return true;
                }
                for (Span condition : item.conditions()) {
                    if (isFilter(condition, target, sides)) {
                        return true;
                    }
                    if (sides.selves.contains(item.label()) && kind(condition, sides.apart(target)) == Value.Kind.ROW) {
                        sides.tied.add(item.label());
                    }
                }
            }
            targetFirst |= item.equals(target);
        }
        return false;
    }

    /** Whether {@code condition} keeps some rows of {@code target} out. */
    boolean isFilter(Span condition, FromItem target, List<FromItem> tables) {
        return isFilter(condition, target, new Sides(tables, target));
    }

    private boolean isFilter(Span condition, FromItem target, Sides sides) {
        TargetNames apart = sides.apart(target);
        Value v = ConditionFolder.fold(dialect, t, condition, apart);
        doubtful |= apart.wasUnread();
        if (v.isConstant()) {
            return !Boolean.TRUE.equals(v.truth());
        }
        if (v.kind() != Value.Kind.ROW) {
            return false;
        }
        TargetNames joined = sides.joined(target);
        Value one = sides.selves.isEmpty() ? v : ConditionFolder.fold(dialect, t, condition, joined);
        return one.isConstant() ? !Boolean.TRUE.equals(one.truth()) : !witness.isMissing(condition, joined);
    }

    private Value.Kind kind(Span condition, TargetNames names) {
        return ConditionFolder.fold(dialect, t, condition, names).kind();
    }

    /**
     * The names of the other tables, but for those that an outer join ties to the target: they depend on its row ({@code … LEFT JOIN u ON
     * u.t_id = t.id WHERE u.id IS NULL}).
     */
    private Set<String> untied(FromItem target, Write write, Sides sides) {
        Set<String> untied = new HashSet<>();
        for (FromItem item : WriteReader.flat(write.tables())) {
            boolean outer = item.join() == Join.LEFT || item.join() == Join.RIGHT || item.join() == Join.FULL;
            boolean tied = item.natural() || !item.using().isEmpty();
            for (int i = 0; outer && !tied && i < item.conditions().size(); i++) {
                tied = kind(item.conditions().get(i), sides.apart(target)) == Value.Kind.ROW;
            }
            if (!(outer && tied) && !item.label().equals(target.label())) {
                untied.add(item.label());
            }
        }
        return untied;
    }

    /**
     * PostgreSQL: whether {@code item} is a function of constants. Its one column is called as it is; a column of the target with the same
     * name would make the name ambiguous.
     */
    private boolean readsNothing(FromItem item) {
        if (item.kind() != FromItem.Kind.FUNCTION || dialect != Dialect.POSTGRESQL && dialect != Dialect.GENERIC) {
            return false;
        }
        for (int i = item.body().from(); i < item.body().to(); i++) {
            boolean called = t.is(i + 1, TokenType.LEFT_PAREN) || t.is(i + 1, TokenType.LEFT_BRACKET);
            if (t.isName(i) && !called && !t.isOp(i - 1, "::") && !t.is(i - 1, "AS")) {
                return false;
            }
        }
        return true;
    }

    /** The labels of the tables beside the target. */
    private final class Sides {

        private final Set<String> others;
        /** Those of the target itself under another name. */
        private final Set<String> selves;
        /** Those of {@link #selves} that a join makes the same row as the target's. */
        private final Set<String> tied;
        /** What queries call the columns of the target, by their labels. */
        private final Map<String, Map<String, String>> renamed;
        /** What functions give that read no column, by their labels. */
        private final Map<String, List<String>> given;

        Sides(List<FromItem> tables, FromItem target) {
            this(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashMap<>(), new HashMap<>());
            for (FromItem item : WriteReader.flat(tables)) {
                if (!item.label().equals(target.label())) {
                    others.add(item.label());
                    Map<String, String> columns = own.renamed(item, target);
                    if (columns != null) {
                        selves.add(item.label());
                        renamed.put(item.label(), columns);
                    }
                    if (readsNothing(item)) {
                        given.put(item.label(), item.columns().isEmpty() ? List.of(item.label()) : item.columns());
                    }
                }
            }
        }

        private Sides(
                Set<String> others,
                Set<String> selves,
                Set<String> tied,
                Map<String, List<String>> given,
                Map<String, Map<String, String>> renamed) {
            this.renamed = renamed;
            this.others = others;
            this.selves = selves;
            this.tied = tied;
            this.given = given;
        }

        /** Whether a join by columns of the same name finds the target's row in {@code item}. */
        boolean isSameRow(FromItem item) {
            Map<String, String> columns = renamed.getOrDefault(item.label(), Map.of());
            boolean plain =
                    item.natural() ? columns.isEmpty() : item.using().stream().noneMatch(columns::containsKey);
            return selves.contains(item.label()) && plain;
        }

        /** The same with {@code labels} for the other tables; what isn't among them depends on the target's row. */
        Sides besides(Set<String> labels) {
            return new Sides(labels, selves, tied, given, renamed);
        }

        /** Each table has rows of its own. */
        TargetNames apart(FromItem target) {
            Set<String> rest = new HashSet<>(others);
            rest.removeAll(tied);
            return names(target, rest, tied);
        }

        /** The target under another name is the same row. */
        TargetNames joined(FromItem target) {
            Set<String> rest = new HashSet<>(others);
            rest.removeAll(selves);
            return names(target, rest, selves);
        }

        private TargetNames names(FromItem target, Set<String> rest, Set<String> same) {
            Set<String> columns = new HashSet<>();
            given.forEach((label, all) -> columns.addAll(rest.contains(label) ? all : List.of()));
            return new TargetNames(t, catalogue, own, inQueries, target, rest, same, columns, renamed);
        }
    }
}
