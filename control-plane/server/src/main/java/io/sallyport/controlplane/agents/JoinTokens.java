package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.JoinToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Join tokens: made by administrators, shown once, stored hashed, used up by enrolments. Thread-safe. */
public final class JoinTokens {

    private static final long DEFAULT_MINUTES = 60;
    private static final long LONGEST_MINUTES = Duration.ofDays(366).toMinutes();
    /** Without being renewed; a workload that was away longer renews with its key. */
    static final Duration CREDENTIAL_LIFE = Duration.ofHours(24);

    private static final int MOST_USES = 1_000_000;
    private static final int MOST_PERSONAL_USES = 1_000;
    private static final int MOST_LABELS = 32;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._/@:+-]{0,198}");

    private final Database database;
    private final AuditLog audit;
    private final Supplier<String> caPin;
    private final Set<String> ownNames;
    private final Clock clock;

    /**
     * @param caPin see {@link JoinToken}; asked for each token, as the authority may change
     * @param ownNames under which the control plane is reached, which no relay may have a certificate for
     */
    public JoinTokens(
            Database database, AuditLog audit, Supplier<String> caPin, Collection<String> ownNames, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.caPin = caPin;
        this.ownNames = RelayNames.canonical(ownNames);
        this.clock = clock;
    }

    /** @param token the token's text, shown this once; secret */
    public record Created(String token, String id, Instant expires) {}

    /**
     * @param workload the name that the workload gets, verified; {@code null} lets each workload name itself
     * @param labels verified labels
     * @param groups verified groups
     */
    public Created create(
            Person actor,
            @Nullable String workload,
            @Nullable Map<String, String> labels,
            @Nullable List<String> groups,
            @Nullable Long ttlMinutes,
            @Nullable Integer uses) {
        long minutes = ttlMinutes == null ? DEFAULT_MINUTES : ttlMinutes;
        int count = uses == null ? 1 : uses;
        if (minutes < 1 || minutes > LONGEST_MINUTES || count < 1 || count > MOST_USES) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "ttlMinutes must be 1 to " + LONGEST_MINUTES + " and uses 1 to " + MOST_USES);
        }
        Map<String, String> checkedLabels = labels == null ? Map.of() : labels;
        List<String> checkedGroups = groups == null ? List.of() : groups;
        if (workload != null) {
            requireName(workload, "workload");
        }
        checkedGroups.forEach(group -> requireName(group, "groups"));
        if (checkedLabels.size() > MOST_LABELS) {
            throw new Problem(Problem.Kind.UNPROCESSABLE, "a join token has at most " + MOST_LABELS + " labels");
        }
        checkedLabels.forEach((key, value) -> {
            requireName(key, "labels");
            requireName(value, "labels." + key);
        });
        RelayNames.requireOthers(checkedLabels, ownNames);
        return database.change(tx -> {
            Standing.require(tx, actor);
            return store(
                    tx,
                    actor,
                    workload,
                    checkedLabels,
                    checkedGroups,
                    Duration.ofMinutes(minutes),
                    count,
                    /* personal= */ false);
        });
    }

    /** A token for a person's own tools: they carry the person's name and groups and end with the token. */
    Created createPersonal(Tx tx, Person person, Duration life) {
        requireName(person.name(), "the person's name");
        return store(
                tx, person, person.name(), Map.of(), person.groups(), life, MOST_PERSONAL_USES, /* personal= */ true);
    }

    private Created store(
            Tx tx,
            Person actor,
            @Nullable String workload,
            Map<String, String> labels,
            List<String> groups,
            Duration life,
            int uses,
            boolean personal) {
        JoinToken token = new JoinToken(caPin.get(), Secrets.identifier(), Secrets.create());
        Instant now = clock.instant();
        Instant expires = now.plus(life);
        tx.update(
                        "insert into join_token (id, secret_hash, workload, labels, member_of, uses_left, created_by, made_by,"
                                + " created_at, expires_at, voided, personal)"
                                + " values (:id, :hash, :workload, :labels, :groups, :uses, :by, :root, :at, :expires, false, :personal)")
                .bind("root", actor.root())
                .bind("id", token.id())
                .bind("hash", Secrets.hash(token.secret()))
                .bind("workload", workload)
                .bind("labels", Columns.json(labels))
                .bind("groups", Columns.json(groups))
                .bind("uses", uses)
                .bind("by", actor.name())
                .bind("at", now)
                .bind("expires", expires)
                .bind("personal", personal)
                .execute();
        audit.write(
                tx,
                actor.name(),
                "join-token.create",
                token.id(),
                "workload " + (workload == null ? "any" : workload) + ", uses " + uses + ", until " + expires);
        return new Created(token.text(), token.id(), expires);
    }

    /**
     * A token without its secret.
     *
     * @param workload {@code null} where workloads name themselves
     * @param personal whether it is for a person's own tools
     */
    public record Listed(
            String id,
            @Nullable String workload,
            Map<String, String> labels,
            List<String> groups,
            int usesLeft,
            boolean personal,
            String createdBy,
            Instant created,
            Instant expires) {}

    /** Those that still admit somebody, newest first. */
    public List<Listed> list() {
        return database.read(handle -> handle.createQuery("select * from join_token where not voided and uses_left > 0"
                        + " and expires_at > :now order by created_at desc")
                .bind("now", clock.instant())
                .map((row, ctx) -> new Listed(
                        row.getString("id"),
                        row.getString("workload"),
                        Columns.labels(row, "labels"),
                        Columns.names(row, "member_of"),
                        row.getInt("uses_left"),
                        row.getBoolean("personal"),
                        row.getString("created_by"),
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "expires_at")))
                .list());
    }

    /** From now on it admits nobody; who enrolled with it before stays. */
    public void makeVoid(Person actor, String id) {
        database.run(tx -> {
            Standing.require(tx, actor);
            int changed = tx.update("update join_token set voided = true where id = :id and not voided")
                    .bind("id", id)
                    .execute();
            if (changed == 0) {
                throw new Problem(Problem.Kind.NOT_FOUND, "there is no join token of that id, or it is void already");
            }
            audit.write(tx, actor.name(), "join-token.void", id, "");
        });
    }

    /**
     * Takes one use of a token, part of the enrolment's transaction. The reasons that a token is refused for are told only to who
     * knows its secret.
     */
    Admission redeem(Tx tx, JoinToken token) {
        Optional<Row> found = tx.query("select * from join_token where id = :id for update")
                .bind("id", token.id())
                .map((row, ctx) -> new Row(
                        row.getString("secret_hash"),
                        row.getInt("uses_left"),
                        Columns.instant(row, "expires_at"),
                        row.getBoolean("voided"),
                        new Admission(
                                row.getBoolean("personal")
                                        ? Admission.byPerson(row.getString("workload"))
                                        : "join-token:" + token.id(),
                                token.id(),
                                row.getString("workload"),
                                Columns.labels(row, "labels"),
                                Columns.names(row, "member_of"),
                                null,
                                null,
                                life(row.getBoolean("personal"), Columns.instant(row, "expires_at")))))
                .findOne();
        boolean right = Secrets.matches(token.secret(), found.map(Row::hash).orElse("-"));
        if (found.isEmpty() || !right) {
            throw new Problem(
                    Problem.Kind.UNAUTHENTICATED,
                    "the join token is not one of this control plane; ask an administrator for a new one");
        }
        Row row = found.get();
        String why = row.voided()
                ? "was made void by an administrator, when a workload that used it was revoked, or when the person who made it was"
                        + " deleted"
                : !clock.instant().isBefore(row.expires())
                        ? "expired at " + row.expires()
                        : row.usesLeft() < 1 ? "has been used up" : null;
        if (why != null) {
            throw new Problem(
                    Problem.Kind.UNAUTHENTICATED,
                    "join token " + token.id() + " " + why + "; ask an administrator for a new one");
        }
        tx.update("update join_token set uses_left = uses_left - 1 where id = :id")
                .bind("id", token.id())
                .execute();
        return row.admission();
    }

    private Duration life(boolean personal, Instant tokenEnds) {
        return personal ? Duration.between(clock.instant(), tokenEnds) : CREDENTIAL_LIFE;
    }

    private record Row(String hash, int usesLeft, Instant expires, boolean voided, Admission admission) {}

    private static void requireName(@Nullable String text, String member) {
        if (text == null || !NAME.matcher(text).matches()) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    member + " must be at most 199 letters, digits, spaces and . _ / @ : + -, starting with a letter or"
                            + " digit");
        }
    }
}
