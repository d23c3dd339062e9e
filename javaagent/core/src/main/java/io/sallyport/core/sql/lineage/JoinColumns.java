package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.structure.FromItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code *} over a FROM list (SQL:2016, 7.10): those of USING and NATURAL once and first, within the join they belong to.
 * A comma binds looser than a join, and what stands in brackets is joined as a whole. MySQL and MariaDB have orders of their own, which
 * differ by version: there a column counts as each one that may stand at its place.
 */
final class JoinColumns {

    /** A relation, or a group in brackets, and how it's joined to what stands before it. */
    private record Part(
            @Nullable Relation relation,
            List<Part> group,
            boolean apart,
            boolean right,
            boolean natural,
            List<String> using) {}

    /** An order of the columns. */
    private enum Order {
        /** The columns compared as USING lists them, then the left side's and the right side's. */
        STANDARD,
        /** The columns compared as the first table has them (MySQL manual 15.2.13.2). */
        FIRST_TABLE,
        /** The same, and the right side of a RIGHT JOIN that compares columns is the first table (MariaDB). */
        RIGHT_FIRST,
        /** The same for every RIGHT JOIN. */
        EVERY_RIGHT_FIRST
    }

    private final Deque<List<Part>> open = new ArrayDeque<>();

    private final Set<String> compared = new LinkedHashSet<>();

    private boolean rights;
    private boolean merges;
    private boolean severalUsed;
    private boolean unsure;

    JoinColumns() {
        open.push(new ArrayList<>());
    }

    /** The server may have an order of its own. */
    void markUnsure() {
        unsure = true;
    }

    /** Adds a relation that is joined to nothing else. */
    void add(Relation relation) {
        if (!relation.isHidden()) {
            open.element().add(new Part(relation, List.of(), true, false, false, List.of()));
        }
    }

    void add(Relation relation, FromItem item) {
        if (!relation.isHidden()) {
            open.element().add(part(relation, List.of(), item));
        }
    }

    void group(FromItem item, Runnable members) {
        List<Part> group = new ArrayList<>();
        open.push(group);
        members.run();
        open.pop();
        open.element().add(part(null, group, item));
    }

    private Part part(@Nullable Relation relation, List<Part> group, FromItem item) {
        Part part = new Part(
                relation,
                group,
                item.join() == FromItem.Join.COMMA,
                item.join() == FromItem.Join.RIGHT,
                item.natural(),
                item.using());
        rights |= part.right;
        merges |= part.natural || !part.using.isEmpty();
        severalUsed |= part.using.size() > 1;
        return part;
    }

    /** Names that USING and NATURAL compare. */
    Set<String> common() {
        star();
        return compared;
    }

    List<Out> star() {
        List<Out> all = star(open.element(), Order.STANDARD);
        if (!unsure || !severalUsed && !(rights && merges)) {
            return all;
        }
        List<List<Out>> orders = new ArrayList<>();
        for (Order order : Order.values()) {
            orders.add(star(open.element(), order));
        }
        if (orders.stream().anyMatch(o -> o.size() != all.size() || o.stream().anyMatch(Out::isOpen))) {
            Origins any = new Origins();
            orders.forEach(o -> o.forEach(any::add));
            return List.of(any.asColumn(null).repeated());
        }
        for (int i = 0; i < all.size(); i++) {
            for (List<Out> order : orders) {
                all.set(i, all.get(i).plus(order.get(i)));
            }
        }
        return all;
    }

    private List<Out> star(List<Part> parts, Order order) {
        List<Out> all = new ArrayList<>();
        List<Out> joined = new ArrayList<>();
        for (Part part : parts) {
            Relation relation = part.relation();
            List<Out> next = relation == null ? star(part.group(), order) : relation.outs();
            if (part.apart()) {
                all.addAll(joined);
                joined = new ArrayList<>(next);
            } else {
                joined = join(joined, next, part, order);
            }
        }
        all.addAll(joined);
        return all;
    }

    private List<Out> join(List<Out> left, List<Out> right, Part part, Order order) {
        Set<String> common = new LinkedHashSet<>(part.using());
        if (part.natural()) {
            for (Out out : left) {
                if (out.name() != null && find(right, out.name()) != null) {
                    common.add(out.name());
                }
            }
        }
        compared.addAll(common);
        boolean turned =
                part.right() && (order == Order.EVERY_RIGHT_FIRST || order == Order.RIGHT_FIRST && !common.isEmpty());
        List<Out> first = turned ? right : left;
        List<Out> second = turned ? left : right;
        List<Out> all = new ArrayList<>();
        boolean wide = first.stream().anyMatch(Out::isOpen);
        for (String name : order == Order.STANDARD ? common : asIn(first, common)) {
            Out one = find(first, name);
            Out two = find(second, name);
            if (one != null) {
                all.add(two == null ? one : one.plus(two));
            } else if (!wide && two != null) {
                all.add(two);
            }
        }
        for (List<Out> side : List.of(first, second)) {
            for (Out out : side) {
                if (out.name() == null || !common.contains(out.name())) {
                    all.add(out);
                }
            }
        }
        return all;
    }

    private static Set<String> asIn(List<Out> first, Set<String> common) {
        Set<String> ordered = new LinkedHashSet<>();
        for (Out out : first) {
            if (out.name() != null && common.contains(out.name())) {
                ordered.add(out.name());
            }
        }
        ordered.addAll(common);
        return ordered;
    }

    private static @Nullable Out find(List<Out> outs, String name) {
        for (Out out : outs) {
            if (name.equals(out.name())) {
                return out;
            }
        }
        return null;
    }
}
