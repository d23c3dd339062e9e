package io.sallyport.controlplane.sessions;

import io.sallyport.controlplane.events.EventWords;
import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Scope;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Finds sessions by text on PostgreSQL without reading all of their events: by their own names and targets, and by the events that the indexes of
 * {@link EventWords} lead to. What one of them says in words that nobody else does is found in the newest events only, as with events.
 */
final class SessionIndex {

    /** Of more events than that the newest sessions are near, and asking one after the other finds them sooner. */
    static final int FEW = 20_000;

    private SessionIndex() {}

    /**
     * @param wanted with a text
     * @param typed that text as it was typed
     * @return ids, newest first
     */
    static List<Long> find(Handle handle, SessionWalk.Wanted wanted, Scope scope, String typed) {
        List<Long> texts = EventWords.texts(handle, String.valueOf(wanted.text()));
        boolean few = EventWords.areFew(handle, texts, FEW);
        NavigableSet<Long> found = new TreeSet<>(Comparator.reverseOrder());
        found.addAll(SessionWalk.named(wanted, scope, few ? List.of() : texts).ids(handle, scope));
        found.addAll(byEvents(wanted, scope, few ? texts : List.of(), typed).ids(handle, scope));
        return found.stream().limit(wanted.limit()).toList();
    }

    /** Sessions of the events that say it; all of these are looked at. */
    static IdWalk byEvents(SessionWalk.Wanted wanted, Scope scope, List<Long> texts, String typed) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("before", wanted.before());
        values.put("limit", wanted.limit());
        values.put("text", String.valueOf(wanted.text()));
        values.put("whole", typed.strip());
        StringBuilder more = new StringBuilder(scope.and("s.workload_id")).append(wanted.notable());
        List<String> workloads = wanted.workloads();
        if (workloads != null) {
            more.append(" and s.workload_id in (<" + IdWalk.WORKLOADS + ">)");
            values.put(IdWalk.WORKLOADS, workloads);
        }
        if (!texts.isEmpty()) {
            values.put(EventWords.TEXTS, EventWords.array(texts));
        }
        return new IdWalk(
                "select s.id from (select distinct e.workload_id, e.session from ("
                        + EventWords.events(!texts.isEmpty())
                        + ") e where e.session is not null) f join call_session s on s.workload_id = f.workload_id and"
                        + " s.session = f.session where s.id < :before" + more + " order by s.id desc limit :limit",
                values);
    }
}
