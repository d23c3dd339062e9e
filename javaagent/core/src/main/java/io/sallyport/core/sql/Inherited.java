package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets a statement's lineage go through the copies that are known: a copy's value comes from where the copy came from. What the
 * server's catalogue says (generated columns, partitions, relations and functions of which nothing is known) is followed likewise.
 */
final class Inherited {
    private final Catalogue catalogue;
    private final Inheritance inheritance;
    /** Of the variables that the statement mentions and the functions that it calls: where in it they are used is not followed. */
    private final Set<ColumnOrigin> anywhere;

    private Inherited(Catalogue catalogue, Inheritance inheritance, Set<ColumnOrigin> anywhere) {
        this.catalogue = catalogue;
        this.inheritance = inheritance;
        this.anywhere = anywhere;
    }

    /** @param written columns of views that are written, with those that they show */
    static Lineage by(
            Catalogue known, Set<TableUse> tables, List<Lineage.Copy> written, Tokens tokens, Lineage lineage) {
        if (known.inheritance().isEmpty() && known.structure().isTransparent() && written.isEmpty()) {
            return lineage;
        }
        Set<String> variables = variables(tokens);
        Set<String> names = new LinkedHashSet<>(variables);
        tables.forEach(t -> names.add(t.table()));
        Inheritance mentioned = known.inheritance()
                .restrictedTo(names)
                .and(known.structure().held().restrictedTo(names))
                .plus(written)
                .plus(strangers(known, lineage));
        Set<ColumnOrigin> anywhere =
                new LinkedHashSet<>(known.structure().routines().calledIn(tokens, known));
        variables.forEach(v -> anywhere.addAll(mentioned.of(null, v, v)));
        return mentioned.isEmpty() && anywhere.isEmpty() && !known.structure().complete()
                ? lineage
                : new Inherited(known, mentioned, anywhere).through(lineage);
    }

    /** Tables of which neither the columns nor anything else is known. */
    private static List<Lineage.Copy> strangers(Catalogue known, Lineage lineage) {
        List<Lineage.Copy> copies = new ArrayList<>();
        for (OutputItem item : lineage.items()) {
            if (item instanceof OutputItem.Star star && known.isStranger(star.schema(), star.table())) {
                ColumnOrigin all = new ColumnOrigin(star.schema(), star.table(), ColumnOrigin.WHOLE_ROW);
                copies.add(new Lineage.Copy(all, List.of(ColumnOrigin.ANYTHING)));
            }
        }
        return copies;
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
        Influences influences = new Influences(
                traced(lineage.influences().columns()), lineage.influences().complete());
        return new Lineage(items, lineage.exact(), copies, influences, inheritance);
    }

    private Set<ColumnOrigin> traced(Iterable<ColumnOrigin> origins) {
        Set<ColumnOrigin> all = new LinkedHashSet<>(anywhere);
        for (ColumnOrigin origin : origins) {
            all.add(origin);
            all.addAll(inheritance.of(origin.schema(), origin.table(), origin.column()));
            if (catalogue.isStranger(origin.schema(), origin.table())) {
                all.add(ColumnOrigin.ANYTHING);
            }
        }
        return all;
    }
}
