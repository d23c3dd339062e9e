package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.secrets.BearerText;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.protocol.RenewRequest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the credentials that {@link Enrolment} gave out. Thread-safe. */
public final class Credentials {

    private final Database database;
    private final Clock clock;

    public Credentials(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
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

    /** @throws Problem 401 for one that is not ours, 403 for a revoked workload's */
    Row known(@Nullable BearerText credential) {
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

    /** What is stored of a credential. */
    record Row(
            String hash,
            boolean revoked,
            String admittedBy,
            @Nullable String publicKey,
            @Nullable Instant expires,
            Credentialed workload) {}

    static Problem unknownCredential() {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED, "the workload's credential is not valid; enrol again with a join token");
    }

    static Problem revoked() {
        return new Problem(
                Problem.Kind.FORBIDDEN, "this workload was revoked; an administrator of the control plane can say why");
    }
}
