package io.sallyport.controlplane.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows along one index, from its end, until the page is full: of few workloads along each one's own, else along all. Nothing is collected and
 * sorted, which would take the longer the more rows there are.
 *
 * @param sql finds ids, newest first
 * @param values what it names, {@code limit} among them
 */
public record IdWalk(String sql, Map<String, Object> values) {

    /** Name of the list of workloads' ids that a query is restricted to. */
    public static final String WORKLOADS = "workloads";

    /** Of more workloads than that the newest rows are near, and a walk through everybody's finds them sooner. */
    private static final int FEW = 50;

    /** Writes the walk through the rows that meet {@code conditions}, each of which begins with {@code and}. */
    @FunctionalInterface
    public interface Route {

        /** @param ofOne whether the conditions name one workload, in whose rows' order it goes then */
        String sql(boolean ofOne, String conditions);
    }

    /**
     * The walk to the rows of some workloads.
     *
     * @param column has a row's workload
     * @param workloads ids, not empty; {@code null} for everybody's
     * @param apart whether the rows of few workloads are looked for one workload after the other
     * @param values what {@code conditions} name; those of the workloads are added
     */
    public static IdWalk over(
            String column,
            @Nullable List<String> workloads,
            boolean apart,
            String conditions,
            Map<String, Object> values,
            Route route) {
        if (workloads == null) {
            return new IdWalk(route.sql(false, conditions), values);
        }
        if (!apart || workloads.size() > FEW) {
            values.put(WORKLOADS, workloads);
            String among = " and " + hiddenFromIndexes(column) + " in (<" + WORKLOADS + ">)";
            return new IdWalk(route.sql(false, conditions + among), values);
        }
        String each = IntStream.range(0, workloads.size())
                .mapToObj(i -> "(" + route.sql(true, " and " + column + " = :workload" + i + conditions) + ")")
                .collect(Collectors.joining(" union all "));
        for (int i = 0; i < workloads.size(); i++) {
            values.put("workload" + i, workloads.get(i));
        }
        return new IdWalk("select f.id from (" + each + ") f order by f.id desc limit :limit", values);
    }

    /** The column, so that H2 does not take an index that begins with it, and sort what that finds. */
    public static String hiddenFromIndexes(String column) {
        return "coalesce(" + column + ", '')";
    }

    /** Ids of the workloads of that id or name. */
    public static List<String> workloads(Handle handle, String idOrName) {
        return handle.createQuery("select id from workload where id = :workload or name = :workload")
                .bind("workload", idOrName)
                .mapTo(String.class)
                .list();
    }

    /** @param scope the one that the conditions have */
    public List<Long> ids(Handle handle, Scope scope) {
        return bind(scope.bind(handle.createQuery(sql)), values)
                .mapTo(Long.class)
                .list();
    }

    /** Binds values and lists of values. */
    public static Query bind(Query query, Map<String, Object> values) {
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
