package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.events.EventLog;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges a join token or an identity token for a credential. Thread-safe.
 *
 * <p>A workload is a name and an instance (one process's spool). The same instance that enrols again with the token that named it, or as the
 * same identity, stays the same workload and its older credential ends. Whoever else says that name and instance becomes another workload,
 * and an alarm tells: neither of the two is a secret. A revoked instance never comes back.
 */
public final class Enrolment {

    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._:-]{1,170}");
    /** Stands in no instance that an agent can send; what follows makes a second workload of the same instance another one. */
    private static final String SECOND = "~";

    private static final int MOST_LABELS = 32;

    private final Database database;
    private final JoinTokens tokens;
    private final IdentityTokens identities;
    private final @Nullable WorkloadCertificates certificates;
    private final EventLog events;
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
            EventLog events,
            AuditLog audit,
            String policyKey,
            Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.identities = identities;
        this.certificates = certificates;
        this.events = events;
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
            return told(database.change(tx -> admit(tx, admission, request, instance, key)));
        }
        JoinToken token;
        try {
            token = JoinToken.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(Problem.Kind.UNAUTHENTICATED, String.valueOf(e.getMessage()));
        }
        return told(database.change(tx -> admit(tx, tokens.redeem(tx, token), request, instance, key)));
    }

    /** @param usurped the workload whose name and instance somebody else said */
    private record Admitted(EnrollResponse answer, @Nullable String usurped, String alarm) {}

    private EnrollResponse told(Admitted admitted) {
        String usurped = admitted.usurped();
        if (usurped != null) {
            LOG.warn("workload {}: {}", usurped, admitted.alarm());
            events.raise(usurped, admitted.alarm());
        }
        return admitted.answer();
    }

    private Admitted admit(Tx tx, Admission admission, EnrollRequest request, String instance, @Nullable String key) {
        String named = admission.workload();
        String name = named != null ? named : ownName(request.workload());
        requireNotRevoked(tx, admission);
        List<Known> taken = taken(tx, name, instance);
        Optional<Known> same = named == null
                ? Optional.empty()
                : taken.stream().filter(one -> admission.by().equals(one.by())).findFirst();
        Optional<Known> first =
                taken.stream().filter(one -> one.instance().equals(instance)).findFirst();
        if (same.or(() -> first).map(Known::revoked).orElse(false)) {
            throw Credentials.revoked();
        }
        boolean second = same.isEmpty() && first.isPresent();
        String id = same.map(Known::id).orElseGet(Secrets::identifier);
        String secret = Secrets.create();
        if (same.isEmpty()) {
            insert(tx, id, name, second ? instance + SECOND + id : instance);
        }
        WorkloadCertificates issuing = key == null ? null : certificates;
        // Without certificates a credential lasts until it is revoked. Where there are some, who sends no key gets one
        // that ends and is not renewed.
        Instant expires = certificates == null && admission.renewal() == Admission.Renewal.BY_KEY
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
        EnrollResponse answer = new EnrollResponse(
                id,
                new BearerText(BearerText.WORKLOAD, id, secret).text(),
                policyKey,
                issuing == null || key == null
                        ? null
                        : issuing.issue(key, id, admission.by(), admission.labels(), admission.life()),
                expires);
        return new Admitted(
                answer,
                second ? first.get().id() : null,
                "somebody enrolled with " + admission.by()
                        + " as this name and instance, which came with another token: it is" + " workload " + id
                        + " now; where that is this process with a new token, revoke this one, otherwise revoke that one");
    }

    /** Whoever enrolled as this name and instance before, locked. */
    private static List<Known> taken(Tx tx, String name, String instance) {
        return tx.query("select id, instance, admitted_by, revoked_at from workload where name = :name"
                        + " and (instance = :instance or left(instance, :length) = :second) order by id for update")
                .bind("name", name)
                .bind("instance", instance)
                .bind("length", instance.length() + SECOND.length())
                .bind("second", instance + SECOND)
                .map((row, ctx) -> new Known(
                        row.getString("id"),
                        row.getString("instance"),
                        row.getString("admitted_by"),
                        Columns.instantOrNull(row, "revoked_at") != null))
                .list();
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
            throw Credentials.revoked();
        }
    }

    private record Known(
            String id, String instance, @Nullable String by, boolean revoked) {}

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
                    "instance must be at most 170 letters, digits, dots, colons, dashes, underscores");
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
}
