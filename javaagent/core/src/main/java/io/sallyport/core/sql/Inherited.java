package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lets a statement's lineage go through the copies that are known: a copy's value comes from where the copy came from. */
final class Inherited {
    private final Inheritance inheritance;
    /** Of the variables that the statement mentions: where in it they are used is not followed. */
    private final Set<ColumnOrigin> fromVariables;

    private Inherited(Inheritance inheritance, Set<ColumnOrigin> fromVariables) {
        this.inheritance = inheritance;
        this.fromVariables = fromVariables;
    }

    static Lineage by(Inheritance known, Set<TableUse> tables, Tokens tokens, Lineage lineage) {
        if (known.isEmpty()) {
            return lineage;
        }
        Set<String> variables = variables(tokens);
        Set<String> names = new LinkedHashSet<>(variables);
        tables.forEach(t -> names.add(t.table()));
        Inheritance mentioned = known.restrictedTo(names);
        if (mentioned.isEmpty()) {
            return lineage;
        }
        Set<ColumnOrigin> values = new LinkedHashSet<>();
        variables.forEach(v -> values.addAll(mentioned.of(null, v, v)));
        return new Inherited(mentioned, values).through(lineage);
    }

    private static Set<String> variables(Tokens tokens) {
        Set<String> variables = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.is(i, TokenType.PARAM) && tokens.text(i).startsWith("@")) {
                variables.add(tokens.text(i).toLowerCase(Locale.ROOT));
            }
        }
        return variables;
    }

    private Lineage through(Lineage lineage) {
        List<OutputItem> items = new ArrayList<>(lineage.items().size());
        for (OutputItem item : lineage.items()) {
            items.add(
                    item instanceof OutputItem.Column column
                            ? new OutputItem.Column(column.label(), traced(column.origins()), column.complete())
                            : item);
        }
        List<Lineage.Copy> copies = new ArrayList<>(lineage.copies().size());
        for (Lineage.Copy copy : lineage.copies()) {
            copies.add(new Lineage.Copy(copy.into(), List.copyOf(traced(copy.from()))));
        }
        return new Lineage(items, lineage.exact(), copies, inheritance);
    }

    private Set<ColumnOrigin> traced(Iterable<ColumnOrigin> origins) {
        Set<ColumnOrigin> all = new LinkedHashSet<>(fromVariables);
        for (ColumnOrigin origin : origins) {
            all.add(origin);
            all.addAll(inheritance.of(origin.schema(), origin.table(), origin.column()));
        }
        return all;
    }
}
