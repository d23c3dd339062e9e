package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.RepeatedFault;
import io.sallyport.controlplane.approvals.Approvals;
import io.sallyport.controlplane.approvals.TicketDesk;
import io.sallyport.controlplane.events.EventIntake;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.events.RecordingArrivals;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.store.Database;
import java.time.Clock;
import java.time.InstantSource;

/** What channels work with. Thread-safe. */
public final class ChannelServices {

    private final EventLog events;
    private final EventIntake intake;
    private final RecordingArrivals arrivals;
    private final TicketDesk tickets;
    private final Approvals approvals;
    private final Policies policies;
    private final ConnectedAgents connected;
    private final WorkloadLedger ledger;
    private final Credentials credentials;
    private final Clock clock;

    /** Of a store that is away, all channels of a fleet would tell, each time that their agents come back. */
    private final RepeatedFault storeFaults = new RepeatedFault(InstantSource.system());

    public ChannelServices(
            Database database,
            EventLog events,
            EventIntake intake,
            RecordingArrivals arrivals,
            TicketDesk tickets,
            Approvals approvals,
            Policies policies,
            ConnectedAgents connected,
            Credentials credentials,
            Clock clock) {
        this.credentials = credentials;
        this.events = events;
        this.intake = intake;
        this.arrivals = arrivals;
        this.tickets = tickets;
        this.approvals = approvals;
        this.policies = policies;
        this.connected = connected;
        this.ledger = new WorkloadLedger(database, clock);
        this.clock = clock;
    }

    /** A channel for a workload whose credential was checked. */
    public AgentChannel open(Credentialed workload, Line line) {
        return new AgentChannel(workload, line, this);
    }

    /** At the start of a process that has its store for itself. */
    public void nobodyIsConnected() {
        ledger.nobodyIsConnected();
    }

    RepeatedFault storeFaults() {
        return storeFaults;
    }

    EventLog events() {
        return events;
    }

    EventIntake intake() {
        return intake;
    }

    RecordingArrivals arrivals() {
        return arrivals;
    }

    TicketDesk tickets() {
        return tickets;
    }

    Approvals approvals() {
        return approvals;
    }

    Policies policies() {
        return policies;
    }

    ConnectedAgents connected() {
        return connected;
    }

    WorkloadLedger ledger() {
        return ledger;
    }

    Credentials credentials() {
        return credentials;
    }

    Clock clock() {
        return clock;
    }
}
