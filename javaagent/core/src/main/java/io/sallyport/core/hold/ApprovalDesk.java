package io.sallyport.core.hold;

import java.util.function.Consumer;

/** Where tickets are brought before people; implemented by the link to the control plane. Thread-safe, never blocks. */
public interface ApprovalDesk {

    /** A desk nobody sits at: everything that needs approval is refused. */
    ApprovalDesk NOBODY = new ApprovalDesk() {
        @Override
        public void submit(Ticket ticket, Consumer<Outcome> listener) {
            listener.accept(new Outcome.Unreachable("no control plane is configured"));
        }

        @Override
        public void update(Ticket ticket) {}

        @Override
        public void withdraw(String ticketId, String why) {}
    };

    /** Brings a ticket before approvers; {@code listener} hears the outcome exactly once, on any thread. */
    void submit(Ticket ticket, Consumer<Outcome> listener);

    /** The number of callers that wait on the ticket changed. */
    void update(Ticket ticket);

    /** Nobody waits for the ticket any more; its listener is not called afterwards. */
    void withdraw(String ticketId, String why);
}
