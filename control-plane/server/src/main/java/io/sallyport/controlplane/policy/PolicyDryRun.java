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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tries a policy on calls that were recorded before it is saved: both it and the policy in force decide each of them, and what differs is told.
 * Thread-safe.
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
     * @param untested rules of either policy that were left out, since the record does not say what they ask
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
            List<String> untested,
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
            List<String> rules) {

        private Example andOne() {
            return new Example(event, calls + 1, workload, target, detail, callSite, before, after, rules);
        }
    }

    /** Calls of an example, which people would call the same. */
    private record Kind(
            String workload,
            String target,
            String summary,
            String detail,
            @Nullable String callSite,
            String before,
            String after,
            List<String> rules) {}

    private record Recorded(long id, Event event, String name, Identity identity) {}

    /** @throws Problem 422 where the policy is invalid */
    public Report run(String yaml, int calls) {
        PolicyChecker.Result checked = policies.check(yaml);
        if (!checked.valid()) {
            throw new Problem(Problem.Kind.UNPROCESSABLE, "the policy is invalid and was not tried", checked.errors());
        }
        Policies.Version inForce = policies.current();
        CompiledPolicy before = compile(inForce.yaml());
        CompiledPolicy after = compile(yaml);
        SortedSet<String> untested = new TreeSet<>(Untested.rules(before));
        untested.addAll(Untested.rules(after));
        CompiledPolicy was = Untested.without(before);
        CompiledPolicy will = Untested.without(after);
        Tally tally = new Tally();
        StandardSqlReader reader = new StandardSqlReader();
        List<Recorded> recorded = last(calls);
        for (Recorded call : recorded) {
            Command command = RecordedCommand.of(call.event(), reader);
            if (command == null) {
                tally.untold++;
            } else {
                // Each by itself: rules ask for its time, its transaction and who made it.
                tally.compare(
                        call,
                        PolicyTrial.of(
                                was, command, call.identity(), call.event().at()),
                        PolicyTrial.of(
                                will, command, call.identity(), call.event().at()));
            }
        }
        return tally.report(recorded.size(), untested, inForce.version());
    }

    /** What differs. */
    private static final class Tally {
        private long refused;
        private long held;
        private long admitted;
        private long observed;
        private final Map<String, Long> masked = new TreeMap<>();
        private final Map<String, Long> unmasked = new TreeMap<>();
        private long untold;
        private final Map<Kind, Example> examples = new LinkedHashMap<>();

        void compare(Recorded call, PolicyTrial.Outcome before, PolicyTrial.Outcome after) {
            added(before.masked(), after.masked()).forEach(column -> masked.merge(column, 1L, Long::sum));
            added(after.masked(), before.masked()).forEach(column -> unmasked.merge(column, 1L, Long::sum));
            boolean other = !before.verdict().equals(after.verdict());
            boolean watched = after.wouldHave() != null && !after.wouldHave().equals(before.wouldHave());
            if (other) {
                switch (after.verdict()) {
                    case "deny" -> refused++;
                    case "hold" -> held++;
                    default -> admitted++;
                }
            } else if (watched) {
                observed++;
            }
            if (other || watched) {
                example(call, before.verdict(), other ? after.verdict() : "would " + after.wouldHave(), after.rules());
            }
        }

        private void example(Recorded call, String before, String after, List<String> rules) {
            Event e = call.event();
            Kind kind = new Kind(call.name(), e.target(), e.summary(), e.detail(), e.callSite(), before, after, rules);
            Example known = examples.get(kind);
            if (known != null) {
                examples.put(kind, known.andOne());
            } else if (examples.size() < EXAMPLES) {
                examples.put(
                        kind,
                        new Example(
                                call.id(), 1, call.name(), e.target(), e.detail(), e.callSite(), before, after, rules));
            }
        }

        private static Set<String> added(Set<String> before, Set<String> after) {
            Set<String> added = new TreeSet<>(after);
            added.removeAll(before);
            return added;
        }

        Report report(long calls, SortedSet<String> untested, long against) {
            return new Report(
                    calls,
                    untold,
                    refused,
                    held,
                    admitted,
                    observed,
                    masked,
                    unmasked,
                    List.copyOf(untested),
                    List.copyOf(examples.values()),
                    against);
        }
    }

    private List<Recorded> last(int calls) {
        return database.read(handle -> handle.createQuery(
                        "select e.id, e.body, w.name, w.verified, w.labels, w.member_of from event e"
                                + " join workload w on w.id = e.workload_id where e.kind = 'DECISION'"
                                // Connections are decided by what the record does not have: settings and side doors.
                                + " and e.body not like '%\"summary\":\"connect\"%'"
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
