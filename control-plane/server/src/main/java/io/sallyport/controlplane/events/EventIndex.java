package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds events by text on PostgreSQL without reading all of them. Three ways together:
 * <ul>
 *   <li>any part of what others say in the same words ({@link EventTexts}), in everything that is stored,
 *   <li>a whole incident id, ticket, trace or user, in everything that is stored,
 *   <li>any part of anything, in the newest {@value #READ} events before the page.
 * </ul>
 */
final class EventIndex {

    /** How many events are read from their first to their last letter for one page. */
    static final int READ = 50_000;

    /** Of more texts than that the newest events are near, and reading backwards finds them sooner. */
    private static final int FEW = 500;

    private static final int FEW_OF_WORKLOAD = 20;

    static final List<String> WHOLE = List.of("call", "ticket", "trace", "user");

    private EventIndex() {}

    /**
     * @param conditions on {@code e} beside the text, each beginning with {@code and}
     * @param values what the conditions name
     * @param kind as stored, like {@code verdict}; {@code target} and {@code text} are patterns in lower case, or absent
     * @return ids, newest first
     */
    static List<Long> find(
            Handle handle,
            EventQuery.Filter filter,
            Scope scope,
            String conditions,
            Map<String, Object> values,
            @Nullable String target,
            @Nullable String text) {
        String page = conditions + scope.and("e.workload_id") + " order by e.id desc limit :limit";
        Map<String, Object> bound = new LinkedHashMap<>(values);
        bound.put("limit", filter.limit());
        List<Long> newest = newest(handle, scope, page, bound, target, text);
        if (newest.size() == filter.limit()) {
            // Nothing that lies further back is newer.
            return newest;
        }
        List<String> ways = new ArrayList<>();
        List<Long> texts = texts(handle, values, target, text);
        if (texts.size() > (values.containsKey(IdWalk.WORKLOADS) ? FEW_OF_WORKLOAD : FEW)) {
            // Backwards through the events, or through the workload's: the addition keeps the planner from collecting
            // and sorting.
            ways.add("(select e.id from event e where e.id < :before and e.text_id + 0 = any(cast(:texts as bigint[]))"
                    + page + ")");
        } else if (!texts.isEmpty()) {
            ways.add("(select f.id from unnest(cast(:texts as bigint[])) t(id) cross join lateral"
                    + " (select e.id from event e where e.text_id = t.id and e.id < :before" + page + ") f)");
        }
        if (!texts.isEmpty()) {
            bound.put("texts", texts.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
        }
        if (text != null && filter.text() != null) {
            bound.put("whole", filter.text().strip());
            WHOLE.forEach(member -> ways.add(whole(member, target) + page + ")"));
            if (target != null) {
                bound.put("target", target);
            }
        }
        if (ways.isEmpty()) {
            return newest;
        }
        NavigableSet<Long> found = new TreeSet<>(Comparator.reverseOrder());
        found.addAll(newest);
        found.addAll(ids(
                handle,
                scope,
                ways.stream().collect(Collectors.joining(" union ", "select id from (", ") f"))
                        + " order by id desc limit :limit",
                bound));
        return found.stream().limit(filter.limit()).toList();
    }

    /** Of the events that are read as a whole. */
    private static List<Long> newest(
            Handle handle,
            Scope scope,
            String page,
            Map<String, Object> values,
            @Nullable String target,
            @Nullable String text) {
        Map<String, Object> bound = new LinkedHashMap<>(values);
        StringBuilder sql = new StringBuilder(
                "select e.id from (select * from event r where r.id < :before order by r.id desc limit " + READ
                        + ") e where true");
        if (text != null) {
            sql.append(" and lower(e.body) like :text escape '!'");
            bound.put("text", text);
        }
        if (target != null) {
            sql.append(" and lower(e.target) like :target escape '!'");
            bound.put("target", target);
        }
        return ids(handle, scope, sql + page, bound);
    }

    /** The expression is the index's. */
    static String says(String member) {
        String json = "\"" + member + "\":\"";
        return "substring(e.body from '" + json + "([^\"]*)\"') = :whole"
                + (member.equals("call") ? "" : " and e.body like '%" + json + "%'");
    }

    private static String whole(String member, @Nullable String target) {
        return "(select e.id from event e where e.id < :before and " + says(member)
                + (target == null ? "" : " and lower(e.target) like :target escape '!'");
    }

    private static List<Long> ids(Handle handle, Scope scope, String sql, Map<String, Object> bound) {
        Query query = scope.bind(handle.createQuery(sql));
        IdWalk.bind(query, bound);
        return query.mapTo(Long.class).list();
    }

    private static List<Long> texts(
            Handle handle, Map<String, Object> values, @Nullable String target, @Nullable String text) {
        StringBuilder sql = new StringBuilder("select id from event_text where true");
        Map<String, Object> bound = new LinkedHashMap<>();
        for (String column : List.of("kind", "verdict")) {
            if (values.containsKey(column)) {
                sql.append(" and ").append(column).append(" = :").append(column);
                bound.put(column, values.get(column));
            }
        }
        if (target != null) {
            sql.append(" and target like :target escape '!'");
            bound.put("target", target);
        }
        if (text != null) {
            sql.append(" and content like :text escape '!'");
            bound.put("text", text);
        }
        Query query = handle.createQuery(sql.toString());
        IdWalk.bind(query, bound);
        return query.mapTo(Long.class).list();
    }
}
