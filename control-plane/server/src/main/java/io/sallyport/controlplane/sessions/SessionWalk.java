package io.sallyport.controlplane.sessions;

import io.sallyport.controlplane.events.EventWords;
import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds sessions: of a workload along its own index, else along all. */
final class SessionWalk {

    private static final String WORKLOAD = "s.workload_id";

    private SessionWalk() {}

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

    /**
     * On PostgreSQL: by the sessions' own names and targets.
     *
     * @param texts sessions with events that say one of these, too
     */
    static IdWalk named(Wanted wanted, Scope scope, List<Long> texts) {
        Map<String, Object> values = new LinkedHashMap<>();
        String said = "";
        if (!texts.isEmpty()) {
            // The addition keeps the planner from going through the events of the texts for each session.
            said = " and e.text_id + 0 = any(cast(:texts as bigint[]))";
            values.put(EventWords.TEXTS, EventWords.array(texts));
        }
        return along(wanted, scope, false, said, values);
    }

    /** @param hints whether the store takes the index that it is told, as H2 does; PostgreSQL chooses by what it knows of the table */
    static IdWalk along(Wanted wanted, Scope scope, boolean hints) {
        return along(wanted, scope, hints, " and lower(e.body) like :text escape '!'", new LinkedHashMap<>());
    }

    /** @param said a condition on events that begins with {@code and}; empty: no events are looked at */
    private static IdWalk along(Wanted wanted, Scope scope, boolean hints, String said, Map<String, Object> values) {
        values.put("before", wanted.before());
        values.put("limit", wanted.limit());
        StringBuilder more = new StringBuilder(scope.and(IdWalk.hiddenFromIndexes(WORKLOAD))).append(wanted.notable());
        if (wanted.text() != null) {
            more.append(" and (lower(s.target) like :text escape '!' or lower(s.session) like :text escape '!'");
            if (!said.isEmpty()) {
                // Not "exists": PostgreSQL would read all events once, and remember the sessions of those that say it.
                more.append(" or (select 1 from event e where e.workload_id = s.workload_id and e.session = s.session")
                        .append(said)
                        .append(" limit 1) is not null");
            }
            more.append(')');
            values.put("text", wanted.text());
        }
        String index = hints ? " use index (call_session_by_workload)" : "";
        return IdWalk.over(
                WORKLOAD,
                wanted.workloads(),
                true,
                more.toString(),
                values,
                (ofOne, conditions) ->
                        "select s.id from call_session s" + (ofOne ? index : "") + " where s.id < :before" + conditions
                                + " order by " + (ofOne ? WORKLOAD + " desc, " : "") + "s.id desc limit :limit");
    }
}
