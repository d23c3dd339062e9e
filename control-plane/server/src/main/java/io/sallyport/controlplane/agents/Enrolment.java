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
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.RenewResponse;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a join token or an identity token for a credential, and prolongs it. Thread-safe.
 *
 * <p>A workload is a name and an instance (one process's spool). The same instance that enrols again stays the same workload and
 * its older credential ends. A revoked instance never comes back.
 */
public final class Enrolment {

    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    private static final int MOST_LABELS = 32;

    /** How long after its end a credential can still be renewed by whoever has its key: a machine that was off over the holidays. */
    private static final Duration RENEWABLE = Duration.ofDays(30);

    private final Database database;
    private final JoinTokens tokens;
    private final IdentityTokens identities;
    private final @Nullable WorkloadCertificates certificates;
    private final AuditLog audit;
    private final String policyKey;
    private final Clock clock;

    /**
     * @param certificates {@code null} where credentials are not bound to a certificate
     * @param policyKey what workloads pin, see {@link EnrollResponse}
     */
    public Enrolment(
            Database database,
            JoinTokens tokens,
            IdentityTokens identities,
            @Nullable WorkloadCertificates certificates,
            AuditLog audit,
            String policyKey,
            Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.identities = identities;
        this.certificates = certificates;
        this.audit = audit;
        this.policyKey = policyKey;
        this.clock = clock;
    }

    /** @throws Problem 400, 401, 403 or 503 */
    public EnrollResponse enrol(EnrollRequest request) {
        String text = request.token() == null ? "" : request.token().strip();
        String instance = requireInstance(request.instance());
        String key = request.publicKey() == null ? null : WorkloadCertificates.checked(request.publicKey());
        if (IdentityTokens.looksLikeOne(text)) {
            Admission admission = identities.admit(text);
            return database.change(tx -> admit(tx, admission, request, instance, key));
        }
        JoinToken token;
        try {
            token = JoinToken.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(Problem.Kind.UNAUTHENTICATED, String.valueOf(e.getMessage()));
        }
        return database.change(tx -> admit(tx, tokens.redeem(tx, token), request, instance, key));
    }

    private EnrollResponse admit(
            Tx tx, Admission admission, EnrollRequest request, String instance, @Nullable String key) {
        String named = admission.workload();
        String name = named != null ? named : ownName(request.workload());
        requireNotRevoked(tx, admission);
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
        WorkloadCertificates issuing = key == null ? null : certificates;
        // Agents that cannot renew keep what they get.
        Instant expires =
                issuing == null && admission.issued() == null && !admission.by().startsWith(Admission.PERSON)
                        ? null
                        : clock.instant().plus(admission.life());
        tx.update(
                        "update workload set verified = :verified, labels = :labels, declared = :declared, member_of = :groups,"
                                + " credential_hash = :hash, join_token = :token, admitted_by = :by, unique_to = :unique,"
                                + " public_key = :key, expires_at = :expires where id = :id")
                .bind("verified", named != null)
                .bind("labels", Columns.json(new TreeMap<>(admission.labels())))
                .bind("declared", Columns.json(declared(request.labels())))
                .bind("groups", Columns.json(admission.groups()))
                .bind("hash", Secrets.hash(secret))
                .bind("token", admission.joinToken())
                .bind("by", admission.by())
                .bind("unique", admission.uniqueTo())
                .bind("key", issuing == null ? null : key)
                .bindByType("expires", expires, Instant.class)
                .bind("id", id)
                .execute();
        audit.write(tx, "workload " + name, "workload.enroll", id, "with " + admission.by());
        tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
        return new EnrollResponse(
                id,
                new BearerText(BearerText.WORKLOAD, id, secret).text(),
                policyKey,
                issuing == null || key == null
                        ? null
                        : issuing.issue(key, id, admission.by(), admission.labels(), admission.life()),
                expires);
    }

    /** A revoked workload's identity does not come back under another instance with a token from before, nor as the same pod. */
    private static void requireNotRevoked(Tx tx, Admission admission) {
        Instant issued = admission.issued();
        if (issued == null) {
            return;
        }
        boolean barred = tx.query("select count(*) from workload where revoked_at is not null"
                                + " and (admitted_by = :by and revoked_at >= :issued or unique_to = :unique)")
                        .bind("by", admission.by())
                        .bind("issued", issued)
                        .bind("unique", admission.uniqueTo() == null ? "-" : admission.uniqueTo())
                        .mapTo(Long.class)
                        .one()
                > 0;
        if (barred) {
            throw revoked();
        }
    }

    /**
     * Prolongs a credential.
     *
     * @throws Problem 401 when the credential, the proof or the fresh token is not right, 403 for a revoked workload
     */
    public RenewResponse renew(@Nullable BearerText credential, RenewRequest request) {
        Row row = known(credential);
        String key = row.publicKey();
        Instant ended = row.expires();
        Instant now = clock.instant();
        if (credential == null || ended == null) {
            return new RenewResponse(null, null);
        }
        if (key != null && !WorkloadCertificates.proves(request.proof(), credential.text(), key)) {
            throw unknownCredential();
        }
        if (row.admittedBy().startsWith(Admission.PERSON)) {
            throw new Problem(Problem.Kind.UNAUTHENTICATED, "a person's login is not renewed; log in again");
        }
        Admission admission = null;
        if (row.admittedBy().startsWith("oidc:")) {
            admission = identities.admit(request.token() == null ? "" : request.token());
            String name = admission.workload();
            if (!admission.by().equals(row.admittedBy())
                    || name == null
                    || !name.equals(row.workload().name())) {
                throw new Problem(
                        Problem.Kind.UNAUTHENTICATED, "the identity token is another workload's; enrol again with it");
            }
        } else if (now.isAfter(ended.plus(RENEWABLE))) {
            throw unknownCredential();
        }
        Duration life = admission == null ? JoinTokens.CREDENTIAL_LIFE : admission.life();
        Instant expires = now.plus(life);
        String id = row.workload().id();
        prolong(id, expires, admission);
        WorkloadCertificates issuing = certificates;
        return new RenewResponse(
                key == null || issuing == null
                        ? null
                        : issuing.issue(
                                key, id, row.admittedBy(), row.workload().labels(), life),
                expires);
    }

    private void prolong(String id, Instant expires, @Nullable Admission admission) {
        database.run(tx -> {
            int changed = tx.update("update workload set expires_at = :expires where id = :id and revoked_at is null")
                    .bind("expires", expires)
                    .bind("id", id)
                    .execute();
            if (changed == 0) {
                throw revoked();
            }
            if (admission != null) {
                tx.update("update workload set labels = :labels, member_of = :groups where id = :id")
                        .bind("labels", Columns.json(new TreeMap<>(admission.labels())))
                        .bind("groups", Columns.json(admission.groups()))
                        .bind("id", id)
                        .execute();
                tx.announce(new Notice(Notice.Kind.IDENTITY, id));
                tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
            }
        });
    }

    /**
     * Ids of revoked workloads whose certificates have not ended yet. Relays are told, since nobody asks the control plane about a connection
     * through them.
     *
     * @throws Problem 401 when the credential or the proof is not right, 403 for anybody but a relay
     */
    public List<String> revokedFor(@Nullable BearerText credential, RenewRequest request) {
        Row row = known(credential);
        String key = row.publicKey();
        if (credential == null
                || key == null
                || !WorkloadCertificates.proves(request.proof(), credential.text(), key)) {
            throw unknownCredential();
        }
        if (RelayNames.of(row.admittedBy(), row.workload().labels()).isEmpty()) {
            throw new Problem(Problem.Kind.FORBIDDEN, "only a relay is told who was revoked");
        }
        // A certificate may end a little after its credential; a day is ample.
        return database.read(handle -> handle.createQuery(
                        "select id from workload where revoked_at is not null and public_key is not null"
                                + " and expires_at > :since order by id")
                .bind("since", clock.instant().minus(Duration.ofDays(1)))
                .mapTo(String.class)
                .list());
    }

    /**
     * Who presents a credential at the channel.
     *
     * @param certificate what the TLS peer presented; the TLS layer has checked it
     * @throws Problem 401 for an unknown or ended one, 403 for a revoked workload
     */
    public Credentialed authenticate(@Nullable BearerText credential, @Nullable X509Certificate certificate) {
        Row row = known(credential);
        String key = row.publicKey();
        if (key != null && !WorkloadCertificates.has(certificate, key)) {
            throw new Problem(
                    Problem.Kind.UNAUTHENTICATED,
                    "this credential is bound to a client certificate, and the connection does not have it; where TLS"
                            + " ends before the control plane, set workloads.certificates: false");
        }
        Instant expires = row.expires();
        if (expires != null && !clock.instant().isBefore(expires)) {
            throw new Problem(Problem.Kind.UNAUTHENTICATED, "the workload's credential has ended; renew it");
        }
        return row.workload();
    }

    /** What is known of a workload now, for an identity that may have changed. */
    public Optional<Credentialed> current(String id) {
        return find(id).filter(row -> !row.revoked()).map(Row::workload);
    }

    private Row known(@Nullable BearerText credential) {
        if (credential == null) {
            throw unknownCredential();
        }
        Optional<Row> row = find(credential.id());
        boolean right = Secrets.matches(credential.secret(), row.map(Row::hash).orElse("-"));
        if (row.isEmpty() || !right) {
            throw unknownCredential();
        }
        if (row.get().revoked()) {
            throw revoked();
        }
        return row.get();
    }

    private Optional<Row> find(String id) {
        return database.read(handle -> handle.createQuery("select * from workload where id = :id")
                .bind("id", id)
                .map((rs, ctx) -> new Row(
                        rs.getString("credential_hash"),
                        Columns.instantOrNull(rs, "revoked_at") != null,
                        rs.getString("admitted_by"),
                        rs.getString("public_key"),
                        Columns.instantOrNull(rs, "expires_at"),
                        new Credentialed(
                                rs.getString("id"),
                                rs.getString("name"),
                                Columns.labels(rs, "labels"),
                                Columns.names(rs, "member_of"),
                                rs.getBoolean("verified"),
                                rs.getString("unique_to"))))
                .findOne());
    }

    private record Row(
            String hash,
            boolean revoked,
            String admittedBy,
            @Nullable String publicKey,
            @Nullable Instant expires,
            Credentialed workload) {}

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
