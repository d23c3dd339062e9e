package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Whether the list of sessions shows at least what the events say: a session that was taken out of it, or whose refusals, calls or errors were made
 * fewer. More than the events say is right, since retention deletes events before their session. Thread-safe.
 */
final class ListedSessions {

    private static final String SELECT = "select e.workload_id, count(*) as sessions from (select workload_id, session,"
            + " sum(case when kind = 'DECISION' then 1 else 0 end) as calls,"
            + " sum(case when kind = 'ERROR' then 1 else 0 end) as errors,"
            + " sum(case when verdict = 'deny' and kind in ('OPEN', 'DECISION', 'OUTCOME') then 1 else 0 end) as refused"
            + " from event where session is not null and (cast(:workload as varchar) is null or workload_id = :workload)"
            + " group by workload_id, session) e left join call_session c"
            + " on c.workload_id = e.workload_id and c.session = e.session"
            + " where c.session is null or c.calls < e.calls or c.errors < e.errors or c.refused < e.refused"
            + " group by e.workload_id order by e.workload_id";

    private final Database database;

    ListedSessions(Database database) {
        this.database = database;
    }

    /** @return {@code null}: nothing */
    @Nullable
    String problem(String workload) {
        return problems(workload).get(workload);
    }

    /** By workload. */
    Map<String, String> problems() {
        return problems(null);
    }

    private Map<String, String> problems(@Nullable String workload) {
        return database.read(handle -> {
            Map<String, String> problems = new LinkedHashMap<>();
            Query query = handle.createQuery(SELECT).bindByType("workload", workload, String.class);
            query.map((row, context) -> Map.entry(row.getString("workload_id"), row.getLong("sessions")))
                    .forEach(
                            each -> problems.put(
                                    each.getKey(),
                                    each.getValue()
                                            + " sessions are not in the list of sessions, or with fewer calls, errors or refusals than were recorded"));
            return problems;
        });
    }
}
