package io.sallyport.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a workload keeps after enrolment.
 *
 * @param workloadId the control plane's identifier of the workload
 * @param credential bearer credential for the channel; secret. Where there is a certificate, it is taken only together with it (RFC 8705,
 *     section 3)
 * @param policyKey Ed25519 public key (X.509 SubjectPublicKeyInfo, base64) that signs policies; pinned from now on
 * @param certificate client certificate (DER, base64) of the control plane's CA for the key that the workload sent
 * @param expires when the credential ends unless it is renewed; {@code null}: never
 */
public record EnrollResponse(
        String workloadId,
        String credential,
        String policyKey,
        @Nullable String certificate,
        @Nullable Instant expires) {

    public EnrollResponse(String workloadId, String credential, String policyKey) {
        this(workloadId, credential, policyKey, null, null);
    }
}
