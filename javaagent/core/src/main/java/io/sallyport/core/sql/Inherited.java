package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a statement's lineage go through the copies that are known: a copy's value comes from where the copy came from. What the
 * server's catalogue says (generated columns, partitions, relations and functions of which nothing is known) is followed likewise.
 */
final class Inherited {
    /** Of more columns nobody makes a variable; beyond them it may be made of any. */
    private static final int MOST_ORIGINS = 256;

    private final Catalogue catalogue;
    private final Inheritance inheritance;
    /** Of the variables that the statement mentions and the functions that it calls: where in it they are used is not followed. */
    private final Set<ColumnOrigin> anywhere;

    private Inherited(Catalogue catalogue, Inheritance inheritance, Set<ColumnOrigin> anywhere) {
        this.catalogue = catalogue;
        this.inheritance = inheritance;
        this.anywhere = new LinkedHashSet<>();
        anywhere.forEach(origin -> this.anywhere.add(origin.asComputed()));
    }

    /**
     * @param written columns of views that are written, with those that they show
     * @param several whether the text is of several statements, of which one may read what another has written
     */
    static Lineage by(
            Dialect dialect,
            Catalogue known,
            Set<TableUse> tables,
            List<Lineage.Copy> written,
            Tokens tokens,
            Lineage lineage,
            boolean several) {
        Set<String> variables = VariableCopies.variables(tokens);
        boolean own = lineage.copies().stream().anyMatch(copy -> isOwn(copy, several));
        boolean alone = variables.isEmpty() && !own && dialect != Dialect.SQLITE;
        List<Lineage.Copy> systems = SystemRelations.shown(tables);
        boolean nothing = known.inheritance().isEmpty() && written.isEmpty() && systems.isEmpty();
        if (alone && nothing && known.structure().isTransparent()) {
            return lineage;
        }
        Set<ColumnOrigin> routines = known.structure().routines().calledIn(tokens, known);
        Set<String> names = new LinkedHashSet<>(variables);
        routines.forEach(read -> names.add(read.table()));
        Inheritance mentioned = mentioned(dialect, known, tables, names, lineage)
                .plus(written)
                .plus(systems)
                .plus(strangers(known, lineage));
        if (!alone) {
            mentioned = withOwn(mentioned, lineage.copies(), several);
            mentioned = mentioned.plus(KeptPlace.shown(mentioned, tables));
        }
        Set<ColumnOrigin> anywhere = new LinkedHashSet<>();
        for (ColumnOrigin read : routines) {
            anywhere.add(read);
            addMadeOf(read, mentioned, anywhere);
        }
        Set<ColumnOrigin> said = new LinkedHashSet<>(anywhere);
        said.addAll(TriggerReads.under(known.structure().triggers(), tables));
        anywhere.addAll(constants(known.inheritance(), tokens));
        if (!lineage.exact()) {
            // Where in it they are read is not known.
            for (String variable : variables) {
                anywhere.addAll(mentioned.of(null, variable, variable));
            }
        }
        mentioned = mentioned.plus(
                said.isEmpty() ? List.of() : List.of(new Lineage.Copy(KeptPlace.MESSAGES.origin(), List.copyOf(said))));
        return mentioned.isEmpty() && anywhere.isEmpty() && !known.structure().complete()
                ? lineage
                : new Inherited(known, mentioned, anywhere).through(lineage);
    }

    /** @param others variables, and what routines may read */
    private static Inheritance mentioned(
            Dialect dialect, Catalogue known, Set<TableUse> tables, Set<String> others, Lineage lineage) {
        Set<String> names = new LinkedHashSet<>(others);
        tables.forEach(t -> names.add(t.table()));
        lineage.copies().forEach(copy -> copy.from().forEach(from -> names.add(from.table())));
        if (!known.inheritance().isEmpty()) {
            for (KeptPlace place : KeptPlace.values()) {
                names.add(place.origin().table());
            }
        }
        Inheritance held = known.structure().held();
        boolean more = true;
        while (more) {
            more = known.inheritance().addRelatives(names) | held.addRelatives(names);
        }
        return known.inheritance()
                .restrictedTo(names)
                .and(held.restrictedTo(names))
                .plus(KeptPlace.shown(known.inheritance(), tables))
                .plus(ShadowTables.of(known.inheritance(), dialect == Dialect.SQLITE ? tables : Set.of()));
    }

