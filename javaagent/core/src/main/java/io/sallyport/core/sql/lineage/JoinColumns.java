package io.sallyport.core.sql.lineage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code *} over a FROM list (SQL:2016, 7.10): those of USING and NATURAL once and first, within the join they belong to.
 * A comma binds looser than a join, and what stands in brackets is joined as a whole.
 */
final class JoinColumns {

    /** A relation, or a group in brackets, and how it's joined to what stands before it. */
    private record Part(
            @Nullable Relation relation, List<Part> group, boolean apart, boolean natural, List<String> using) {}

    private final Deque<List<Part>> open = new ArrayDeque<>();

    private final Set<String> compared = new LinkedHashSet<>();

    JoinColumns() {
        open.push(new ArrayList<>());
    }

    void add(Relation relation, boolean apart, boolean natural, List<String> using) {
        if (!relation.isHidden()) {
            open.element().add(new Part(relation, List.of(), apart, natural, using));
        }
    }

    void group(boolean apart, boolean natural, List<String> using, Runnable members) {
        List<Part> group = new ArrayList<>();
        open.push(group);
        members.run();
        open.pop();
        open.element().add(new Part(null, group, apart, natural, using));
    }

    /** Names that USING and NATURAL compare. */
    Set<String> common() {
        star();
        return compared;
    }

    List<Out> star() {
        return star(open.element());
    }

    private List<Out> star(List<Part> parts) {
        List<Out> all = new ArrayList<>();
        List<Out> joined = new ArrayList<>();
        for (Part part : parts) {
            Relation relation = part.relation();
            List<Out> right = relation == null ? star(part.group()) : relation.outs();
            if (part.apart()) {
                all.addAll(joined);
                joined = new ArrayList<>(right);
            } else {
                joined = join(joined, right, part);
            }
        }
        all.addAll(joined);
        return all;
    }

    private List<Out> join(List<Out> left, List<Out> right, Part part) {
        Set<String> common = new LinkedHashSet<>(part.using());
        if (part.natural()) {
            for (Out out : left) {
                if (out.name() != null && find(right, out.name()) != null) {
                    common.add(out.name());
                }
            }
        }
        compared.addAll(common);
        List<Out> all = new ArrayList<>();
        boolean wide = left.stream().anyMatch(Out::isOpen);
        for (String name : common) {
            Out one = find(left, name);
            Out two = find(right, name);
            if (one != null) {
                all.add(two == null ? one : one.plus(two));
            } else if (!wide && two != null) {
                all.add(two);
            }
        }
        for (List<Out> side : List.of(left, right)) {
            for (Out out : side) {
                if (out.name() == null || !common.contains(out.name())) {
                    all.add(out);
                }
            }
        }
        return all;
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
