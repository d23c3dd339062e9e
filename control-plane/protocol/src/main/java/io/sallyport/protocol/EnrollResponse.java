package io.sallyport.protocol;

/**
 * What a workload keeps after enrolment.
 *
 * @param workloadId the control plane's identifier of the workload
 * @param credential bearer credential for the channel; secret
 * @param policyKey Ed25519 public key (X.509 SubjectPublicKeyInfo, base64) that signs policies; pinned from now on
 */
public record EnrollResponse(String workloadId, String credential, String policyKey) {}
