package io.sallyport.controlplane.policy;

import io.sallyport.protocol.ServerMessage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which version is in force where: for a workload the newest that is for the whole fleet or for a stage that covers it. So a version
 * on trial takes the place of older ones where it is tried, the next one for everybody takes the place of all, and no workload is ever asked to go
 * back to a lower number, which it would refuse.
 *
 * @param open newest first, down to the newest for the whole fleet, which is the last
 */
public record Rollout(List<Entry> open) {

    /** @param stage {@code null} for the whole fleet */
    public record Entry(
            ServerMessage.PolicyUpdate policy, @Nullable Stage stage) {}

    public Rollout {
        open = List.copyOf(open);
    }

    /** The newest version that there is, for whomever. */
    public long newest() {
        return open.get(0).policy().version();
    }

    /**
     * Whether an agent that has this version is ahead of what it would be sent, and known to be right: that version was lost with the store
     * and recovered from the fleet, or lies below such a one.
     */
    public boolean isRecovered(long version) {
        return open.stream()
                .anyMatch(entry -> Stage.NOWHERE.equals(entry.stage())
                        && version <= entry.policy().version());
    }

    /** What a workload with these verified labels is sent. */
    public ServerMessage.PolicyUpdate at(Map<String, String> labels) {
        for (Entry entry : open) {
            if (entry.stage() == null || Objects.requireNonNull(entry.stage()).covers(labels)) {
                return entry.policy();
            }
        }
        throw new IllegalStateException("version 1 is for the whole fleet");
    }
}
