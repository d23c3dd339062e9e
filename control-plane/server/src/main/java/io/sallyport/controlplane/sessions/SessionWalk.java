package io.sallyport.controlplane.sessions;

import io.sallyport.controlplane.store.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds sessions along one index, from its end, until the page is full: of a workload along its own, else along all. Nothing is collected and
 * sorted, which would take the longer the more sessions there are.
 *
 * @param sql finds ids, newest first
 * @param values what it names
 */
record SessionWalk(String sql, Map<String, Object> values) {

    private static final String WORKLOADS = "workloads";

    /** Of more workloads than that the newest sessions are near, and a walk through everybody's finds them sooner. */
    private static final int FEW = 50;

    /** H2 would else take an index that begins with the workload, and sort what it finds. */
    private static final String HIDDEN_FROM_INDEXES = "coalesce(s.workload_id, '')";

    /**
     * What to look for; {@code null} members do not restrict.
     *
     * @param workloads ids, not empty
     * @param notable a condition on the counters, which begins with {@code and}; or empty
     * @param text a pattern in lower case
     */
    record Wanted(
            long before,
            int limit,
            @Nullable List<String> workloads,
            String notable,
            @Nullable String text) {}

    /** @param hints whether the store takes the index that it is told, as H2 does; PostgreSQL chooses by what it knows of the table */
    static SessionWalk along(Wanted wanted, Scope scope, boolean hints) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("before", wanted.before());
        values.put("limit", wanted.limit());
        StringBuilder more = new StringBuilder(scope.and(HIDDEN_FROM_INDEXES)).append(wanted.notable());
        if (wanted.text() != null) {
            more.append(
                    " and (lower(s.target) like :text escape '!' or lower(s.session) like :text escape '!' or exists ("
                            + "select 1 from event e where e.workload_id = s.workload_id and e.session = s.session"
                            + " and lower(e.body) like :text escape '!'))");
            values.put("text", wanted.text());
        }
        List<String> workloads = wanted.workloads();
        if (workloads == null || workloads.size() > FEW) {
            if (workloads != null) {
                more.append(" and ").append(HIDDEN_FROM_INDEXES).append(" in (<" + WORKLOADS + ">)");
                values.put(WORKLOADS, workloads);
            }
            return new SessionWalk(
                    "select s.id from call_session s where s.id < :before" + more + " order by s.id desc limit :limit",
                    values);
        }
        String index = hints ? " use index (call_session_by_workload)" : "";
        String each = IntStream.range(0, workloads.size())
                .mapToObj(i -> "(select s.id from call_session s" + index
                        + " where s.id < :before and s.workload_id = :workload" + i + more
                        + " order by s.workload_id desc, s.id desc limit :limit)")
                .collect(Collectors.joining(" union all "));
        for (int i = 0; i < workloads.size(); i++) {
            values.put("workload" + i, workloads.get(i));
        }
        return new SessionWalk("select f.id from (" + each + ") f order by f.id desc limit :limit", values);
    }

    List<Long> ids(Handle handle, Scope scope) {
        return bind(scope.bind(handle.createQuery(sql))).mapTo(Long.class).list();
    }

    Query bind(Query query) {
        values.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                query.bindList(name, list);
            } else {
                query.bind(name, value);
            }
        });
        return query;
    }
}
