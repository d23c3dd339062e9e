package io.sallyport.controlplane.policy;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Policy versions. The newest for the whole fleet is in force, and newer ones where they are on trial ({@link Rollout}); an old one comes back as a
 * new version with the old text. Thread-safe.
 */
public final class Policies {

    /** Longest policy text in bytes of UTF-8; a policy must fit one frame of the channel. */
    public static final int MAX_BYTES = 512 * 1024;

    private final Database database;
    private final AuditLog audit;
    private final PolicySigner signer;
    private final PolicyChecker checker;
    private final Clock clock;
    private volatile InForce inForce = new InForce(0, "");

    public Policies(Database database, AuditLog audit, PolicySigner signer, PolicyChecker checker, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.signer = signer;
        this.checker = checker;
        this.clock = clock;
    }

    /**
     * A version with its text.
     *
     * @param stage where it is on trial; {@code null} when it is for the whole fleet
     */
    public record Version(
            long version,
            String yaml,
            String author,
            String comment,
            Instant savedAt,
            @Nullable Stage stage) {}

    /** A version without its text. */
    public record Listed(
            long version,
            String author,
            String comment,
            Instant savedAt,
            @Nullable Stage stage) {}

    /** The version in force for the whole fleet. */
    public Version current() {
        return database.read(handle -> handle.createQuery(
                        "select * from policy_version where stage is null order by version desc limit 1")
                .map((row, ctx) -> version(row))
                .one());
    }

    /** What agents are sent, and which. */
    public Rollout rollout() {
        return database.read(handle -> new Rollout(handle.createQuery(
                        "select version, yaml, signature, stage from policy_version where version >="
                                + " (select max(version) from policy_version where stage is null) order by version desc")
                .map((row, ctx) -> new Rollout.Entry(
                        new ServerMessage.PolicyUpdate(
                                row.getLong("version"), row.getString("yaml"), row.getString("signature")),
                        stage(row)))
                .list()));
    }

    /** @param mode {@code observe} or {@code enforce} */
    public record InForce(long version, String mode) {}

    /** Number and mode of the version in force. */
    public InForce inForce() {
        InForce known = inForce;
        long number = database.read(
                handle -> handle.createQuery("select coalesce(max(version), 0) from policy_version where stage is null")
                        .mapTo(Long.class)
                        .one());
        if (known.version() != number) {
            Version version = current();
            known = new InForce(version.version(), checker.check(version.yaml()).mode());
            inForce = known;
        }
        return known;
    }

    /** How long the policy in force keeps events. */
    public Duration retain() {
        return checker.check(current().yaml()).retain();
    }

    public List<Listed> list() {
        return database.read(handle -> handle.createQuery(
                        "select version, author, remark, saved_at, stage from policy_version order by version desc limit 500")
                .map((row, ctx) -> new Listed(
                        row.getLong("version"),
                        row.getString("author"),
                        row.getString("remark"),
                        Columns.instant(row, "saved_at"),
                        stage(row)))
                .list());
    }

