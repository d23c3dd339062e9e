package io.sallyport.controlplane.agents;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.protocol.AgentMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workload as people see it.
 *
 * @param policyVersion version in force in the process; 0 for none
 * @param policyError why the process refused the newest policy and kept its last good one
 * @param waiting number of held calls
 * @param labels verified labels
 * @param declaredLabels those that the workload gave itself; nobody vouches for them
 * @param verified whether the control plane vouches for the name
 * @param components only where one workload is looked at
 * @param recordingKey public key that its recordings are signed with, as it was first told
 * @param tls what its connections last showed; only where one workload is looked at
 */
public record WorkloadView(
        String id,
        String name,
        String instance,
        String host,
        long pid,
        String java,
        String agentVersion,
        boolean connected,
        Instant lastSeen,
        long policyVersion,
        @Nullable String policyError,
        @Nullable String mode,
        int waiting,
        Map<String, String> labels,
        Map<String, String> declaredLabels,
        List<String> groups,
        boolean verified,
        boolean revoked,
        @Nullable String revokedReason,
        Coverage coverage,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<AgentMessage.Component> components,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<EventQuery.TlsSeen> tls,
        @Nullable String recordingKey) {

    /** Numbers of woven and refused components. */
    public record Coverage(int woven, int refused) {}
}
