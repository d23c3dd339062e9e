package io.sallyport.link;

import io.netty.channel.EventLoop;
import io.sallyport.link.channel.Connector;
import io.sallyport.link.channel.ControlPlaneAddress;
import io.sallyport.link.enroll.Enroller;
import io.sallyport.link.enroll.Enrolment;
import io.sallyport.link.enroll.EnrolmentStore;
import io.sallyport.link.enroll.TokenSource;
import io.sallyport.link.trust.CaFile;
import io.sallyport.link.trust.ControlPlaneTrust;
import io.sallyport.protocol.JoinToken;
import java.io.IOException;
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

    private final ControlPlaneAddress address;
    private final @Nullable ControlPlaneTrust fileTrust;
    private final TokenSource tokens;
    private final EnrolmentStore store;
    private final Enroller enroller;
    private final LinkTimings timings;
    private @Nullable Enrolment enrolment;

    /** @throws LinkException when an option is wrong, or there is neither an enrolment nor a token to get one */
    Membership(LinkOptions options, EnrolmentStore store, LinkTimings timings) throws LinkException, IOException {
        this.address = ControlPlaneAddress.parse(options.controlPlane());
        this.fileTrust = options.caFile() == null ? null : CaFile.read(options.caFile());
        this.tokens = new TokenSource(options.token(), options.tokenFile());
        this.store = store;
        this.enroller = new Enroller(options.workload(), options.labels(), timings.answer());
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

    /** Opens trusted connections. */
    Connector connector(EventLoop loop) throws LinkException {
        return new Connector(loop, address, trust().tls(), timings.connect());
    }

    /**
     * The enrolment to use, after enrolling where that is needed.
     *
     * @throws CutOffException when the control plane has revoked this workload and there is no other token
     */
    Enrolment current(Connector connector) throws LinkException, InterruptedException {
        JoinToken token = token();
        Enrolment known = enrolment;
        if (known != null
                && known.revoked() != null
                && (token == null || token.id().equals(known.tokenId()))) {
            throw new CutOffException(known.revoked());
        }
        boolean sameCa = fileTrust != null
                || token == null
                || known == null
                || token.caPin().equals(known.caPin());
        if (known != null && known.credential() != null && sameCa) {
            return known;
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
        JoinToken token = token();
        if (token != null) {
            return ControlPlaneTrust.ofPin(token.caPin());
        }
        Enrolment known = enrolment;
        if (known != null) {
            return ControlPlaneTrust.ofPin(known.caPin());
        }
        throw new LinkException(
                "the token file " + tokens.file() + " is gone and no CA file is set: put a join token there");
    }

    /** A damaged token matters only to a workload that needs one. */
    private @Nullable JoinToken token() throws LinkException {
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
