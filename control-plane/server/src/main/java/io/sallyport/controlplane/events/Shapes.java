package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that workloads send, by the place in the code. Thread-safe. */
public final class Shapes {

    private final Database database;

    public Shapes(Database database) {
        this.database = database;
    }

    /**
     * @param site class and method; empty where unknown
     * @param fresh whether no workload of that name had sent it from there before
     */
    public record Shape(
            String workload,
            String name,
            String target,
            String site,
            String shape,
            long calls,
            Instant firstAt,
            Instant lastAt,
            boolean fresh) {}

    /**
     * Those seen last for the first time come first.
     *
     * @param workload id or name; {@code null} for all
     * @param firstSince only those that were new to their workload's name since then; {@code null} for all
     */
    public List<Shape> find(@Nullable String workload, @Nullable Instant firstSince, int limit, Scope scope) {
        StringBuilder sql = new StringBuilder("select s.*, w.name from statement_shape s join workload w on w.id ="
                + " s.workload_id where 1 = 1" + scope.and("s.workload_id"));
        if (workload != null) {
            sql.append(" and (s.workload_id = :workload or w.name = :workload)");
        }
        if (firstSince != null) {
            sql.append(" and s.fresh and s.first_at >= :since");
        }
        sql.append(" order by s.first_at desc, s.shape_key limit :limit");
        return database.read(handle -> {
            var query = scope.bind(handle.createQuery(sql.toString())).bind("limit", limit);
            if (workload != null) {
                query.bind("workload", workload);
            }
            if (firstSince != null) {
                query.bind("since", firstSince);
            }
            return query.map((row, ctx) -> new Shape(
                            row.getString("workload_id"),
                            row.getString("name"),
                            row.getString("target"),
                            row.getString("site"),
                            row.getString("shape"),
                            row.getLong("calls"),
                            Columns.instant(row, "first_at"),
                            Columns.instant(row, "last_at"),
                            row.getBoolean("fresh")))
                    .list();
        });
    }
}
