package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Joins the lineages of two ways to read the same text: each origin of either counts. */
final class LineageUnion {

    private LineageUnion() {}

    static Lineage of(Lineage a, Lineage b) {
        if (a.equals(b)) {
            return a;
        }
        Set<Lineage.Copy> copies = new LinkedHashSet<>(a.copies());
        copies.addAll(b.copies());
        List<Lineage.Copy> all = List.copyOf(copies);
        Influences influences = joined(a.influences(), b.influences());
        if (a.items().size() != b.items().size()) {
            return new Lineage(a.items().isEmpty() ? b.items() : a.items(), false, all, influences, Inheritance.NONE);
        }
        List<OutputItem> items = new ArrayList<>();
        boolean exact = a.exact() && b.exact();
        for (int i = 0; i < a.items().size(); i++) {
            OutputItem one = a.items().get(i);
            OutputItem two = b.items().get(i);
            if (one instanceof OutputItem.Column c && two instanceof OutputItem.Column d) {
                Set<ColumnOrigin> origins = new HashSet<>(c.origins());
                origins.addAll(d.origins());
                items.add(new OutputItem.Column(c.label(), origins, c.complete() && d.complete()));
            } else if (one instanceof OutputItem.Rest c && two instanceof OutputItem.Rest d) {
                Set<ColumnOrigin> origins = new HashSet<>(c.origins());
                origins.addAll(d.origins());
                items.add(new OutputItem.Rest(origins));
            } else {
                exact &= one.equals(two);
                items.add(one);
            }
        }
        return new Lineage(items, exact, all, influences, Inheritance.NONE);
    }

    private static Influences joined(Influences a, Influences b) {
        Set<ColumnOrigin> both = new HashSet<>(a.columns());
        both.addAll(b.columns());
        return new Influences(both, a.complete() && b.complete());
    }
}
