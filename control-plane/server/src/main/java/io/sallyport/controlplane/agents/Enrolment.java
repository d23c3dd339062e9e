package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.secrets.BearerText;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.JoinToken;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a join token, or the credential that a workload has already, for a new credential. Thread-safe.
 *
 * <p>A workload is a name and an instance (one process's spool). The same instance that enrols again stays the same workload and
 * its older credential ends. A revoked instance never comes back.
 */
public final class Enrolment {

    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    private static final int MOST_LABELS = 32;

    private final Database database;
    private final JoinTokens tokens;
    private final AuditLog audit;
    private final String policyKey;
    private final Clock clock;

    /** @param policyKey what workloads pin, see {@link EnrollResponse} */
    public Enrolment(Database database, JoinTokens tokens, AuditLog audit, String policyKey, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.audit = audit;
        this.policyKey = policyKey;
        this.clock = clock;
    }

    /** @throws Problem 400, 401 or 403 */
    public EnrollResponse withToken(EnrollRequest request) {
        JoinToken token;
        try {
            token = JoinToken.parse(request.token() == null ? "" : request.token());
        } catch (IllegalArgumentException e) {
            throw new Problem(Problem.Kind.UNAUTHENTICATED, String.valueOf(e.getMessage()));
        }
        String instance = requireInstance(request.instance());
        return database.change(tx -> {
            JoinTokens.Grant grant = tokens.redeem(tx, token);
            String named = grant.workload();
            String name = named != null ? named : ownName(request.workload());
            Optional<Known> known = tx.query(
                            "select id, revoked_at from workload where name = :name and instance = :instance for update")
                    .bind("name", name)
                    .bind("instance", instance)
                    .map((row, ctx) -> new Known(row.getString("id"), Columns.instantOrNull(row, "revoked_at") != null))
                    .findOne();
            if (known.isPresent() && known.get().revoked()) {
                throw revoked();
            }
            String id = known.map(Known::id).orElseGet(Secrets::identifier);
            String secret = Secrets.create();
            if (known.isEmpty()) {
                insert(tx, id, name, instance);
            }
            tx.update(
                            "update workload set verified = :verified, labels = :labels, declared = :declared, member_of = :groups,"
                                    + " credential_hash = :hash, join_token = :token where id = :id")
                    .bind("verified", named != null)
                    .bind("labels", Columns.json(new TreeMap<>(grant.labels())))
                    .bind("declared", Columns.json(declared(request.labels())))
                    .bind("groups", Columns.json(grant.groups()))
                    .bind("hash", Secrets.hash(secret))
                    .bind("token", grant.id())
                    .bind("id", id)
                    .execute();
            audit.write(tx, "workload " + name, "workload.enroll", id, "with join token " + grant.id());
            tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
            return response(id, secret);
        });
    }

    /** Renews a credential without a join token. */
    public EnrollResponse withCredential(BearerText credential) {
        String secret = Secrets.create();
        database.run(tx -> {
            String stored = tx.query(
                            "select credential_hash from workload where id = :id and revoked_at is null for update")
                    .bind("id", credential.id())
                    .mapTo(String.class)
                    .findOne()
                    .orElse("-");
            if (!Secrets.matches(credential.secret(), stored)) {
                throw unknownCredential();
            }
            tx.update("update workload set credential_hash = :hash where id = :id")
                    .bind("hash", Secrets.hash(secret))
                    .bind("id", credential.id())
                    .execute();
        });
        return response(credential.id(), secret);
    }

    /**
     * Who presents a credential at the channel.
     *
     * @throws Problem 401 for an unknown one, 403 for a revoked workload
     */
    public Credentialed authenticate(@Nullable BearerText credential) {
        if (credential == null) {
            throw unknownCredential();
        }
        Optional<Row> row = database.read(handle -> handle.createQuery(
                        "select id, name, labels, member_of, credential_hash, revoked_at from workload where id = :id")
                .bind("id", credential.id())
                .map((rs, ctx) -> new Row(
                        rs.getString("credential_hash"),
                        Columns.instantOrNull(rs, "revoked_at") != null,
                        new Credentialed(
                                rs.getString("id"),
                                rs.getString("name"),
                                Columns.labels(rs, "labels"),
                                Columns.names(rs, "member_of"))))
                .findOne());
        boolean right = Secrets.matches(credential.secret(), row.map(Row::hash).orElse("-"));
        if (row.isEmpty() || !right) {
            throw unknownCredential();
        }
        if (row.get().revoked()) {
            throw revoked();
        }
        return row.get().workload();
    }

    private record Row(String hash, boolean revoked, Credentialed workload) {}

    private record Known(String id, boolean revoked) {}

    private void insert(Tx tx, String id, String name, String instance) {
        Instant now = clock.instant();
        tx.update(
                        "insert into workload (id, name, instance, verified, labels, declared, member_of, credential_hash, join_token,"
                                + " enrolled_at, host, pid, java, agent_version, last_seen, policy_version, waiting, components)"
                                + " values (:id, :name, :instance, false, '{}', '{}', '[]', '-', '-', :now, '', 0, '', '', :now, 0, 0,"
                                + " '[]')")
                .bind("id", id)
                .bind("name", name)
                .bind("instance", instance)
                .bind("now", now)
                .execute();
        tx.update(
                        "insert into tally_total (workload_id, allowed, denied, held, masked, alarms) values (:id, 0, 0, 0, 0, 0)")
                .bind("id", id)
                .execute();
    }

    private EnrollResponse response(String id, String secret) {
        return new EnrollResponse(id, new BearerText(BearerText.WORKLOAD, id, secret).text(), policyKey);
    }

    private static String requireInstance(@Nullable String instance) {
        if (instance == null || !INSTANCE.matcher(instance).matches()) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "instance must be at most 200 letters, digits, dots, colons, dashes, underscores");
        }
        return instance;
    }

    private static String ownName(@Nullable String name) {
        String clean = Clip.text(name, 200).replaceAll("\\p{Cntrl}", " ").strip();
        if (clean.isEmpty()) {
            throw new Problem(Problem.Kind.INVALID, "the workload has no name; set one in the agent's options");
        }
        return clean;
    }

    static Map<String, String> declared(@Nullable Map<String, String> labels) {
        Map<String, String> clean = new TreeMap<>();
        if (labels != null) {
            labels.forEach((key, value) -> {
                if (clean.size() < MOST_LABELS) {
                    clean.put(Clip.text(key, 200), Clip.text(value, 200));
                }
            });
        }
        return clean;
    }

    private static Problem unknownCredential() {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED, "the workload's credential is not valid; enrol again with a join token");
    }

    private static Problem revoked() {
        return new Problem(
                Problem.Kind.FORBIDDEN, "this workload was revoked; an administrator of the control plane can say why");
    }
}
