package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.approvals.ApprovalView;
import io.sallyport.controlplane.approvals.Approvals;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.policy.Rollout;
import io.sallyport.controlplane.sessions.CallSessions;
import io.sallyport.controlplane.store.Notice;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The channels that this process holds, by workload. Tells them what changed. Thread-safe. */
public final class ConnectedAgents {

    private final ConcurrentMap<String, AgentChannel> channels = new ConcurrentHashMap<>();
    private final Policies policies;
    private final Approvals approvals;
    private final CallSessions sessions;

    public ConnectedAgents(Policies policies, Approvals approvals, CallSessions sessions) {
        this.policies = policies;
        this.approvals = approvals;
        this.sessions = sessions;
    }

    /** Listens to the store's notices. */
    public void on(Notice notice) {
        switch (notice.kind()) {
            case POLICY -> {
                Rollout rollout = policies.rollout();
                all().forEach(channel -> channel.offer(rollout));
            }
            case APPROVAL -> approvals.find(notice.subject()).ifPresent(this::tell);
            case REVOKED -> {
                AgentChannel channel = channels.get(notice.subject());
                if (channel != null) {
                    channel.revoke("an administrator revoked this workload");
                }
            }
            case IDENTITY -> {
                AgentChannel channel = channels.get(notice.subject());
                if (channel != null) {
                    channel.identify();
                }
            }
            case STOPPED -> {
                AgentChannel channel = channels.get(notice.subject());
                if (channel != null) {
                    sessions.stopped(notice.subject()).forEach(channel::tell);
                }
            }
            case WORKLOAD -> {}
        }
    }

    private void tell(ApprovalView ticket) {
        AgentChannel channel = channels.get(ticket.workload().id());
        if (channel != null) {
            Approvals.outcome(ticket).ifPresent(channel::tell);
        }
    }

    /** @return the channel that was there before */
    @Nullable
    AgentChannel add(String workload, AgentChannel channel) {
        return channels.put(workload, channel);
    }

    /** @return whether this channel was the workload's current one */
    boolean remove(String workload, AgentChannel channel) {
        return channels.remove(workload, channel);
    }

    public int count() {
        return channels.size();
    }

    /** The workload's stopped sessions, for a channel that has just come up. */
    void greet(String workload, AgentChannel channel) {
        sessions.stopped(workload).forEach(channel::tell);
    }

    Collection<AgentChannel> all() {
        return List.copyOf(channels.values());
    }

    /** Says goodbye to every agent; they come back to another replica, or to this one after its restart. */
    public void closeAll() {
        all().forEach(channel -> channel.goAway());
    }
}
