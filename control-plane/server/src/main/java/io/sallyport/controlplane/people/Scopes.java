package io.sallyport.controlplane.people;

import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which workloads a person's roles reach: by verified labels, never by those that a workload gives itself. Thread-safe; remembers labels
 * until a workload changes.
 */
public final class Scopes {

    private static final int REMEMBERED = 10_000;

    private final Database database;
    private final Map<String, Map<String, String>> labels = new ConcurrentHashMap<>();

    public Scopes(Database database) {
        this.database = database;
    }

    /** Listens to the store's notices. */
    public void on(Notice notice) {
        if (notice.kind() == Notice.Kind.WORKLOAD) {
            labels.remove(notice.subject());
        }
    }

    /** All workloads over which the person holds a role. */
    public Scope of(Person person, Role role) {
        if (person.hasEverywhere(role)) {
            return Scope.ALL;
        }
        Map<String, Map<String, String>> all =
                database.read(handle -> handle.createQuery("select id, labels from workload")
                        .map((row, ctx) -> Map.entry(row.getString("id"), Columns.labels(row, "labels")))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return new Scope(all.entrySet().stream()
                .filter(workload -> person.hasOver(role, workload.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    /** Whether the person holds a role over one workload; over an unknown one only with the whole fleet. */
    public boolean reaches(Person person, Role role, String workload) {
        return person.hasEverywhere(role)
                || labels(workload).map(found -> person.hasOver(role, found)).orElse(false);
    }

    private Optional<Map<String, String>> labels(String workload) {
        Map<String, String> known = labels.get(workload);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Map<String, String>> read =
                database.read(handle -> handle.createQuery("select labels from workload where id = :id")
                        .bind("id", workload)
                        .map((row, ctx) -> Columns.labels(row, "labels"))
                        .findOne());
        if (labels.size() > REMEMBERED) {
            labels.clear();
        }
        read.ifPresent(found -> labels.put(workload, found));
        return read;
    }
}
