package io.sallyport.link.enroll;

import org.jspecify.annotations.Nullable;

/**
 * What a workload knows about itself after enrolment. Immutable; secret.
 *
 * @param controlPlane where it enrolled; the credential is sent nowhere else
 * @param caPin CA key's hash from the token it enrolled with
 * @param tokenId public part of that token
 * @param instance random, the same for every process that lived in this place
 * @param workloadId the control plane's identifier of the workload
 * @param credential bearer credential; {@code null} when the control plane no longer takes it
 * @param policyKey pinned policy-signing key
 * @param revoked why the workload was cut off; {@code null} when it was not
 */
public record Enrolment(
        String controlPlane,
        String caPin,
        String tokenId,
        String instance,
        String workloadId,
        @Nullable String credential,
        String policyKey,
        @Nullable String revoked) {

    /** The same without the credential, which the control plane no longer takes. The pinned key stays: the stored policy needs it. */
    public Enrolment withoutCredential() {
        return new Enrolment(controlPlane, caPin, tokenId, instance, workloadId, null, policyKey, revoked);
    }

    public Enrolment cutOff(String reason) {
        return new Enrolment(controlPlane, caPin, tokenId, instance, workloadId, null, policyKey, reason);
    }

    @Override
    public String toString() {
        return "Enrolment[" + workloadId + " at " + controlPlane + "]";
    }
}
