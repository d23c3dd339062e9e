package io.sallyport.link.policy;

import io.sallyport.protocol.AgentMessage.PolicyHeld;
import io.sallyport.protocol.AgentMessage.PolicyStatus;
import io.sallyport.protocol.ServerMessage.PolicyUpdate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes policies from the control plane, or from disk at start. Used by one thread at a time; {@link #version()} by any.
 *
 * <p>A policy is taken when the pinned key has signed exactly this version and text, and its version is higher than the one in force: an old
 * policy that somebody plays back is refused, and a rollback is a new version. Whatever is refused, the last good one stays.
 */
public final class PolicyReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyReceiver.class);

    private final PolicyStore store;
    private final PolicyInstaller installer;
    private @Nullable String pinned;
    private @Nullable PolicyUpdate inForce;
    private volatile long version;

    public PolicyReceiver(PolicyStore store, PolicyInstaller installer) {
        this.store = store;
        this.installer = installer;
    }

    /** The version in force that the pinned key has signed; 0 for none. */
    public long version() {
        return version;
    }

    /**
     * Pins the key of an enrolment. Versions are counted per key: those of a control plane that was set up anew begin again.
     *
     * @param key Ed25519 SubjectPublicKeyInfo, base64
     */
    public void pin(String key) {
        if (!key.equals(pinned)) {
            pinned = key;
            inForce = null;
            version = 0;
        }
    }

    /**
     * Installs the policy on disk, if there is one that the pinned key has signed.
     *
     * @return {@code null}, or one line that says why a policy that is there was not installed
     */
    public @Nullable String installStored() {
        PolicyUpdate stored;
        try {
            stored = store.load();
        } catch (IOException e) {
            return "cannot read the stored policy: " + e;
        }
        if (stored == null) {
            return null;
        }
        PolicyStatus status = take(stored);
        return status.accepted() ? null : "the stored policy is not used: " + status.reason();
    }

    /** Judges a policy from the channel and, when it is taken, keeps it for the next start. */
    public PolicyStatus receive(PolicyUpdate policy) {
        PolicyUpdate before = inForce;
        if (policy.equals(before)) {
            return new PolicyStatus(policy.version(), true, "");
        }
        PolicyStatus status = take(policy);
        if (status.accepted()) {
            try {
                store.save(policy);
            } catch (IOException e) {
                LOG.debug("Policy {} is in force but could not be stored", policy.version(), e);
            }
        }
        return status;
    }

    /** The policy in force with its signature; {@code null} for none that the pinned key has signed. */
    public @Nullable PolicyHeld held() {
        PolicyUpdate now = inForce;
        return now == null ? null : new PolicyHeld(now.version(), now.yaml(), now.signature());
    }

    private PolicyStatus take(PolicyUpdate policy) {
        String reason = reasonAgainst(policy);
        if (reason == null) {
            reason = install(policy);
        }
        if (reason != null) {
            LOG.debug("Policy {} refused: {}", policy.version(), reason);
            return new PolicyStatus(policy.version(), false, reason);
        }
        inForce = policy;
        version = policy.version();
        return new PolicyStatus(policy.version(), true, "");
    }

    private @Nullable String reasonAgainst(PolicyUpdate policy) {
        if (pinned == null) {
            return "no signing key is pinned yet";
        }
        try {
            if (!new PolicyKey(pinned).signed(policy)) {
                return "it is not signed by the key that was pinned at enrolment";
            }
        } catch (GeneralSecurityException e) {
            return "the pinned signing key cannot be read; enrol the workload again";
        }
        PolicyUpdate before = inForce;
        if (before != null && policy.version() <= before.version()) {
            return "version " + before.version() + " is in force and is not older; a rollback needs a new version";
        }
        return null;
    }

    private @Nullable String install(PolicyUpdate policy) {
        try {
            installer.install(policy.version(), policy.yaml());
            return null;
        } catch (Exception e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        } catch (StackOverflowError e) {
            return "it is nested too deeply";
        }
    }
}
