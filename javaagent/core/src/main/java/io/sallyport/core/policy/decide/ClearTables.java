package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KnownColumns;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tables of which a schema shows that no rule names a column of theirs. Thread-safe; remembers what it was asked. */
final class ClearTables {

    private static final int MOST = 4096;

    private record Name(@Nullable String schema, String table) {}

    private final ColumnRule[] rules;
    private final Dialect dialect;
    private final KnownColumns columns;
    private final ConcurrentHashMap<Name, Boolean> known = new ConcurrentHashMap<>();
    private volatile @Nullable Boolean all;

    ClearTables(ColumnRule[] rules, Dialect dialect, Catalogue catalogue) {
        this.rules = rules;
        this.dialect = dialect;
        this.columns = new KnownColumns(dialect, catalogue);
    }

    boolean areOf(Dialect other, Catalogue catalogue) {
        return dialect == other && columns.areOf(catalogue);
    }

    /** Of names beyond the most that are remembered none counts as clear. */
    boolean has(@Nullable String schema, String table) {
        Name name = new Name(schema, table);
        Boolean clear = known.get(name);
        if (clear == null) {
            clear = known.size() < MOST && areClear(columns.of(schema, table));
            if (known.size() < MOST) {
                known.put(name, clear);
            }
        }
        return clear;
    }

    /** Whether all tables are. */
    boolean all() {
        Boolean clear = all;
        if (clear == null) {
            clear = areClear(columns.all());
            all = clear;
        }
        return clear;
    }

    /** Their columns; empty where they are not known. */
    Set<ColumnOrigin> columns(@Nullable String schema, String table) {
        return Objects.requireNonNullElse(columns.of(schema, table), Set.of());
    }

    private boolean areClear(@Nullable Set<ColumnOrigin> of) {
        if (of == null) {
            return false;
        }
        for (ColumnOrigin column : of) {
            for (ColumnRule rule : rules) {
                if (rule.matches(column)) {
                    return false;
                }
            }
        }
        return true;
    }
}