    public Version get(long version) {
        Optional<Version> found =
                database.read(handle -> handle.createQuery("select * from policy_version where version = :version")
                        .bind("version", version)
                        .map((row, ctx) -> version(row))
                        .findOne());
        return found.orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "there is no policy version " + version));
    }

    public PolicyChecker.Result check(String yaml) {
        if (yaml.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new Problem(Problem.Kind.TOO_LARGE, "a policy has at most " + MAX_BYTES + " bytes");
        }
        return checker.check(yaml);
    }

    /**
     * Saves and publishes a policy.
     *
     * @param base the newest version that the author knew of
     * @param stage where it is tried first; {@code null} for the whole fleet
     * @throws Problem 422 with every error when it is invalid, 409 when {@code base} is not the newest version
     */
    public long save(Person author, String yaml, @Nullable String comment, long base, @Nullable Stage stage) {
        requireValid(yaml);
        return database.change(tx -> {
            Standing.require(tx, author);
            String action = stage == null ? "policy.publish" : "policy.stage";
            return insert(tx, author.name(), yaml, comment, base, action, stage);
        });
    }

    /**
     * Brings a version that is on trial to the whole fleet: the same number, text and signature.
     *
     * @throws Problem 404, or 409 when it is on trial nowhere or there is a newer version
     */
    public void promote(Person author, long version) {
        Version tried = get(version);
        requireValid(tried.yaml());
        database.run(tx -> {
            Standing.require(tx, author);
            long newest = newest(tx.handle());
            if (version != newest) {
                throw changedMeanwhile(newest);
            }
            int promoted = tx.update(
                            "update policy_version set stage = null where version = :version and stage is not null")
                    .bind("version", version)
                    .execute();
            if (promoted == 0) {
                throw new Problem(Problem.Kind.CONFLICT, "version " + version + " is for the whole fleet already");
            }
            Stage stage = tried.stage();
            audit.write(
                    tx,
                    author.name(),
                    "policy.promote",
                    "version " + version,
                    stage == null ? "" : "from " + stage.text() + " to the whole fleet");
            tx.announce(new Notice(Notice.Kind.POLICY, Long.toString(version)));
        });
    }

    /** Publishes the text of an old version as a new one. */
    public long rollback(Person author, long version, @Nullable String comment) {
        Version old = get(version);
        requireValid(old.yaml());
        String remark = comment == null || comment.isBlank() ? "Back to version " + version : comment;
        return database.change(tx -> {
            Standing.require(tx, author);
            return insert(tx, author.name(), old.yaml(), remark, newest(tx.handle()), "policy.rollback", null);
        });
    }

    /**
     * A workload showed a version that it has. Where this control plane signed it and the store, restored from an older backup, does not know it, it is
     * taken back into the list, for nobody yet: what agents have stays in force there, numbers go on behind it, and an author decides what the
     * fleet gets. What was never signed here changes nothing.
     *
     * @return what there is to raise an alarm about
     */
    public Optional<String> recover(String workload, AgentMessage.PolicyHeld held) {
        if (!signer.signed(held.version(), held.yaml(), held.signature())) {
            return Optional.of(
                    "it told of policy version " + held.version() + ", which this control plane never signed");
        }
        return database.change(tx -> {
            long newest = newest(tx.handle());
            if (held.version() <= newest) {
                return Optional.empty();
            }
            String story = "shown by workload " + workload + "; this store knew none newer than " + newest;
            tx.update("insert into policy_version (version, yaml, signature, author, remark, saved_at, stage)"
                            + " values (:version, :yaml, :signature, 'recovered', :remark, :at, :stage)")
                    .bind("version", held.version())
                    .bind("yaml", held.yaml())
                    .bind("signature", held.signature())
                    .bind("remark", Clip.text("Lost with the store, " + story, 1000))
                    .bind("at", clock.instant())
                    .bind("stage", Columns.json(Stage.NOWHERE.labels()))
                    .execute();
            audit.write(tx, "control plane", "policy.recover", "version " + held.version(), Clip.text(story, 1000));
            tx.announce(new Notice(Notice.Kind.POLICY, Long.toString(held.version())));
            return Optional.of("it has policy version " + held.version()
                    + " of this control plane, whose store knew none newer than "
                    + newest
                    + ": the store was restored from an older backup. Workloads keep what they have. Promote version "
                    + held.version() + ", or publish another one, for all of them");
        });
    }

    /** Stores version 1 unless there is a policy already. */
    public void initialise(String yaml, String comment) {
        boolean empty = database.read(handle -> handle.createQuery("select count(*) from policy_version")
                        .mapTo(Long.class)
                        .one()
                == 0);
        if (empty) {
            requireValid(yaml);
            database.run(tx -> insert(tx, "first start", yaml, comment, 0, "policy.publish", null));
        }
    }

    private void requireValid(String yaml) {
        PolicyChecker.Result result = check(yaml);
        if (!result.valid()) {
            PolicyChecker.Finding first = result.errors().get(0);
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "the policy is invalid and was not saved; line " + first.line() + ": " + first.reason(),
                    result.errors());
        }
    }

    private long insert(
            Tx tx,
            String author,
            String yaml,
            @Nullable String comment,
            long base,
            String action,
            @Nullable Stage stage) {
        long newest = newest(tx.handle());
        if (base != newest) {
            throw changedMeanwhile(newest);
        }
        long version = newest + 1;
        try {
            tx.update("insert into policy_version (version, yaml, signature, author, remark, saved_at, stage)"
                            + " values (:version, :yaml, :signature, :author, :remark, :at, :stage)")
                    .bind("version", version)
                    .bind("yaml", yaml)
                    .bind("signature", signer.sign(version, yaml))
                    .bind("author", author)
                    .bind("remark", Clip.text(comment, 1000))
                    .bind("at", clock.instant())
                    .bind("stage", stage == null ? null : Columns.json(stage.labels()))
                    .execute();
        } catch (UnableToExecuteStatementException e) {
            // SQLState class 23: the primary key. Somebody else published this number a moment ago.
            if (e.getCause() instanceof SQLException cause
                    && String.valueOf(cause.getSQLState()).startsWith("23")) {
                throw changedMeanwhile(version);
            }
            throw e;
        }
        audit.write(
                tx,
                author,
                action,
                "version " + version,
                (stage == null ? "" : "at " + stage.text() + ": ") + Clip.text(comment, 1000));
        tx.announce(new Notice(Notice.Kind.POLICY, Long.toString(version)));
        return version;
    }

    private static long newest(Handle handle) {
        return handle.createQuery("select coalesce(max(version), 0) from policy_version")
                .mapTo(Long.class)
                .one();
    }

    private static Problem changedMeanwhile(long newest) {
        return new Problem(
                Problem.Kind.CONFLICT,
                "the policy changed meanwhile (newest is version " + newest + "); look at it and save again");
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getLong("version"),
                row.getString("yaml"),
                row.getString("author"),
                row.getString("remark"),
                Columns.instant(row, "saved_at"),
                stage(row));
    }

    private static @Nullable Stage stage(ResultSet row) throws SQLException {
        return row.getString("stage") == null ? null : new Stage(Columns.labels(row, "stage"));
    }
}
