package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A catalogue prepared for look-ups: names folded, views cut into tokens. Immutable. */
public final class Schema {

    /** A view: its text, its column names (empty when they're those of the query) and its query. */
    record View(Tokens tokens, List<String> columns, Span query) {}

    private final Catalogue folded;
    private final Map<String, List<List<String>>> byTable = new HashMap<>();
    private final Map<String, List<View>> views = new HashMap<>();
    private final Map<String, List<View>> qualified = new HashMap<>();
    private final Map<String, List<View>> unqualified = new HashMap<>();

    private Schema(Catalogue folded) {
        this.folded = folded;
        folded.tables()
                .forEach((name, columns) -> byTable.computeIfAbsent(
                                name.substring(name.indexOf('.') + 1), n -> new ArrayList<>(1))
                        .add(columns));
    }

    /** Prepares {@code catalogue}. */
    public static Schema of(Dialect dialect, Catalogue catalogue) {
        Map<String, List<String>> tables = new HashMap<>();
        catalogue
                .tables()
                .forEach((name, columns) -> tables.put(
                        Names.fold(name), columns.stream().map(Names::fold).toList()));
        Schema schema = new Schema(catalogue.with(tables, catalogue.views()));
        for (String text : catalogue.views()) {
            schema.addView(Lexer.tokens(text, LexRules.of(dialect)));
        }
        return schema;
    }

    /** The catalogue with folded names. */
    public Catalogue catalogue() {
        return folded;
    }

    public boolean hasViews() {
        return !views.isEmpty();
    }

    private void addView(Tokens t) {
        int to = t.size();
        while (to > 0 && t.is(to - 1, TokenType.SEMICOLON)) {
            to--;
        }
        int view = Clauses.find(t, 0, to, "VIEW");
        if (view == to) {
            return;
        }
        int i = view + 1;
        while (t.isAny(i, "IF", "NOT", "EXISTS")) {
            i++;
        }
        String name = t.name(i++);
        String inSchema = null;
        while (t.is(i, TokenType.DOT)) {
            inSchema = name + "." + t.name(i + 1);
            name = t.name(i + 1);
            i += 2;
        }
        List<String> columns = new ArrayList<>();
        if (t.is(i, TokenType.LEFT_PAREN)) {
            Span list = Clauses.inside(t, i, to);
            for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
                columns.add(t.name(column.from()));
            }
            i = t.skip(i, to);
        }
        int as = Clauses.find(t, i, to, "AS");
        if (as < to) {
            View found = new View(t, List.copyOf(columns), new Span(as + 1, to));
            views.computeIfAbsent(name, n -> new ArrayList<>(1)).add(found);
            if (inSchema == null) {
                unqualified.computeIfAbsent(name, n -> new ArrayList<>(1)).add(found);
            } else {
                qualified.computeIfAbsent(inSchema, n -> new ArrayList<>(1)).add(found);
            }
        }
    }

    /** The schema of a relation that is named without one; {@code null} where that cannot be told. */
    @Nullable
    String resolve(@Nullable String schema, String table) {
        if (schema != null) {
            return schema;
        }
        for (String candidate : folded.searchPath()) {
            if (folded.lists(candidate, table)) {
                return candidate;
            }
        }
        return null;
    }

    /** Columns of a table; {@code null} when they aren't known. */
    @Nullable
    List<String> columns(@Nullable String schema, String table) {
        String resolved = resolve(schema, table);
        List<String> columns = resolved == null ? null : folded.tables().get(resolved + "." + table);
        if (columns == null) {
            columns = folded.tables().get(table);
        }
        if (columns == null && resolved == null) {
            List<List<String>> all = byTable.getOrDefault(table, List.of());
            columns = all.isEmpty() ? null : all.get(0);
            for (List<String> other : all) {
                if (!other.equals(columns)) {
                    return null;
                }
            }
        }
        return columns;
    }

    /** The views that the name can mean, older definitions of one that was replaced among them. */
    List<View> views(@Nullable String schema, String name) {
        List<View> all = views.getOrDefault(name, List.of());
        String resolved = all.isEmpty() ? null : resolve(schema, name);
        if (resolved == null) {
            return all;
        }
        List<View> its = qualified.get(resolved + "." + name);
        if (its == null && !folded.lists(resolved, name)) {
            return all;
        }
        List<View> both = new ArrayList<>(its == null ? List.of() : its);
        // Made by a statement that named no schema: it can be any.
        both.addAll(unqualified.getOrDefault(name, List.of()));
        return both;
    }
}
