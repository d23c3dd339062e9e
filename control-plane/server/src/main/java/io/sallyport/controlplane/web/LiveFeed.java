package io.sallyport.controlplane.web;

import io.sallyport.controlplane.agents.Workloads;
import io.sallyport.controlplane.approvals.Approvals;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.protocol.Wire;

/** Turns the store's notices into what dashboards see. */
final class LiveFeed {

    private final LiveStream stream;
    private final Approvals approvals;
    private final Workloads workloads;
    private final Policies policies;

    LiveFeed(LiveStream stream, Approvals approvals, Workloads workloads, Policies policies) {
        this.stream = stream;
        this.approvals = approvals;
        this.workloads = workloads;
        this.policies = policies;
    }

    void on(Notice notice) {
        if (!stream.watched()) {
            return;
        }
        switch (notice.kind()) {
            case APPROVAL ->
                approvals
                        .find(notice.subject())
                        .ifPresent(ticket ->
                                stream.publish("approval", ticket.workload().id(), Wire.write(ticket)));
            case WORKLOAD ->
                workloads
                        .summary(notice.subject())
                        .ifPresent(workload -> stream.publish("workload", workload.id(), Wire.write(workload)));
            case POLICY -> {
                Policies.Version version = policies.get(Long.parseLong(notice.subject()));
                stream.publish(
                        "policy",
                        null,
                        Wire.write(new Policies.Listed(
                                version.version(),
                                version.author(),
                                version.comment(),
                                version.savedAt(),
                                version.stage())));
            }
            case IDENTITY, REVOKED, STOPPED -> {}
        }
    }
}
