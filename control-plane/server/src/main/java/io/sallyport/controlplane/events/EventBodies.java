package io.sallyport.controlplane.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads events whose ids are known, no more of them at once than fit: one event may be as large as a frame of the channel. */
final class EventBodies {

    /** Of stored JSON, which as a tree takes some times as much. */
    static final long MOST_BYTES = 16 * 1024 * 1024;

    private EventBodies() {}

    /** The events of the longest beginning of {@code ids} that fits, one at least, in that order. */
    static List<ObjectNode> beginning(Handle handle, List<Long> ids) {
        return ids.isEmpty() ? List.of() : read(handle, parts(handle, ids).get(0));
    }

    /** The same ids in lists that fit. */
    static List<List<Long>> parts(Handle handle, List<Long> ids) {
        Map<Long, Long> sizes = new HashMap<>();
        handle.createQuery("select id, octet_length(body) as size from event where id in (<ids>)")
                .bindList("ids", ids)
                .map((row, ctx) -> Map.entry(row.getLong("id"), row.getLong("size")))
                .forEach(size -> sizes.put(size.getKey(), size.getValue()));
        List<List<Long>> parts = new ArrayList<>();
        long left = 0;
        for (Long id : ids) {
            long size = sizes.getOrDefault(id, 0L);
            left -= size;
            if (left < 0 || parts.isEmpty()) {
                parts.add(new ArrayList<>());
                left = MOST_BYTES - size;
            }
            parts.get(parts.size() - 1).add(id);
        }
        return parts;
    }

    /** In the order of {@code ids}, without those that are gone. */
    static List<ObjectNode> read(Handle handle, List<Long> ids) {
        Map<Long, ObjectNode> read = new HashMap<>();
        handle.createQuery("select e.id, e.workload_id, w.name, e.sequence, e.received_at, e.body from event e"
                        + " join workload w on w.id = e.workload_id where e.id in (<ids>)")
                .bindList("ids", ids)
                .map((row, ctx) -> json(row))
                .forEach(event -> read.put(event.get("id").asLong(), event));
        return ids.stream().filter(read::containsKey).map(read::get).toList();
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
