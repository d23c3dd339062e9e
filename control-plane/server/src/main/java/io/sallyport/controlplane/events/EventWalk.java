package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds events on the embedded store.
 *
 * <p>H2 reads an index backwards only where {@code order by} names all columns of it; else it collects whatever the index finds and sorts that, a
 * quarter of a minute for 300,000 events. So the index is chosen here, and the order is the index's.
 */
final class EventWalk {

    private static final String WORKLOAD = "e.workload_id";

    private static final Set<String> FREQUENT_KINDS = Set.of("DECISION", "RESULT");
    private static final String FREQUENT_VERDICT = "allow";

    private EventWalk() {}

    /**
     * What to look for; {@code null} members do not restrict.
     *
     * @param workloads ids, not empty
     * @param kind as stored, like {@code verdict}; {@code target} and {@code text} are patterns in lower case
     */
    record Wanted(
            long before,
            int limit,
            @Nullable List<String> workloads,
            @Nullable String kind,
            @Nullable String verdict,
            @Nullable String target,
            @Nullable String text) {}

    static IdWalk along(Wanted wanted, Scope scope) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("before", wanted.before());
        values.put("limit", wanted.limit());
        StringBuilder more = new StringBuilder(scope.and(IdWalk.hiddenFromIndexes(WORKLOAD)));
        restrict(more, values, " and e.kind = :kind", "kind", wanted.kind());
        restrict(more, values, " and e.verdict = :verdict", "verdict", wanted.verdict());
        restrict(more, values, " and lower(e.target) like :target escape '!'", "target", wanted.target());
        restrict(more, values, " and lower(e.body) like :text escape '!'", "text", wanted.text());
        return IdWalk.over(
                WORKLOAD,
                wanted.workloads(),
                !isRare(wanted),
                more.toString(),
                values,
                (ofOne, conditions) -> walk(ofOne ? "workload_id" : column(wanted), conditions));
    }

    /** Whether few events of any workload are like that. */
    private static boolean isRare(Wanted wanted) {
        String kind = wanted.kind();
        String verdict = wanted.verdict();
        return (kind != null && !FREQUENT_KINDS.contains(kind))
                || (verdict != null && !verdict.equals(FREQUENT_VERDICT));
    }

    /** Whose index to walk along through the events of all workloads: the rarer thing's. */
    private static @Nullable String column(Wanted wanted) {
        String kind = wanted.kind();
        if (wanted.verdict() != null && (kind == null || FREQUENT_KINDS.contains(kind))) {
            return "verdict";
        }
        return kind == null ? null : "kind";
    }

    private static String walk(@Nullable String column, String conditions) {
        if (column == null) {
            return "select e.id from event e where e.id < :before" + conditions + " order by e.id desc limit :limit";
        }
        String index = "event_by_" + column.replace("_id", "");
        return "select e.id from event e use index (" + index + ") where e.id < :before" + conditions + " order by e."
                + column + " desc, e.id desc limit :limit";
    }

    private static void restrict(
            StringBuilder sql, Map<String, Object> values, String clause, String name, @Nullable String value) {
        if (value != null) {
            sql.append(clause);
            values.put(name, value);
        }
    }
}
