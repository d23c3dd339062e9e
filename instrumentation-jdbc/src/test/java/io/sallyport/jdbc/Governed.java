package io.sallyport.jdbc;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.verdict.StandardGate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Puts a real gate with a real policy behind the woven process. */
final class Governed {
    private Governed() {}

    /** @return the events, as they come */
    static List<Event> by(String policy, ApprovalDesk desk) {
        List<Event> events = new CopyOnWriteArrayList<>();
        PolicySnapshot snapshot;
        try {
            snapshot = PolicyLoader.load(policy, "policy.yaml", KeySource.NONE);
        } catch (InvalidPolicyException e) {
            throw new AssertionError(e);
        }
        WovenProcess.GATE.reset();
        WovenProcess.GATE.delegate = new StandardGate(
                () -> snapshot,
                () -> Identity.unverified("test"),
                new HoldRoom(desk, Clock.systemUTC()),
                event -> events.add(event),
                Clock.systemUTC(),
                () -> "incident-" + events.size());
        return events;
    }

    /** A desk that decides every ticket at once. */
    static ApprovalDesk desk(List<Ticket> seen, Outcome outcome) {
        return new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                seen.add(ticket);
                listener.accept(outcome);
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
    }
}
