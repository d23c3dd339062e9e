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
    private final Map<String, View> views = new HashMap<>();

    private Schema(Catalogue folded) {
        this.folded = folded;
    }

    /** Prepares {@code catalogue}. */
    public static Schema of(Dialect dialect, Catalogue catalogue) {
        Map<String, List<String>> tables = new HashMap<>();
        catalogue
                .tables()
                .forEach((name, columns) -> tables.put(
                        Names.fold(name), columns.stream().map(Names::fold).toList()));
        Schema schema = new Schema(new Catalogue(tables, catalogue.views()));
        for (String text : catalogue.views()) {
            schema.addView(Lexer.tokens(text, LexRules.of(dialect)));
        }
        return schema;
    }

    /** The catalogue with folded names. */
    public Catalogue catalogue() {
        return folded;
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
        String qualified = name;
        while (t.is(i, TokenType.DOT)) {
            qualified = name + "." + t.name(i + 1);
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
            views.put(name, found);
            views.put(qualified, found);
        }
    }

    /** Columns of a table; {@code null} when they aren't known. */
    @Nullable
    List<String> columns(@Nullable String schema, String table) {
        List<String> columns = schema == null ? null : folded.tables().get(schema + "." + table);
        if (columns == null) {
            columns = folded.tables().get(table);
        }
        if (columns == null && schema == null) {
            String suffix = "." + table;
            for (Map.Entry<String, List<String>> entry : folded.tables().entrySet()) {
                if (entry.getKey().endsWith(suffix)) {
                    return columns == null || columns.equals(entry.getValue()) ? entry.getValue() : null;
                }
            }
        }
        return columns;
    }

    @Nullable
    View view(@Nullable String schema, String name) {
        View view = schema == null ? null : views.get(schema + "." + name);
        return view == null ? views.get(name) : view;
    }
}
