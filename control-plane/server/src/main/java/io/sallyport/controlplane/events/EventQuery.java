package io.sallyport.controlplane.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Scope;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private static final String SELECT =
            "select e.id, e.workload_id, w.name, e.sequence, e.received_at, e.body from event e"
                    + " join workload w on w.id = e.workload_id";

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

    /** Newest first. Each is the event's own JSON with {@code id}, {@code workload}, {@code sequence} and {@code received}. */
    public List<ObjectNode> find(Filter filter, Scope scope) {
        return database.read(handle -> {
            List<String> workloads = null;
            if (filter.workload() != null && !filter.workload().isBlank()) {
                workloads = IdWalk.workloads(handle, filter.workload());
                if (workloads.isEmpty()) {
                    return List.of();
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
                return newestFirst(handle, EventWalk.along(wanted, scope).ids(handle, scope));
            }
            return find(handle, filter, wanted, scope);
        });
    }

    private List<ObjectNode> find(Handle handle, Filter filter, EventWalk.Wanted wanted, Scope scope) {
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
            return newestFirst(
                    handle,
                    EventIndex.find(
                            handle, filter, scope, conditions.toString(), values, wanted.target(), wanted.text()));
        }
        restrict(conditions, values, " and lower(e.target) like :target escape '!'", "target", wanted.target());
        restrict(conditions, values, " and lower(e.body) like :text escape '!'", "text", wanted.text());
        Query query = scope.bind(handle.createQuery(SELECT + " where e.id < :before" + scope.and("e.workload_id")
                        + conditions + " order by e.id desc limit :limit")
                .bind("limit", filter.limit()));
        IdWalk.bind(query, values);
        return query.map((row, ctx) -> json(row)).list();
    }

    private static List<ObjectNode> newestFirst(Handle handle, List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(SELECT + " where e.id in (<ids>) order by e.id desc")
                .bindList("ids", ids)
                .map((row, ctx) -> json(row))
                .list();
    }

    /**
     * Events of one session, oldest first.
     *
     * @param after only events with a larger id
     * @throws Problem when the event {@code after} was deleted since it was read: what came behind it may be, too
     */
    public List<ObjectNode> ofSession(String workload, String session, long after, int limit) {
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
            long after = 0;
            List<ObjectNode> page;
            do {
                page = ofSession(handle, workload, session, after, PAGE);
                for (ObjectNode event : page) {
                    taker.accept(event);
                    after = event.get("id").asLong();
                }
                count += page.size();
            } while (page.size() == PAGE);
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

    private static List<ObjectNode> ofSession(Handle handle, String workload, String session, long after, int limit) {
        return handle.createQuery(SELECT + " where e.workload_id = :workload and e.session = :session and e.id > :after"
                        + " order by e.id limit :limit")
                .bind("workload", workload)
                .bind("session", session)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, ctx) -> json(row))
                .list();
    }

    /** Events of the given ids, oldest first. */
    public List<ObjectNode> byIds(List<Long> ids) {
        return database.read(handle -> handle.createQuery(SELECT + " where e.id in (<ids>) order by e.id")
                .bindList("ids", ids)
                .map((row, ctx) -> json(row))
                .list());
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
        List<ObjectNode> opened = find(new Filter(null, 200, workload, "OPEN", null, null, null, null), Scope.ALL);
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

    private static ObjectNode json(ResultSet row) throws SQLException {
        ObjectNode node = Wire.json().createObjectNode();
        node.put("id", row.getLong("id"));
        node.putObject("workload").put("id", row.getString("workload_id")).put("name", row.getString("name"));
        long sequence = row.getLong("sequence");
        node.put("sequence", row.wasNull() ? null : (Long) sequence);
        node.put("received", Columns.instant(row, "received_at").toString());
        try {
            node.setAll((ObjectNode) Wire.json().readTree(row.getString("body")));
        } catch (IOException e) {
            throw new SQLException("event " + row.getLong("id") + " is damaged", e);
        }
        return node;
    }
}
