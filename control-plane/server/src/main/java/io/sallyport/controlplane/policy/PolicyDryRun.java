package io.sallyport.controlplane.policy;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.policy.decide.PolicyTrial;
import io.sallyport.core.record.Event;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tries a policy on calls that were recorded before it is saved: both it and the policy in force decide each of them, and what differs is told.
 * Equal calls are decided once. Thread-safe.
 */
public final class PolicyDryRun {

    /** Most calls that are looked at. */
    public static final int MOST = 10_000;

    private static final int EXAMPLES = 20;

    private final Database database;
    private final Policies policies;

    public PolicyDryRun(Database database, Policies policies) {
        this.database = database;
        this.policies = policies;
    }

    /**
     * @param calls the last ones that were looked at
     * @param untold of those, how many the record does not tell enough of
     * @param refused calls that would be refused and are not now; {@code held} and {@code admitted} likewise
     * @param observed calls that only rules in observe mode would change, and do not now
     * @param masked columns that would be masked and are not now, with the number of calls that read them; {@code unmasked} the other way
     * @param against version of the policy in force
     */
    public record Report(
            long calls,
            long untold,
            long refused,
            long held,
            long admitted,
            long observed,
            Map<String, Long> masked,
            Map<String, Long> unmasked,
            List<Example> examples,
            long against) {}

    /**
     * A kind of call that would fare differently.
     *
     * @param event the newest of them
     * @param before verdict of the policy in force; {@code after} of the one that is tried
     */
    public record Example(
            long event,
            long calls,
            String workload,
            String target,
            String detail,
            @Nullable String callSite,
            String before,
            String after,
            List<String> rules) {}

    /** Calls that no policy can tell apart by what is recorded. */
    private record Kind(
            String workload,
            String target,
            String summary,
            String detail,
            @Nullable String callSite) {}

    private record Recorded(long id, Event event, String name, Identity identity) {}

    private static final class Group {
        final Recorded newest;
        long calls;

        Group(Recorded newest) {
            this.newest = newest;
        }
    }

    /** @throws Problem 422 where the policy is invalid */
    public Report run(String yaml, int calls) {
        PolicyChecker.Result checked = policies.check(yaml);
        if (!checked.valid()) {
            throw new Problem(Problem.Kind.UNPROCESSABLE, "the policy is invalid and was not tried", checked.errors());
        }
        Policies.Version inForce = policies.current();
        CompiledPolicy before = compile(inForce.yaml());
        CompiledPolicy after = compile(yaml);
        Map<Kind, Group> groups = new LinkedHashMap<>();
        long[] untold = new long[1];
        for (Recorded recorded : last(calls)) {
            Event e = recorded.event();
            groups.computeIfAbsent(
                            new Kind(recorded.name(), e.target(), e.summary(), e.detail(), e.callSite()),
                            kind -> new Group(recorded))
                    .calls++;
        }
        Tally tally = new Tally();
        StandardSqlReader reader = new StandardSqlReader();
        groups.forEach((kind, group) -> {
            Command command = RecordedCommand.of(group.newest.event(), reader);
            if (command == null) {
                untold[0] += group.calls;
                return;
            }
            tally.compare(
                    group,
                    PolicyTrial.of(
                            before,
                            command,
                            group.newest.identity(),
                            group.newest.event().at()),
                    PolicyTrial.of(
                            after,
                            command,
                            group.newest.identity(),
                            group.newest.event().at()));
        });
        long looked = groups.values().stream().mapToLong(group -> group.calls).sum();
        return tally.report(looked, untold[0], inForce.version());
    }

    /** What differs. */
    private static final class Tally {
        private long refused;
        private long held;
        private long admitted;
        private long observed;
        private final Map<String, Long> masked = new TreeMap<>();
        private final Map<String, Long> unmasked = new TreeMap<>();
        private final List<Example> examples = new ArrayList<>();

        void compare(Group group, PolicyTrial.Outcome before, PolicyTrial.Outcome after) {
            added(before.masked(), after.masked()).forEach(column -> masked.merge(column, group.calls, Long::sum));
            added(after.masked(), before.masked()).forEach(column -> unmasked.merge(column, group.calls, Long::sum));
            boolean other = !before.verdict().equals(after.verdict());
            boolean watched = after.wouldHave() != null && !after.wouldHave().equals(before.wouldHave());
            if (other) {
                switch (after.verdict()) {
                    case "deny" -> refused += group.calls;
                    case "hold" -> held += group.calls;
                    default -> admitted += group.calls;
                }
            } else if (watched) {
                observed += group.calls;
            }
            if ((other || watched) && examples.size() < EXAMPLES) {
                Event e = group.newest.event();
                examples.add(new Example(
                        group.newest.id(),
                        group.calls,
                        group.newest.name(),
                        e.target(),
                        e.detail(),
                        e.callSite(),
                        before.verdict(),
                        other ? after.verdict() : "would " + after.wouldHave(),
                        after.rules()));
            }
        }

        private static Set<String> added(Set<String> before, Set<String> after) {
            Set<String> added = new TreeSet<>(after);
            added.removeAll(before);
            return added;
        }

        Report report(long calls, long untold, long against) {
            return new Report(
                    calls, untold, refused, held, admitted, observed, masked, unmasked, List.copyOf(examples), against);
        }
    }

    private List<Recorded> last(int calls) {
        return database.read(handle -> handle.createQuery(
                        "select e.id, e.body, w.name, w.verified, w.labels, w.member_of from event e"
                                + " join workload w on w.id = e.workload_id where e.kind = 'DECISION'"
                                + " order by e.id desc limit :limit")
                .bind("limit", Math.max(1, Math.min(MOST, calls)))
                .map((row, ctx) -> recorded(row))
                .list());
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        try {
            return new Recorded(
                    row.getLong("id"),
                    Wire.read(row.getString("body"), Event.class),
                    row.getString("name"),
                    new Identity(
                            row.getString("name"),
                            row.getBoolean("verified"),
                            Set.copyOf(Columns.names(row, "member_of")),
                            Columns.labels(row, "labels")));
        } catch (IOException e) {
            throw new SQLException("event " + row.getLong("id") + " is damaged", e);
        }
    }

    private static CompiledPolicy compile(String yaml) {
        try {
            return PolicyLoader.load(yaml, "policy", KeySource.PLACEHOLDER);
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException("a policy that was checked does not load", e);
        }
    }
}
