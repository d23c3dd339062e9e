package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Write;
import io.sallyport.core.sql.structure.WriteReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what UPDATE and DELETE return and copy. */
final class Changes {

    private final Writes writes;
    private final Work work;
    private final Tokens t;
    private final Queries queries;

    Changes(Writes writes, Work work, Tokens t, Queries queries) {
        this.writes = writes;
        this.work = work;
        this.t = t;
        this.queries = queries;
    }

    List<Out> change(Span span, @Nullable Scope outer, Ctes ctes) {
        Write write = WriteReader.read(work.dialect, t, span);
        Scope scope = new Scope(outer, work.wholeRows());
        Map<FromItem, Relation> relations = new HashMap<>();
        if (write.tables().size() > Scope.MOST_RELATIONS || write.targets().size() > Scope.MOST_RELATIONS) {
            throw new UnreadableException("too many relations");
        }
        List<FromItem> items = withoutForeignGroups(write);
        for (FromItem target : write.targets()) {
            if (!items.contains(target)) {
                items.add(0, target);
            }
        }
        for (FromItem item : items) {
            if (item.kind() == FromItem.Kind.GROUP) {
                queries.relations().add(List.of(item), scope, ctes);
                continue;
            }
            Relation relation = write.targets().contains(item)
                    ? writes.target(item, scope, ctes)
                    : queries.relations().relation(item, scope, ctes);
            relations.put(item, relation);
            scope.add(relation, item);
        }
        List<Relation> targets = new ArrayList<>();
        for (FromItem target : write.targets()) {
            Relation relation = relations.get(target);
            if (relation != null) {
                targets.add(relation);
            }
        }
        if (targets.isEmpty()) {
            throw new UnreadableException("no target");
        }
        Relation first = targets.get(0);
        Written written = new Written();
        writes.assignments().read(write.assignments(), scope, ctes, targets, first.schema(), first.table(), written);
        first.wrote(written);
        work.changed = targets.size() == 1 ? first : null;
        int where = Clauses.find(t, span.from(), span.to(), "WHERE");
        queries.influences()
                .condition(
                        new Span(where, Clauses.find(t, where, span.to(), Set.of("RETURNING", "LIMIT"))), scope, ctes);
        queries.influences().joined(new Span(span.from() + 1, Math.max(span.from() + 1, where)), scope, ctes);
        Span output = write.output();
        if (output == null) {
            return List.of();
        }
        writes.pseudo(scope, first);
        return writes.output(output, write.outputInto(), scope, ctes);
    }

    /** The tables of the write; brackets are opened where a target stands in them. */
    private static List<FromItem> withoutForeignGroups(Write write) {
        Set<FromItem> targets = Set.copyOf(write.targets());
        List<FromItem> items = new ArrayList<>();
        for (FromItem item : write.tables()) {
            List<FromItem> flat = WriteReader.flat(List.of(item));
            boolean target = flat.stream().anyMatch(targets::contains);
            items.addAll(target ? flat : List.of(item));
        }
        return items;
    }
}
