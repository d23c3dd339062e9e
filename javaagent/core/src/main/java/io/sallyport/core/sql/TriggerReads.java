package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a trigger may put into the message of an error that it raises: the rows that it is called for, every relation that its body
 * names, and what the functions that it calls return. Noted under its table, as a column that no table can have.
 */
final class TriggerReads {

    private static final Set<String> READABLE = Set.of("sql", "plpgsql");

    /** Words with which a body runs what it does not name. */
    private static final Set<String> UNSEEN = Set.of("EXECUTE", "CALL", "PREPARE");

    private static final String COLUMN = "<triggers>";

    private final Dialect dialect;
    private final Routines routines;
    private final Catalogue catalogue;
    private final Set<String> views;

    /** @param views names of views, of which a body's text does not tell what they read; with their schema and without */
    TriggerReads(Dialect dialect, Routines routines, Catalogue catalogue, Set<String> views) {
        this.dialect = dialect;
        this.routines = routines;
        this.catalogue = catalogue;
        this.views = views;
    }

    /** Where it is noted what the triggers of the table read. */
    static ColumnOrigin place(String schema, String table) {
        return new ColumnOrigin(schema, table, COLUMN);
    }

    /** What the triggers of the tables that a statement writes may read. */
    static Set<ColumnOrigin> under(Inheritance triggers, Set<TableUse> tables) {
        Set<ColumnOrigin> read = new LinkedHashSet<>();
        for (TableUse use : tables) {
            if (use.access() == TableUse.Access.WRITE) {
                read.addAll(triggers.of(use.schema(), use.table(), COLUMN));
            }
        }
        return read;
    }

    /** A trigger that was made by a statement of this process: its function may be replaced, so it may read anything. */
    static Lineage.Copy made(String table) {
        return new Lineage.Copy(new ColumnOrigin(null, table, COLUMN), List.of(ColumnOrigin.ANYTHING));
    }

    Lineage.Copy of(String schema, String table, List<Body> bodies) {
        Set<ColumnOrigin> read = new LinkedHashSet<>();
        read.add(new ColumnOrigin(schema, table, ColumnOrigin.WHOLE_ROW, true));
        for (Body body : bodies) {
            add(body, read);
        }
        return new Lineage.Copy(
                place(schema, table),
                read.contains(ColumnOrigin.ANYTHING) ? List.of(ColumnOrigin.ANYTHING) : List.copyOf(read));
    }

    /** A trigger's language and text. */
    record Body(String language, String definition) {}

    private void add(Body body, Set<ColumnOrigin> read) {
        Tokens t = Lexer.tokens(body.definition, LexRules.of(dialect));
        if (!READABLE.contains(body.language.toLowerCase(Locale.ROOT)) || t.broken()) {
            read.add(ColumnOrigin.ANYTHING);
            return;
        }
        read.addAll(routines.calledIn(t, catalogue));
        for (int i = 0; i < t.size(); i++) {
            String name = t.isName(i) ? t.name(i) : "";
            if (views.contains(name) || t.is(i, TokenType.WORD) && UNSEEN.contains(t.word(i))) {
                read.add(ColumnOrigin.ANYTHING);
            } else if (catalogue.structure().listed().contains(name)) {
                read.add(new ColumnOrigin(null, name, ColumnOrigin.WHOLE_ROW, true));
            }
        }
    }
}
