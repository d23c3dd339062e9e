package io.sallyport.link;

import io.netty.channel.EventLoop;
import io.sallyport.link.channel.Connector;
import io.sallyport.link.channel.ControlPlaneAddress;
import io.sallyport.link.enroll.EnrolToken;
import io.sallyport.link.enroll.Enroller;
import io.sallyport.link.enroll.Enrolment;
import io.sallyport.link.enroll.EnrolmentStore;
import io.sallyport.link.enroll.TokenRefusedException;
import io.sallyport.link.enroll.TokenSource;
import io.sallyport.link.enroll.WorkloadKey;
import io.sallyport.link.relay.RelayCredentials;
import io.sallyport.link.trust.CaFile;
import io.sallyport.link.trust.ControlPlaneTrust;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This workload's standing with its control plane: whom it trusts, whether it has enrolled, whether it was cut off. Owned by the link's
 * thread once that has started.
 *
 * <p>A stored credential goes only to the address and the CA that it came from. A workload that was cut off stays so until it is given another
 * join token.
 */
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /** Between two attempts to renew. */
    private static final Duration RETRY = Duration.ofSeconds(30);

    /** The control plane dates certificates back by this much. */
    private static final Duration EARLY = Duration.ofHours(1);

    private final ControlPlaneAddress address;
    private final @Nullable ControlPlaneTrust fileTrust;
    private final TokenSource tokens;
    private final EnrolmentStore store;
    private final Enroller enroller;
    private final LinkTimings timings;
    private volatile @Nullable Enrolment enrolment;
    private Instant nextAttempt = Instant.MIN;

    /** @throws LinkException when an option is wrong, or there is neither an enrolment nor a token to get one */
    Membership(LinkOptions options, EnrolmentStore store, LinkTimings timings) throws LinkException, IOException {
        LinkOptions.Admission admission = options.admission();
        this.address = ControlPlaneAddress.parse(options.controlPlane());
        this.fileTrust = admission.caFile() == null ? null : CaFile.read(admission.caFile());
        this.tokens = new TokenSource(admission.token(), admission.tokenFile());
        this.store = store;
        this.enroller = new Enroller(options.self().workload(), options.self().labels(), timings.answer());
        this.timings = timings;
        Enrolment stored = store.load();
        this.enrolment = stored != null && stored.controlPlane().equals(address.toString()) ? stored : null;
        if (enrolment == null && tokens.read() == null) {
            throw new LinkException(
                    tokens.file() == null
                            ? "this workload has not enrolled at " + address
                                    + " yet and has no join token: set SALLYPORT_TOKEN_FILE"
                            : "the token file " + tokens.file()
                                    + " is not there and this workload has not enrolled yet: put a join token there");
        }
    }

    /** The policy-signing key of the last enrolment; {@code null} before the first. */
    @Nullable
    String policyKey() {
        Enrolment known = enrolment;
        return known == null ? null : known.policyKey();
    }

    String instance() {
        Enrolment known = enrolment;
        return known == null ? "" : known.instance();
    }

    /**
     * What relays are shown, on any thread.
     *
     * @throws LinkException when this workload has no certificate in force
     */
    RelayCredentials relayCredentials() throws LinkException {
        Enrolment known = enrolment;
        String key = known == null ? null : known.privateKey();
        String certificate = known == null ? null : known.certificate();
        if (key == null || certificate == null) {
            throw new LinkException("this workload has no certificate of its control plane at " + address + " yet");
        }
        return new RelayCredentials(WorkloadKey.read(key), WorkloadKey.certificate(certificate), trust());
    }

    /** Opens trusted connections. */
    Connector connector(EventLoop loop) throws LinkException {
        return new Connector(loop, address, trust().tls(), timings.connect());
    }

    /** The same with the certificate that an enrolment's credential is bound to. */
    Connector connector(EventLoop loop, Enrolment as) throws LinkException {
        String key = as.privateKey();
        String certificate = as.certificate();
        if (key == null || certificate == null) {
            return connector(loop);
        }
        return new Connector(
                loop,
                address,
                trust().tls(WorkloadKey.read(key), WorkloadKey.certificate(certificate)),
                timings.connect());
    }

    /**
     * The enrolment to use, after enrolling where that is needed.
     *
     * @throws CutOffException when the control plane has revoked this workload and there is no other token
     */
    Enrolment current(Connector connector) throws LinkException, InterruptedException {
        EnrolToken token = token();
        Enrolment known = enrolment;
        if (known != null
                && known.revoked() != null
                && (token == null || token.id().equals(known.tokenId()))) {
            throw new CutOffException(known.revoked());
        }
        boolean sameCa = fileTrust != null
                || token == null
                || token.caPin() == null
                || known == null
                || token.caPin().equals(known.caPin());
        if (known != null && known.credential() != null && sameCa) {
            Enrolment renewed = renewed(connector, known, token);
            if (renewed != null) {
                return renewed;
            }
        }
        if (token == null) {
            throw new LinkException("the control plane at " + address
                    + " no longer takes this workload's credential: put a new join token into the token file");
        }
        // A revoked instance never comes back; another token makes another workload of it.
        String instance =
                known == null || known.revoked() != null ? UUID.randomUUID().toString() : known.instance();
        Enrolment fresh = enroller.enrol(connector, token, instance);
        keep(fresh);
        return fresh;
    }

    /**
     * Renews the credential when less than a third of its time is left. The channel goes on meanwhile; the new certificate is for the next
     * one.
     */
    void renewIfDue(Connector connector) throws LinkException, InterruptedException {
        Enrolment known = enrolment;
        if (known != null && known.credential() != null && Instant.now().isAfter(nextAttempt)) {
            renewed(connector, known, token());
        }
    }

    /** @return {@code null} when the workload has to enrol again */
    private @Nullable Enrolment renewed(Connector connector, Enrolment known, @Nullable EnrolToken token)
            throws LinkException, InterruptedException {
        Instant expires = known.expires();
        Instant now = Instant.now();
        if (expires == null || now.isBefore(renewFrom(expires, known))) {
            return known;
        }
        nextAttempt = now.plus(RETRY);
        try {
            Enrolment fresh = enroller.renew(connector, known, token);
            keep(fresh);
            nextAttempt = Instant.MIN;
            return fresh;
        } catch (TokenRefusedException e) {
            LOG.debug("Not renewed", e);
            return now.isBefore(expires) ? known : null;
        }
    }

    private static Instant renewFrom(Instant expires, Enrolment known) throws LinkException {
        String certificate = known.certificate();
        Instant from = certificate == null
                ? expires.minus(Duration.ofHours(1))
                : WorkloadKey.certificate(certificate)
                        .getNotBefore()
                        .toInstant()
                        .plus(EARLY);
        return expires.minus(Duration.between(from, expires).dividedBy(3));
    }

    /** The control plane did not take the credential; the next {@link #current} enrols again. */
    void credentialRefused() {
        Enrolment known = enrolment;
        if (known != null) {
            keep(known.withoutCredential());
        }
    }

    void cutOff(String reason) {
        Enrolment known = enrolment;
        if (known != null) {
            keep(known.cutOff(reason));
        }
    }

    private void keep(Enrolment next) {
        enrolment = next;
        try {
            store.save(next);
        } catch (IOException e) {
            LOG.debug("The enrolment could not be stored; the next start needs a join token", e);
        }
    }

    private ControlPlaneTrust trust() throws LinkException {
        if (fileTrust != null) {
            return fileTrust;
        }
        EnrolToken token = token();
        String pin = token == null ? null : token.caPin();
        Enrolment known = enrolment;
        if (pin == null && known != null && !known.caPin().isEmpty()) {
            pin = known.caPin();
        }
        if (pin != null) {
            return ControlPlaneTrust.ofPin(pin);
        }
        if (token != null) {
            throw new LinkException(
                    "an identity token does not say which control plane to trust: set SALLYPORT_CA_FILE to its ca.pem");
        }
        throw new LinkException(
                "the token file " + tokens.file() + " is gone and no CA file is set: put a join token there");
    }

    /** A damaged token matters only to a workload that needs one. */
    private @Nullable EnrolToken token() throws LinkException {
        try {
            return tokens.read();
        } catch (LinkException e) {
            Enrolment known = enrolment;
            if (known == null || known.credential() == null) {
                throw e;
            }
            LOG.debug("Token not used: {}", e.getMessage());
            return null;
        }
    }
}
