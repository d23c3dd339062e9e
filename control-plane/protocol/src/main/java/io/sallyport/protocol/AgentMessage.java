package io.sallyport.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent says on its channel. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AgentMessage.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = AgentMessage.Events.class, name = "events"),
    @JsonSubTypes.Type(value = AgentMessage.ApprovalRequest.class, name = "approvalRequest"),
    @JsonSubTypes.Type(value = AgentMessage.ApprovalUpdate.class, name = "approvalUpdate"),
    @JsonSubTypes.Type(value = AgentMessage.ApprovalWithdrawn.class, name = "approvalWithdrawn"),
    @JsonSubTypes.Type(value = AgentMessage.CoverageReport.class, name = "coverage"),
    @JsonSubTypes.Type(value = AgentMessage.PolicyStatus.class, name = "policyStatus"),
    @JsonSubTypes.Type(value = AgentMessage.PolicyHeld.class, name = "policyHeld"),
    @JsonSubTypes.Type(value = AgentMessage.Heartbeat.class, name = "heartbeat")
})
public sealed interface AgentMessage {

    /**
     * First message on every channel.
     *
     * @param spool identifier of the spool whose sequence numbers follow
     * @param policyVersion version in force, 0 for none
     * @param recordingKey public key that its recordings are signed with (Ed25519, X.509, base64); {@code null}: it does not say
     * @param disk what is there of earlier recordings; {@code null}: it does not say
     */
    record Hello(
            String workload,
            String instance,
            String host,
            long pid,
            String java,
            String agentVersion,
            String spool,
            long policyVersion,
            Map<String, String> labels,
            @Nullable String recordingKey,
            @Nullable Disk disk)
            implements AgentMessage {

        /** Of an agent that does not say what is on its disk. */
        public Hello(
                String workload,
                String instance,
                String host,
                long pid,
                String java,
                String agentVersion,
                String spool,
                long policyVersion,
                Map<String, String> labels,
                @Nullable String recordingKey) {
            this(workload, instance, host, pid, java, agentVersion, spool, policyVersion, labels, recordingKey, null);
        }

        /** Of an agent that does not say what its recordings are signed with. */
        public Hello(
                String workload,
                String instance,
                String host,
                long pid,
                String java,
                String agentVersion,
                String spool,
                long policyVersion,
                Map<String, String> labels) {
            this(workload, instance, host, pid, java, agentVersion, spool, policyVersion, labels, null, null);
        }
    }

    /**
     * A workload's recordings on its disk.
     *
     * @param present names of all that are there
     * @param confirmed those that are not, since the control plane had all of them and heard of it last
     */
    record Disk(List<String> present, List<ConfirmedRecording> confirmed) {}

    /** Spooled events in order, without a gap; sequence numbers start at 1 per spool. */
    record Events(String spool, List<Numbered> events) implements AgentMessage {}

    /** @param sequence position in the spool */
    record Numbered(long sequence, Event event) {}

    record ApprovalRequest(Ticket ticket) implements AgentMessage {}

    record ApprovalUpdate(String ticket, int callers) implements AgentMessage {}

    record ApprovalWithdrawn(String ticket, String why) implements AgentMessage {}

    /** What is woven and what is not; replaces the previous report. */
    record CoverageReport(String mode, List<Component> components) implements AgentMessage {}

    /**
     * @param module instrumentation module ({@code jdbc}, {@code jdk-http})
     * @param type class name
     * @param state {@code WOVEN}, {@code WOVEN_UNPROVEN} or {@code REFUSED}
     * @param reason why it was refused; empty otherwise
     */
    record Component(String module, String type, String state, String reason) {}

    /** The agent took a policy, or kept the last good one and says why. */
    record PolicyStatus(long version, boolean accepted, String reason) implements AgentMessage {}

    /** The policy in force, as it was signed; on {@link ServerMessage.PolicyWanted}. */
    record PolicyHeld(long version, String yaml, String signature) implements AgentMessage {}

    /** Every few seconds; {@code waiting} is the number of held calls. */
    record Heartbeat(Instant at, int waiting) implements AgentMessage {}
}
