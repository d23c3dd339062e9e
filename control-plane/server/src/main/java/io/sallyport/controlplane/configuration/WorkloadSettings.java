package io.sallyport.controlplane.configuration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How workloads are admitted besides join tokens.
 *
 * @param oidc issuers of identity tokens
 * @param certificates whether credentials are bound to a client certificate; {@code false} where something in between ends TLS
 * @param expected workloads whose silence raises an alarm
 */
public record WorkloadSettings(List<Issuer> oidc, @Nullable Boolean certificates, List<Expected> expected) {

    @SuppressWarnings("RedundantNullCheck") // Jackson fills absent members with null.
    public WorkloadSettings {
        oidc = oidc == null ? List.of() : List.copyOf(oidc);
        expected = expected == null ? List.of() : List.copyOf(expected);
    }

    public static final WorkloadSettings NONE = new WorkloadSettings(List.of(), null, List.of());

    public boolean withCertificates() {
        return !Boolean.FALSE.equals(certificates);
    }

    /**
     * One issuer. Claims are named as in {@link io.sallyport.controlplane.signin.ClaimPath}.
     *
     * @param name stands in the audit log
     * @param issuer compared exactly with the discovery document and with each token
     * @param audience that tokens have to be for
     * @param workload the verified name: text with claims in braces, <code>{kubernetes.io.serviceaccount.name}</code>
     * @param labels verified label → claim
     * @param groups claim with verified groups
     * @param require claim → values of which it has to have one
     * @param uniqueTo claim that only one process has, like a pod's uid: two live ones raise an alarm
     * @param ca PEM file, when the issuer's certificate is not from a public authority
     * @param bearer file with a token for the issuer's own documents (a Kubernetes API server asks for one)
     */
    public record Issuer(
            String name,
            URI issuer,
            String audience,
            String workload,
            @Nullable Map<String, String> labels,
            @Nullable String groups,
            @Nullable Map<String, List<String>> require,
            @Nullable String uniqueTo,
            @Nullable Path ca,
            @Nullable Path bearer) {}

    /**
     * A workload that should be there.
     *
     * @param workload its name
     * @param atLeast how many instances; one when absent
     * @param silentForSeconds how long fewer may be connected; 120 when absent
     */
    public record Expected(
            String workload,
            @Nullable Integer atLeast,
            @JsonProperty("silentFor") @Nullable Integer silentForSeconds) {}
}
