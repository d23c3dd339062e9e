package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which names of a condition mean the row of {@code target} that is written. */
final class TargetNames implements Rows {

    /** Columns that a server fills itself: never null. */
    private static final Set<String> PSEUDO =
            Set.of("ctid", "xmin", "cmin", "tableoid", "rowid", "_rowid_", "rownum", "ora_rowscn", "oid");

    private static final Set<String> KEYS = Set.of("id", "uuid", "guid", "pk");
    /** What queries that number rows call it. */
    private static final Set<String> NUMBERS = Set.of("rn", "rnum", "row_num", "row_number");

    private final Tokens t;
    private final Catalogue catalogue;
    private final OwnQueries own;
    private final SubQueryNames inQueries;
    private final FromItem target;
    /** Labels of other tables. */
    private final Set<String> others;
    /** Labels that mean the written row as well. */
    private final Set<String> selves;
    /** Columns that functions beside the target surely give. */
    private final Set<String> given;
    /** What queries beside the target call its columns, by their labels; what they calculate is the empty text. */
    private final Map<String, Map<String, String>> renamed;

    private final String id;
    private boolean unread;

    TargetNames(
            Tokens t,
            Catalogue catalogue,
            OwnQueries own,
            SubQueryNames inQueries,
            FromItem target,
            Set<String> others,
            Set<String> selves,
            Set<String> given,
            Map<String, Map<String, String>> renamed) {
        this.t = t;
        this.catalogue = catalogue;
        this.own = own;
        this.inQueries = inQueries;
        this.target = target;
        this.others = others;
        this.selves = selves;
        this.given = given;
        this.renamed = renamed;
        this.id = target.label() + selves + others + given;
    }

    FromItem target() {
        return target;
    }

    /** The same for the same names. */
    String id() {
        return id;
    }

    /** Whether a condition on these names could not be read to its end. */
    boolean wasUnread() {
        return unread;
    }

    /** The names inside a sub-query, in which {@code self} means the written row too. */
    TargetNames with(String self, Set<String> more) {
        Set<String> all = new HashSet<>(others);
        all.addAll(more);
        all.remove(self);
        Set<String> both = new HashSet<>(selves);
        both.add(self);
        both.removeAll(more);
        return new TargetNames(t, catalogue, own, inQueries, target, all, both, given, renamed);
    }

    @Override
    public boolean depend(Span span) {
        if (t.isName(span.from()) && !Clauses.startsQuery(t, span.from(), span.to())) {
            return chainDepends(span, List.of());
        }
        return inQueries.depend(span, this);
    }

    @Override
    public boolean isOwn(Span chain) {
        String qualifier = t.name(chain.to() - 3);
        return qualifier.equals(target.label()) || selves.contains(qualifier) && !isRenamed(qualifier, chain);
    }

    private boolean isRenamed(String label, Span chain) {
        return renamed.getOrDefault(label, Map.of()).containsKey(t.name(chain.to() - 1));
    }

    @Override
    public @Nullable String source(Span chain) {
        String name = t.name(chain.to() - 1);
        String label = chain.to() - chain.from() >= 3 ? t.name(chain.to() - 3) : "";
        String source = null;
        for (Map.Entry<String, Map<String, String>> each : renamed.entrySet()) {
            boolean meant = label.isEmpty() || label.equals(each.getKey());
            String found =
                    meant && selves.contains(each.getKey()) ? each.getValue().get(name) : null;
            source = found == null || found.isEmpty() ? source : found;
        }
        return source;
    }

    @Override
    public boolean isWhole(Span chain) {
        String name = t.name(chain.to() - 1);
        List<String> columns = catalogue.tables().get(target.table());
        return chain.to() - chain.from() == 1
                && (name.equals(target.label()) || selves.contains(name))
                && (columns == null || !columns.contains(name));
    }

    @Override
    public boolean isKey(Span chain) {
        String name = t.name(chain.to() - 1);
        return (chain.to() - chain.from() == 1 || isOwn(chain))
                && (PSEUDO.contains(name) || KEYS.contains(name) || NUMBERS.contains(name) || isNamedAfterTable(name));
    }

    /** {@code customer_id}, {@code customers_id} or {@code customerid} of the table {@code customers}. */
    private boolean isNamedAfterTable(String column) {
        String table = target.table();
        if (!column.endsWith("id") || table.length() < 2) {
            return false;
        }
        String stem = column.substring(0, column.length() - (column.endsWith("_id") ? 3 : 2));
        return stem.equals(table)
                || table.equals(stem + "s")
                || table.equals(stem + "es")
                || table.endsWith("ies")
                        && stem.endsWith("y")
                        && table.length() == stem.length() + 2
                        && table.startsWith(stem.substring(0, stem.length() - 1));
    }

    @Override
    public boolean givesOwn(Span query, @Nullable String text) {
        return text != null && own.holds(query, this, text);
    }

    @Override
    public boolean boundsOwn(Span query, String aggregate, String text) {
        return own.bounds(query, this, aggregate, text);
    }

    @Override
    public boolean findsOwn(Span query) {
        return own.holds(query, this, null);
    }

    @Override
    public void unread() {
        unread = true;
    }

    /** Whether {@code chain} may mean a column of the target, given the tables {@code inner} of the sub-query it stands in. */
    boolean chainDepends(Span chain, List<FromItem> inner) {
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
        if (inner.isEmpty() && given.contains(last)) {
            return false;
        }
        List<String> columns = catalogue.tables().get(target.table());
        if (columns != null && !columns.contains(last) && !last.equals(target.label())) {
            return !isKnownElsewhere(last, inner)
                    && !last.isEmpty()
                    && !columns.isEmpty()
                    && inner.isEmpty()
                    && others.isEmpty();
        }
        for (FromItem item : inner) {
            List<String> others = catalogue.tables().get(item.table());
            if (others != null && others.contains(last)) {
                return false;
            }
        }
        return true;
    }

    private boolean isKnownElsewhere(String column, List<FromItem> inner) {
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
}
