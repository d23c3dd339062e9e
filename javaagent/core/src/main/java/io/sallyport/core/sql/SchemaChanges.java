package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.StatementSplitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a statement that changed the schema means for what is known of it, until it is read again: a table that was made of nothing
 * but its definition is known, one that was dropped is not, and of one that was altered the columns are not. Views are never
 * forgotten, since a statement may have done nothing ({@code IF EXISTS}) or meant another schema's: what is known twice over counts
 * twice.
 */
final class SchemaChanges {

    /** A workload that makes more makes names as it goes: those show anything then. */
    private static final int MOST_VIEWS = 10_000;

    private final Set<String> listed;
    private final Map<String, List<String>> tables;
    private final List<String> views;
    private final List<CreatedRoutine> routines = new ArrayList<>();
    private final List<Lineage.Copy> triggers = new ArrayList<>();
    private final List<Lineage.Copy> rowids = new ArrayList<>();
    private final Routines known;

    private SchemaChanges(Catalogue catalogue) {
        listed = new HashSet<>(catalogue.structure().listed());
        tables = new HashMap<>(catalogue.tables());
        views = new ArrayList<>(catalogue.views());
        known = catalogue.structure().routines();
    }

    static Catalogue after(SqlAnalysis sent, Catalogue catalogue) {
        SchemaChanges changes = new SchemaChanges(catalogue);
        Tokens t = Lexer.tokens(sent.sql(), LexRules.of(sent.dialect()));
        for (Span statement : StatementSplitter.split(sent.dialect(), t)) {
            changes.statement(sent.sql(), t, statement);
            changes.routine(t, statement);
            changes.trigger(t, statement);
            if (sent.dialect() == Dialect.SQLITE) {
                changes.rowids.addAll(Rowids.of(t, statement));
            }
        }
        Structure structure = catalogue.structure();
        structure = structure
                .with(structure.routines().plus(sent.dialect(), changes.routines))
                .triggering(changes.triggers)
                .holding(changes.rowids);
        if (!structure.complete()) {
            // Of a schema that was not read only what was made of its routines is remembered.
            return catalogue.with(structure);
        }
        if (sent.lineage().exact()) {
            for (Lineage.Copy copy : sent.lineage().copies()) {
                // Made by SELECT INTO and the like; what it holds was noted before it was sent.
                if (!copy.into().column().equals(ColumnOrigin.SAME)) {
                    changes.made(Set.of(copy.into().table()));
                }
            }
        }
        return catalogue.with(changes.tables, changes.views).with(structure.listing(changes.listed));
    }

    private void routine(Tokens t, Span s) {
        CreatedRoutine created = CreatedRoutine.of(t, s);
        if (created != null) {
            routines.add(created);
        }
        int object = Clauses.find(t, s.from(), s.to(), Set.of("FUNCTION", "PROCEDURE", "ROUTINE"));
        int rename = Clauses.find(t, object, s.to(), "RENAME");
        if (t.is(s.from(), "ALTER") && t.is(rename + 1, "TO") && t.isName(rename + 2)) {
            for (String name : names(t, object + 1, s.to())) {
                routines.addAll(known.renamed(name, t.name(rename + 2)));
            }
        }
    }

    private void trigger(Tokens t, Span s) {
        int trigger = Clauses.find(t, s.from(), s.to(), "TRIGGER");
        int on = Clauses.find(t, trigger, s.to(), "ON");
        if (t.is(s.from(), "CREATE") && trigger < s.to()) {
            for (String name : names(t, on + 1, s.to())) {
                triggers.add(TriggerReads.made(name.substring(name.indexOf('.') + 1)));
            }
        }
    }

    private void statement(String sql, Tokens t, Span s) {
        int object = Clauses.find(t, s.from(), s.to(), Set.of("TABLE", "VIEW", "SEQUENCE"));
        if (object >= s.to()) {
            return;
        }
        switch (t.word(s.from())) {
            case "CREATE" -> {
                // A partition or child too: that its columns are its parent's was noted before it was sent.
                boolean view = t.is(object, "VIEW");
                if (!view || views.size() < MOST_VIEWS) {
                    made(names(t, object + 1, s.to()));
                    if (view) {
                        views.add(sql.substring(t.start(s.from()), t.end(s.to() - 1)));
                    }
                }
            }
            case "DROP" -> names(t, object + 1, s.to()).forEach(this::gone);
            case "ALTER" -> {
                names(t, object + 1, s.to()).forEach(this::altered);
                int rename = Clauses.find(t, object, s.to(), "RENAME");
                if (t.isAny(rename + 1, "TO", "AS")) {
                    // Whatever masked columns it holds were noted before it was sent.
                    made(names(t, rename + 2, s.to()));
                }
                int schema = Clauses.find(t, object, s.to(), "SCHEMA");
                if (t.is(schema - 1, "SET")) {
                    made(moved(t, object, t.name(schema + 1), s.to()));
                }
            }
            default -> {}
        }
    }

    private static Set<String> moved(Tokens t, int object, String schema, int to) {
        Set<String> moved = new LinkedHashSet<>();
        for (String name : names(t, object + 1, to)) {
            moved.add(schema + "." + name.substring(name.indexOf('.') + 1));
        }
        return moved;
    }

    private static Set<String> names(Tokens t, int from, int to) {
        Set<String> names = new LinkedHashSet<>();
        afterNames(t, from, to, names);
        return names;
    }

    /** A list of names, each alone and with its schema. */
    private static int afterNames(Tokens t, int from, int to, Set<String> into) {
        int i = from;
        while (t.isAny(i, "IF", "NOT", "EXISTS", "ONLY")) {
            i++;
        }
        while (i < to && t.isName(i)) {
            String schema = null;
            String name = t.name(i++);
            while (t.is(i, TokenType.DOT) && i + 1 < to) {
                schema = name;
                name = t.name(i + 1);
                i += 2;
            }
            into.add(name);
            if (schema != null) {
                into.add(schema + "." + name);
            }
            if (!t.is(i, TokenType.COMMA)) {
                break;
            }
            i++;
        }
        return i;
    }

    private void made(Set<String> names) {
        listed.addAll(names);
        names.forEach(this::altered);
    }

    private void gone(String name) {
        listed.remove(name);
        altered(name);
    }

    private void altered(String name) {
        tables.keySet().removeIf(known -> known.equals(name) || known.endsWith("." + name));
    }

    /** Whether a statement of these kinds could change what the catalogue says. */
    static boolean possible(SqlAnalysis sent) {
        return sent.facts().ddl()
                || sent.kinds().contains(StatementKind.CREATE)
                || sent.kinds().contains(StatementKind.DROP)
                || sent.kinds().contains(StatementKind.ALTER);
    }
}
