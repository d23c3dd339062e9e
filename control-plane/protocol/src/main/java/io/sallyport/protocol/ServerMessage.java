package io.sallyport.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the control plane says on an agent's channel. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerMessage.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = ServerMessage.PolicyUpdate.class, name = "policy"),
    @JsonSubTypes.Type(value = ServerMessage.PolicyWanted.class, name = "policyWanted"),
    @JsonSubTypes.Type(value = ServerMessage.EventsAck.class, name = "eventsAck"),
    @JsonSubTypes.Type(value = ServerMessage.EventsAgain.class, name = "eventsAgain"),
    @JsonSubTypes.Type(value = ServerMessage.ApprovalDecision.class, name = "approvalDecision"),
    @JsonSubTypes.Type(value = ServerMessage.SessionStopped.class, name = "sessionStopped"),
    @JsonSubTypes.Type(value = ServerMessage.Revoked.class, name = "revoked")
})
public sealed interface ServerMessage {

    /**
     * The identity that the control plane verified; sent again when it changes.
     *
     * @param verified whether the control plane vouches for the subject; {@code null} from an older one, which meant yes
     * @param acknowledged last sequence number of the agent's spool that is stored; the agent continues behind it
     * @param stored the same of earlier recordings that the agent said are on its disk: one that was restored from a backup may know less than it has
     *     confirmed; {@code null} from an older one
     */
    record Welcome(
            String subject,
            Set<String> groups,
            Map<String, String> labels,
            long acknowledged,
            @Nullable Boolean verified,
            @Nullable Map<String, Long> stored)
            implements ServerMessage {

        public Welcome(String subject, Set<String> groups, Map<String, String> labels, long acknowledged) {
            this(subject, groups, labels, acknowledged, true, null);
        }
    }

    /** @param signature Ed25519 over {@link PolicySignature#bytes}, base64 */
    record PolicyUpdate(long version, String yaml, String signature) implements ServerMessage {}

    /** The agent said that it has a version which the control plane's store, restored from a backup, does not know: it is to show it. */
    record PolicyWanted() implements ServerMessage {}

    /** Everything up to {@code upTo} is stored. */
    record EventsAck(String spool, long upTo) implements ServerMessage {}

    /** There was no room for what came from number {@code from} on, and there is now: the agent sends all of it again. */
    record EventsAgain(String spool, long from) implements ServerMessage {}

    /** @param outcome {@code approved}, {@code refused} or {@code expired} */
    record ApprovalDecision(String ticket, String outcome, List<String> by, String reason, boolean unmask)
            implements ServerMessage {}

    /** Whatever the session still sends is to be refused. Told again on every connection until the session has ended. */
    record SessionStopped(String session, String by, String reason) implements ServerMessage {}

    /** The workload's credential is void; the agent stops using it. */
    record Revoked(String reason) implements ServerMessage {}
}
