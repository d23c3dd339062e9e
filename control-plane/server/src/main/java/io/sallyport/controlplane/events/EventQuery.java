package io.sallyport.controlplane.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Searches stored events. Thread-safe. */
public final class EventQuery {

    private static final int PAGE = 1000;

    private final Database database;

    public EventQuery(Database database) {
        this.database = database;
    }

    /**
     * What to look for; {@code null} members do not restrict.
     *
     * @param before only events with a smaller id
     * @param workload id or name of a workload
     * @param firstSince only calls of statements that their workload had never sent from there before, and has since then
     * @param text text that any part of the event contains, whatever its case; on PostgreSQL as {@link EventIndex} finds it
     */
    public record Filter(
            @Nullable Long before,
            int limit,
            @Nullable String workload,
            @Nullable String type,
            @Nullable String verdict,
            @Nullable String target,
            @Nullable String text,
            @Nullable Instant firstSince) {}

    /**
     * A part of what there is, which ends early where its events are large.
     *
     * @param events each is the event's own JSON with {@code id}, {@code workload}, {@code sequence} and {@code received}
     * @param next id of the last of them, behind which there may be more; {@code null} behind the last there is
     */
    public record Page(List<ObjectNode> events, @Nullable Long next) {

        static final Page NONE = new Page(List.of(), null);

        private static Page of(Handle handle, List<Long> ids, int limit) {
            List<ObjectNode> events = EventBodies.beginning(handle, ids);
            boolean whole = ids.size() < limit && events.size() == ids.size();
            return new Page(
                    events,
                    whole || events.isEmpty()
                            ? null
                            : events.get(events.size() - 1).get("id").asLong());
        }
    }

    /** Newest first. */
    public Page find(Filter filter, Scope scope) {
        return database.read(handle -> {
            List<String> workloads = null;
            if (filter.workload() != null && !filter.workload().isBlank()) {
                workloads = IdWalk.workloads(handle, filter.workload());
                if (workloads.isEmpty()) {
                    return Page.NONE;
                }
            }
            EventWalk.Wanted wanted = new EventWalk.Wanted(
                    filter.before() == null ? Long.MAX_VALUE : filter.before(),
                    filter.limit(),
                    workloads,
                    upper(filter.type()),
                    lower(filter.verdict()),
                    contains(filter.target()),
                    contains(filter.text()));
            if (!database.isShared() && filter.firstSince() == null) {
                return Page.of(handle, EventWalk.along(wanted, scope).ids(handle, scope), filter.limit());
            }
            return Page.of(handle, ids(handle, filter, wanted, scope), filter.limit());
        });
    }

    private List<Long> ids(Handle handle, Filter filter, EventWalk.Wanted wanted, Scope scope) {
        StringBuilder conditions = new StringBuilder();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("before", wanted.before());
        if (wanted.workloads() != null) {
            conditions.append(" and e.workload_id in (<workloads>)");
            values.put(IdWalk.WORKLOADS, wanted.workloads());
        }
        restrict(conditions, values, " and e.kind = :kind", "kind", wanted.kind());
        restrict(conditions, values, " and e.verdict = :verdict", "verdict", wanted.verdict());
        if (filter.firstSince() != null) {
            conditions.append(
                    " and (e.workload_id, e.spool, e.sequence) in (select workload_id, first_spool, first_sequence"
                            + " from statement_shape where fresh and first_at >= :firstSince)");
            values.put("firstSince", filter.firstSince());
        }
        if (database.isShared() && (wanted.target() != null || wanted.text() != null)) {
            return EventIndex.find(
                    handle, filter, scope, conditions.toString(), values, wanted.target(), wanted.text());
        }
        restrict(conditions, values, " and lower(e.target) like :target escape '!'", "target", wanted.target());
        restrict(conditions, values, " and lower(e.body) like :text escape '!'", "text", wanted.text());
        Query query = scope.bind(handle.createQuery("select e.id from event e where e.id < :before"
                        + scope.and("e.workload_id") + conditions + " order by e.id desc limit :limit")
                .bind("limit", filter.limit()));
        IdWalk.bind(query, values);
        return query.mapTo(Long.class).list();
    }