    private static Set<ColumnOrigin> constants(Inheritance known, Tokens tokens) {
        Set<ColumnOrigin> origins = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size() && !known.isEmpty(); i++) {
            String constant = Inheritance.constant(tokens.name(i));
            origins.addAll(known.of(null, constant, constant));
        }
        return origins;
    }

    /** Whether the statement itself may read what the copy writes: variables, settings and the like at once, tables by a later part. */
    private static boolean isOwn(Lineage.Copy copy, boolean several) {
        String table = copy.into().table();
        return several || table.startsWith("@") || KeptPlace.isNamed(table);
    }

    /** And what the text itself writes into variables and, for its later statements, into tables. */
    private static Inheritance withOwn(Inheritance mentioned, List<Lineage.Copy> copies, boolean several) {
        Inheritance.Growing all = mentioned.growing();
        Set<String> written = new HashSet<>();
        for (Lineage.Copy copy : copies) {
            if (isOwn(copy, several)) {
                Set<ColumnOrigin> from = new LinkedHashSet<>();
                for (ColumnOrigin origin : copy.from()) {
                    // A variable that the text wrote is what it was made of: a chain of them is not carried on link by
                    // link.
                    if (!written.contains(origin.table())) {
                        from.add(origin);
                    }
                    addMadeOf(origin, all.known(), from);
                }
                boolean variable = copy.into().table().startsWith("@");
                if (variable && (from.size() > MOST_ORIGINS || from.contains(ColumnOrigin.ANYTHING))) {
                    all.addAnything(copy.into());
                } else {
                    all.add(new Lineage.Copy(copy.into(), List.copyOf(from)));
                }
                if (variable) {
                    written.add(copy.into().table());
                }
            }
        }
        return all.known();
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

    private Lineage through(Lineage lineage) {
        List<OutputItem> items = new ArrayList<>(lineage.items().size());
        for (OutputItem item : lineage.items()) {
            items.add(through(item));
        }
        List<Lineage.Copy> copies = new ArrayList<>(lineage.copies().size());
        for (Lineage.Copy copy : lineage.copies()) {
            if (copy.into().column().equals(ColumnOrigin.ALIKE)) {
                copy.from().forEach(table -> copies.addAll(inheritance.under(copy.into(), table)));
                continue;
            }
            boolean same = copy.into().column().equals(ColumnOrigin.SAME);
            // A program is told what it is given, wherever else the statement reads.
            Set<ColumnOrigin> besides = copy.into().equals(KeptPlace.OUTSIDE.origin()) ? Set.of() : anywhere;
            copies.add(new Lineage.Copy(copy.into(), List.copyOf(traced(copy.from(), besides, copy.into()))));
            if (same) {
                copy.from().forEach(table -> copies.addAll(inheritance.under(copy.into(), table)));
            }
        }
        Influences influences = new Influences(
                traced(lineage.influences().columns()), lineage.influences().complete());
        return new Lineage(items, lineage.exact(), copies, influences, inheritance);
    }

    private OutputItem through(OutputItem item) {
        if (item instanceof OutputItem.Rest rest) {
            return new OutputItem.Rest(traced(rest.origins()));
        }
        return item instanceof OutputItem.Column column
                ? new OutputItem.Column(column.label(), traced(column.origins()), column.complete())
                : item;
    }

    /** What the column was made of; all of it is computed where the column's value is. */
    private static void addMadeOf(ColumnOrigin column, Inheritance known, Set<ColumnOrigin> into) {
        for (ColumnOrigin origin : known.of(column.schema(), column.table(), column.column())) {
            into.add(column.computed() ? origin.asComputed() : origin);
            if (KeptPlace.isNamed(origin.table()) && !KeptPlace.isNamed(column.table())) {
                // A default's sequence or domain: what is put there later is in the column then.
                addMadeOf(origin, known, into);
            }
        }
    }

    private Set<ColumnOrigin> traced(Iterable<ColumnOrigin> origins) {
        return traced(origins, anywhere, null);
    }

    /** @param into the column that is written: what its own table holds does not come into that, least of all while it is being made */
    private Set<ColumnOrigin> traced(
            Iterable<ColumnOrigin> origins, Set<ColumnOrigin> besides, @Nullable ColumnOrigin into) {
        Set<ColumnOrigin> all = new LinkedHashSet<>(besides);
        for (ColumnOrigin origin : origins) {
            if (origin.isFunction()) {
                // What it returns is among what the statement's functions may bring anywhere.
                continue;
            }
            all.add(origin);
            addMadeOf(origin, inheritance, all);
            if (!isOfTable(origin, into) && catalogue.isStranger(origin.schema(), origin.table())) {
                all.add(ColumnOrigin.ANYTHING);
            }
        }
        return all;
    }

    private static boolean isOfTable(ColumnOrigin origin, @Nullable ColumnOrigin column) {
        return column != null
                && origin.table().equals(column.table())
                && Objects.equals(origin.schema(), column.schema());
    }
}
