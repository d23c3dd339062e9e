package io.sallyport.link.enroll;

import java.time.Instant;
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
 * @param privateKey the workload's own key (PKCS #8, base64); {@code null} from before there were certificates
 * @param certificate client certificate (DER, base64) that the credential is bound to; {@code null} when it is bound to none
 * @param expires when the credential ends unless it is renewed; {@code null}: never
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
        @Nullable String privateKey,
        @Nullable String certificate,
        @Nullable Instant expires,
        @Nullable String revoked) {

    /** The same without the credential, which the control plane no longer takes. The pinned key stays: the stored policy needs it. */
    public Enrolment withoutCredential() {
        return new Enrolment(
                controlPlane, caPin, tokenId, instance, workloadId, null, policyKey, null, null, null, revoked);
    }

    public Enrolment cutOff(String reason) {
        return new Enrolment(
                controlPlane, caPin, tokenId, instance, workloadId, null, policyKey, null, null, null, reason);
    }

    /** The same after a renewal. */
    public Enrolment renewed(@Nullable String newCertificate, @Nullable Instant newExpires) {
        return new Enrolment(
                controlPlane,
                caPin,
                tokenId,
                instance,
                workloadId,
                credential,
                policyKey,
                privateKey,
                newCertificate == null ? certificate : newCertificate,
                newExpires,
                revoked);
    }

    @Override
    public String toString() {
        return "Enrolment[" + workloadId + " at " + controlPlane + "]";
    }
}
