package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds events on the embedded store along one index, from its end, until the page is full.
 *
 * <p>H2 reads an index backwards only where {@code order by} names all columns of it; else it collects whatever the index finds and sorts that, a
 * quarter of a minute for 300,000 events. So the index is chosen here, and the order is the index's.
 *
 * @param sql finds ids, newest first
 * @param values what it names
 */
record EventWalk(String sql, Map<String, Object> values) {

    /** Of more workloads than that the newest events are near, and a walk through everybody's finds them sooner. */
    private static final int FEW = 50;

    private static final Set<String> FREQUENT_KINDS = Set.of("DECISION", "RESULT");
    private static final String FREQUENT_VERDICT = "allow";

    /** Only the primary key is left to walk along. */
    private static final String HIDDEN_FROM_INDEXES = "coalesce(e.workload_id, '')";

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
            @Nullable String text) {

        private boolean ofFewWorkloads() {
            return workloads != null && workloads.size() <= FEW;
        }
    }

    static EventWalk along(Wanted wanted, Scope scope) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("before", wanted.before());
        values.put("limit", wanted.limit());
        StringBuilder more = new StringBuilder(scope.and(HIDDEN_FROM_INDEXES));
        restrict(more, values, " and e.kind = :kind", "kind", wanted.kind());
        restrict(more, values, " and e.verdict = :verdict", "verdict", wanted.verdict());
        restrict(more, values, " and lower(e.target) like :target escape '!'", "target", wanted.target());
        restrict(more, values, " and lower(e.body) like :text escape '!'", "text", wanted.text());
        List<String> workloads = wanted.workloads();
        if (workloads == null || isRare(wanted) || !wanted.ofFewWorkloads()) {
            if (workloads != null) {
                more.append(" and ").append(HIDDEN_FROM_INDEXES).append(" in (<workloads>)");
                values.put(EventQuery.WORKLOADS, workloads);
            }
            return new EventWalk(walk(column(wanted), more.toString()), values);
        }
        String each = IntStream.range(0, workloads.size())
                .mapToObj(i -> "(" + walk("workload_id", " and e.workload_id = :workload" + i + more) + ")")
                .collect(Collectors.joining(" union all "));
        for (int i = 0; i < workloads.size(); i++) {
            values.put("workload" + i, workloads.get(i));
        }
        return new EventWalk("select f.id from (" + each + ") f order by f.id desc limit :limit", values);
    }

    List<Long> ids(Handle handle, Scope scope) {
        Query query = scope.bind(handle.createQuery(sql));
        EventQuery.bind(query, values);
        return query.mapTo(Long.class).list();
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
