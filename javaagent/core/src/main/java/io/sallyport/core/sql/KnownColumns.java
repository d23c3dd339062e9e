package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All columns of the tables that a name may mean, as a catalogue that lists every relation has them. Of a view they tell nothing, since
 * its columns have names of their own. Immutable; a look-up is linear in the number of views.
 */
public final class KnownColumns {

    private final Dialect dialect;
    private final Catalogue catalogue;
    /** What is listed under a name, with schemas where there are any. */
    private final Map<String, Set<String>> byName = new HashMap<>();

    public KnownColumns(Dialect dialect, Catalogue catalogue) {
        this.dialect = dialect;
        this.catalogue = catalogue;
        for (String listed : catalogue.structure().listed()) {
            byName.computeIfAbsent(listed.substring(listed.indexOf('.') + 1), n -> new HashSet<>())
                    .add(listed);
        }
        // Each is listed without its schema as well.
        byName.values().forEach(all -> all.removeIf(listed -> all.size() > 1 && listed.indexOf('.') < 0));
    }

    /** Whether they are what {@code other} has too. */
    @SuppressWarnings("ReferenceEquality") // catalogues share the parts in which they do not differ
    public boolean areOf(Catalogue other) {
        return catalogue == other
                || catalogue.tables() == other.tables()
                        && catalogue.views() == other.views()
                        && catalogue.structure().listed() == other.structure().listed()
                        && catalogue.structure().complete() == other.structure().complete();
    }

    /** {@code null} where one of the tables, or what it holds, is not known. */
    public @Nullable Set<ColumnOrigin> of(@Nullable String schema, String table) {
        if (!catalogue.structure().complete() || mayBeView(table)) {
            return null;
        }
        Set<ColumnOrigin> all = new HashSet<>();
        for (String listed : byName.getOrDefault(table, Set.of())) {
            if ((schema == null || listed.equals(schema + "." + table)) && !add(listed, all)) {
                return null;
            }
        }
        return all.isEmpty() ? null : all;
    }

    /** Columns of all relations; {@code null} where those of one are not known. */
    public @Nullable Set<ColumnOrigin> all() {
        Set<ColumnOrigin> all = new HashSet<>();
        for (Set<String> meant : byName.values()) {
            for (String listed : meant) {
                if (!add(listed, all)) {
                    return null;
                }
            }
        }
        return catalogue.structure().complete() ? all : null;
    }

    private boolean add(String listed, Set<ColumnOrigin> into) {
        int dot = listed.indexOf('.');
        List<String> columns = catalogue.tables().getOrDefault(listed, List.of());
        for (String column : columns) {
            into.add(new ColumnOrigin(dot < 0 ? null : listed.substring(0, dot), listed.substring(dot + 1), column));
        }
        return !columns.isEmpty();
    }

    private boolean mayBeView(String table) {
        for (String view : catalogue.views()) {
            if (view.toLowerCase(Locale.ROOT).contains(table) && isNamed(table, view)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is among the names between VIEW and what is behind them. */
    private boolean isNamed(String table, String view) {
        Tokens t = Lexer.tokens(view, LexRules.of(dialect));
        int i = Clauses.find(t, 0, t.size(), "VIEW") + 1;
        for (; i < t.size() && !t.is(i, "AS") && !t.is(i, TokenType.LEFT_PAREN); i++) {
            if (t.isName(i) && t.name(i).equals(table)) {
                return true;
            }
        }
        return false;
    }
}
