package io.sallyport.core.testing;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A desk at which the test sits. Keeps everything it was told, in order; listeners stay callable after a ticket ended. */
public final class ScriptedDesk implements ApprovalDesk {

    private static final long PATIENCE_MILLIS = 20_000;

    private final List<String> log = new ArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private final Map<String, Consumer<Outcome>> listeners = new LinkedHashMap<>();
    private final Map<String, Integer> callers = new LinkedHashMap<>();

    @Override
    public synchronized void submit(Ticket ticket, Consumer<Outcome> listener) {
        log.add("submit");
        tickets.add(ticket);
        listeners.put(ticket.id(), listener);
        callers.put(ticket.id(), ticket.callers());
        notifyAll();
    }

    @Override
    public synchronized void update(Ticket ticket) {
        log.add("update " + ticket.callers());
        callers.put(ticket.id(), ticket.callers());
        notifyAll();
    }

    @Override
    public synchronized void withdraw(String ticketId, String why) {
        log.add("withdraw " + why);
        notifyAll();
    }

    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    public synchronized List<Ticket> tickets() {
        return List.copyOf(tickets);
    }

    /** Waits until {@code n} tickets have been submitted; returns the last one. */
    public Ticket ticket(int n) {
        await(d -> d.tickets.size() >= n, n + " tickets");
        return tickets().get(n - 1);
    }

    /** Waits until the desk was told that so many callers wait on the ticket. */
    public void awaitCallers(Ticket ticket, int n) {
        await(d -> d.callers.get(ticket.id()) == n, n + " callers");
    }

    public void awaitWithdrawal() {
        await(d -> d.log.stream().anyMatch(l -> l.startsWith("withdraw")), "a withdrawal");
    }

    public void approve(Ticket ticket) {
        decide(ticket, new Outcome.Approved(List.of("alice"), "ticket OPS-7", false));
    }

    public void decide(Ticket ticket, Outcome outcome) {
        Consumer<Outcome> listener;
        synchronized (this) {
            listener = listeners.get(ticket.id());
        }
        listener.accept(outcome);
    }

    private synchronized void await(Predicate<ScriptedDesk> condition, String what) {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.test(this)) {
            long left = deadline - System.currentTimeMillis();
            if (left <= 0) {
                throw new AssertionError("the desk never saw " + what + "; it saw " + log);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
