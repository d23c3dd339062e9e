package io.sallyport.http.contract;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An approver who answers when the test says so. */
public final class Approver implements ApprovalDesk {

    /** A ticket that waits. */
    public record Case(Ticket ticket, Consumer<Outcome> listener) {
        public void approve() {
            listener.accept(new Outcome.Approved(List.of("ann"), "fine", false));
        }

        public void approveAndUnmask() {
            listener.accept(new Outcome.Approved(List.of("ann"), "fine", true));
        }

        public void refuse() {
            listener.accept(new Outcome.Refused(List.of("ann"), "no"));
        }
    }

    private final BlockingQueue<Case> cases = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> withdrawn = new LinkedBlockingQueue<>();

    public Case next() throws InterruptedException {
        Case next = cases.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no ticket came");
        }
        return next;
    }

    /** The next ticket, or {@code null} if {@code call} ends without one. */
    Case nextUnless(Future<?> call) throws InterruptedException {
        while (!call.isDone()) {
            Case next = cases.poll(10, TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
        }
        return cases.poll();
    }

    /** Id of the next ticket that is withdrawn. */
    public String withdrawn() throws InterruptedException {
        return withdrawn.poll(10, TimeUnit.SECONDS);
    }

    void forget() {
        cases.clear();
        withdrawn.clear();
    }

    @Override
    public void submit(Ticket ticket, Consumer<Outcome> listener) {
        cases.add(new Case(ticket, listener));
    }

    @Override
    public void update(Ticket ticket) {}

    @Override
    public void withdraw(String ticketId, String why) {
        withdrawn.add(ticketId);
    }
}
