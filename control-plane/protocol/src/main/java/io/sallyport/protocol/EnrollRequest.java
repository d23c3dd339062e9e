package io.sallyport.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workload's first request.
 *
 * @param token the join token's text, see {@link JoinToken}, or an identity token (JWT) of an issuer that the control plane knows
 * @param workload the name that the workload gives itself
 * @param instance random identifier of this process's spool; survives restarts that keep the spool directory
 * @param labels labels from the agent's options
 * @param publicKey P-256 key (X.509 SubjectPublicKeyInfo, base64) that the workload wants certified; {@code null} from agents that have
 *     none
 */
public record EnrollRequest(
        String token,
        String workload,
        String instance,
        Map<String, String> labels,
        @Nullable String publicKey) {

    public EnrollRequest(String token, String workload, String instance, Map<String, String> labels) {
        this(token, workload, instance, labels, null);
    }
}
