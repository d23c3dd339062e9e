package io.sallyport.it.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Which output positions changed with the sensitive values; rows count as a bag, since a query without order has none. */
final class Comparison {

    private final List<Result> results;
    private final int columns;

    Comparison(List<Result> results) {
        this.results = results;
        this.columns = results.get(0).columns();
    }

    int columns() {
        return columns;
    }

    /** Whether no value came back at this position. */
    boolean isEmpty(int position) {
        return results.stream()
                .allMatch(
                        r -> r.rows().stream().allMatch(row -> row.get(position).equals("null")));
    }

    /** Whether the sensitive values chose how many rows there are; nothing can be told of positions then. */
    boolean membershipChanged() {
        return results.stream()
                .anyMatch(r -> r.rows().size() != results.get(0).rows().size());
    }

    /** Whether more rows came than were read: which ones those are is chosen by the plan. */
    boolean isCut() {
        return results.stream().anyMatch(r -> r.rows().size() >= Variants.MAX_ROWS);
    }

    /** Positions whose bag of values is not the same everywhere. */
    Set<Integer> changed() {
        Set<Integer> changed = new TreeSet<>();
        for (int p = 0; p < columns; p++) {
            int position = p;
            if (!same(i -> i == position)) {
                changed.add(p);
            }
        }
        return changed;
    }

    /** Whether rows, seen only through the positions that {@code shown} admits, are the same everywhere. */
    boolean same(IntPredicate shown) {
        Map<List<String>, Integer> first = bag(results.get(0).rows(), shown);
        return results.stream().skip(1).allMatch(r -> bag(r.rows(), shown).equals(first));
    }

    boolean sameWritten() {
        Map<List<String>, Integer> first = bag(results.get(0).written(), i -> true);
        return results.stream()
                .skip(1)
                .allMatch(r -> bag(r.written(), i -> true).equals(first));
    }

    private static Map<List<String>, Integer> bag(List<List<String>> rows, IntPredicate shown) {
        Map<List<String>, Integer> bag = new HashMap<>();
        for (List<String> row : rows) {
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                if (shown.test(i)) {
                    seen.add(row.get(i));
                }
            }
            bag.merge(seen, 1, Integer::sum);
        }
        return bag;
    }
}