    /**
     * Events of one session, oldest first.
     *
     * @param after only events with a larger id
     * @throws Problem when the event {@code after} was deleted since it was read: what came behind it may be, too
     */
    public Page ofSession(String workload, String session, long after, int limit) {
        return database.snapshot(handle -> {
            if (after > 0 && !isThere(handle, after)) {
                throw new Problem(
                        Problem.Kind.GONE,
                        "events of this session were deleted while it was read, their retention is over; read it from"
                                + " the beginning of what is left");
            }
            return ofSession(handle, workload, session, after, limit);
        });
    }

    /**
     * All events of one session as they are at one moment, oldest first; read page by page, so that a long session needs no memory for all of it.
     *
     * @return how many there are
     */
    public long eachOfSession(String workload, String session, Consumer<ObjectNode> taker) {
        return database.snapshot(handle -> {
            long count = 0;
            Long after = 0L;
            while (after != null) {
                Page page = ofSession(handle, workload, session, after, PAGE);
                page.events().forEach(taker);
                count += page.events().size();
                after = page.next();
            }
            return count;
        });
    }

    private static boolean isThere(Handle handle, long id) {
        return handle.createQuery("select 1 from event where id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static Page ofSession(Handle handle, String workload, String session, long after, int limit) {
        List<Long> ids = handle.createQuery(
                        "select e.id from event e where e.workload_id = :workload and e.session = :session"
                                + " and e.id > :after order by e.id limit :limit")
                .bind("workload", workload)
                .bind("session", session)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        return Page.of(handle, ids, limit);
    }

    /** The same ids in lists whose events fit into memory at once. */
    public List<List<Long>> parts(List<Long> ids) {
        return ids.isEmpty() ? List.of() : database.read(handle -> EventBodies.parts(handle, ids));
    }

    /** Events of the given ids in that order, without those that are gone. */
    public List<ObjectNode> byIds(List<Long> ids) {
        return database.read(handle -> EventBodies.read(handle, ids));
    }

    /** Ids above a given one, ascending. */
    public List<Long> idsAfter(long id, int limit) {
        return database.glance(
                handle -> handle.createQuery("select id from event where id > :id order by id limit :limit")
                        .bind("id", id)
                        .bind("limit", limit)
                        .mapTo(Long.class)
                        .list());
    }

    /** The greatest id that is there. */
    public long newest() {
        return database.read(EventQuery::newestId);
    }

    private static long newestId(Handle handle) {
        return handle.createQuery("select coalesce(max(id), 0) from event")
                .mapTo(Long.class)
                .one();
    }

    /**
     * What a workload's connections last showed, one entry per target.
     *
     * @param tls protocol and cipher, or {@code plaintext}
     */
    public record TlsSeen(String target, String tls, String session, String at) {}

    /** Newest first. */
    public List<TlsSeen> tlsOf(String workload) {
        List<ObjectNode> opened = find(new Filter(null, 200, workload, "OPEN", null, null, null, null), Scope.ALL)
                .events();
        Map<String, TlsSeen> byTarget = new LinkedHashMap<>();
        for (ObjectNode event : opened) {
            String tls = event.path("tls").asText("");
            if (!tls.isEmpty() && !tls.equals("null")) {
                String target = event.path("target").asText();
                byTarget.putIfAbsent(
                        target,
                        new TlsSeen(
                                target,
                                tls,
                                event.path("session").asText(),
                                event.path("at").asText()));
            }
        }
        return new ArrayList<>(byTarget.values());
    }

    private static void restrict(
            StringBuilder sql, Map<String, Object> values, String clause, String name, @Nullable String value) {
        if (value != null) {
            sql.append(clause);
            values.put(name, value);
        }
    }

    private static @Nullable String contains(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String escaped = text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return "%" + escaped + "%";
    }

    private static @Nullable String upper(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.toUpperCase(Locale.ROOT);
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.toLowerCase(Locale.ROOT);
    }
}
