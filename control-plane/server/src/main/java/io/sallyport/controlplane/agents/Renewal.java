package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.secrets.BearerText;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.RenewResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prolongs credentials before they end, or some time after. Thread-safe. */
public final class Renewal {

    /** How long after its end a credential can still be renewed by whoever has its key: a machine that was off over the holidays. */
    private static final Duration RENEWABLE = Duration.ofDays(30);

    private final Database database;
    private final Credentials credentials;
    private final IdentityTokens identities;
    private final @Nullable WorkloadCertificates certificates;
    private final Clock clock;

    /** @param certificates {@code null} where credentials are not bound to a certificate */
    public Renewal(
            Database database,
            Credentials credentials,
            IdentityTokens identities,
            @Nullable WorkloadCertificates certificates,
            Clock clock) {
        this.database = database;
        this.credentials = credentials;
        this.identities = identities;
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * Prolongs a credential.
     *
     * @throws Problem 401 when the credential, the proof or the fresh token is not right, 403 for a revoked workload
     */
    public RenewResponse renew(@Nullable BearerText credential, RenewRequest request) {
        Credentials.Row row = credentials.known(credential);
        String key = row.publicKey();
        Instant ended = row.expires();
        Instant now = clock.instant();
        if (credential == null || ended == null) {
            return new RenewResponse(null, null);
        }
        if (key != null && !WorkloadCertificates.proves(request.proof(), credential.text(), key)) {
            throw Credentials.unknownCredential();
        }
        Admission admission = switch (Admission.renewal(row.admittedBy())) {
            case NEVER ->
                throw new Problem(Problem.Kind.UNAUTHENTICATED, "a person's login is not renewed; log in again");
            case BY_TOKEN -> admittedAgain(row, request);
            case BY_KEY -> {
                if (key == null) {
                    throw new Problem(
                            Problem.Kind.UNAUTHENTICATED,
                            "a credential without a key is not renewed; enrol with a key (publicKey)");
                }
                if (now.isAfter(ended.plus(RENEWABLE))) {
                    throw Credentials.unknownCredential();
                }
                yield null;
            }
        };
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

    private Admission admittedAgain(Credentials.Row row, RenewRequest request) {
        Admission admission = identities.admit(request.token() == null ? "" : request.token());
        String name = admission.workload();
        if (!admission.by().equals(row.admittedBy())
                || name == null
                || !name.equals(row.workload().name())) {
            throw new Problem(
                    Problem.Kind.UNAUTHENTICATED, "the identity token is another workload's; enrol again with it");
        }
        return admission;
    }

    private void prolong(String id, Instant expires, @Nullable Admission admission) {
        database.run(tx -> {
            int changed = tx.update("update workload set expires_at = :expires where id = :id and revoked_at is null")
                    .bind("expires", expires)
                    .bind("id", id)
                    .execute();
            if (changed == 0) {
                throw Credentials.revoked();
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
}
