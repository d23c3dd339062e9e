package io.sallyport.controlplane.store;

import java.util.Set;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The workloads that a person sees, for the {@code where} of a query. Immutable.
 *
 * @param ids {@code null} for all of them
 */
public record Scope(@Nullable Set<String> ids) {

    public static final Scope ALL = new Scope(null);

    /** Stands for "none" in a list that must not be empty; no workload has this id. */
    private static final Set<String> NOBODY = Set.of("-");

    /** {@code and <column> in (…)}, or nothing. */
    public String and(String column) {
        return ids == null ? "" : " and " + column + " in (<scope>)";
    }

    /** Binds what {@link #and} left open. */
    public <T extends SqlStatement<T>> T bind(T statement) {
        return ids == null ? statement : statement.bindList("scope", ids.isEmpty() ? NOBODY : ids);
    }

    public boolean holds(String workload) {
        return ids == null || ids.contains(workload);
    }
}
