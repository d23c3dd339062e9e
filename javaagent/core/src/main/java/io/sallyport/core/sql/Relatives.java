package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tables that hold each other's rows: parents and children, partitions, foreign tables over tables of the same server. */
final class Relatives {

    private Relatives() {}

    /**
     * What a definition that was sent makes hold what something else holds, from then on: relatives, under their new names as well, and
     * columns that are computed from others of their table. Whether any of it is sensitive is not known yet.
     */
    static List<Lineage.Copy> made(Lineage sent, Catalogue known) {
        List<Lineage.Copy> made = new ArrayList<>();
        for (Lineage.Copy copy : sent.copies()) {
            ColumnOrigin into = copy.into();
            for (ColumnOrigin from : copy.from()) {
                if (isSame(into) && isSame(from)) {
                    if (isCopied(sent.copies(), into, from)) {
                        made.add(new Lineage.Copy(into, List.of(from)));
                    } else if (hasRelatives(from.table(), known)) {
                        made.add(new Lineage.Copy(into, List.of(from)));
                        made.add(new Lineage.Copy(from, List.of(into)));
                    }
                } else if (from.computed() && from.table().equals(into.table()) && !KeptPlace.isNamed(into.table())) {
                    made.add(new Lineage.Copy(into, List.of(from)));
                }
            }
        }
        return made;
    }

    /**
     * What is written into a child is found in its parents, however many children those have: a catalogue leads from parents to
     * children only where they are few.
     */
    static List<Lineage.Copy> above(List<Lineage.Copy> copies, Catalogue known) {
        List<Lineage.Copy> above = new ArrayList<>();
        for (Lineage.Copy copy : copies) {
            ColumnOrigin into = copy.into();
            Set<ColumnOrigin> parents = known.structure().held().of(into.schema(), into.table(), into.column());
            for (ColumnOrigin parent : parents) {
                if (!parent.computed() && !parent.table().equals(into.table())) {
                    above.add(new Lineage.Copy(parent, copy.from()));
                }
            }
        }
        return above;
    }

    private static boolean isCopied(List<Lineage.Copy> copies, ColumnOrigin from, ColumnOrigin into) {
        return copies.stream()
                .anyMatch(copy -> copy.into().equals(into) && copy.from().contains(from));
    }

    private static boolean hasRelatives(String table, Catalogue known) {
        return known.inheritance().hasRelatives(table)
                || known.structure().held().hasRelatives(table);
    }

    private static boolean isSame(ColumnOrigin column) {
        return column.column().equals(ColumnOrigin.SAME);
    }
}
