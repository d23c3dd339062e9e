package io.sallyport.link.approval;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.link.channel.Outbound;
import io.sallyport.protocol.AgentMessage.ApprovalRequest;
import io.sallyport.protocol.AgentMessage.ApprovalUpdate;
import io.sallyport.protocol.AgentMessage.ApprovalWithdrawn;
import io.sallyport.protocol.ServerMessage.ApprovalDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings tickets before the control plane. Thread-safe, never blocks.
 *
 * <p>A ticket is re-sent on every new connection until it is decided; the control plane knows it by its identifier. When the channel is down
 * at the moment of asking, the ticket waits a short grace for it and is then {@link Outcome.Unreachable}: what needs approval is refused while the
 * control plane is away. Once it was sent, a lost channel changes nothing until the ticket's own expiry, which is also watched here in
 * case that the control plane does not come back.
 *
 * <p>Listeners are called on threads of their own, each exactly once: what application code does in them cannot hold up the link.
 */
public final class LinkApprovalDesk implements ApprovalDesk {

    /** The control plane's own verdict on an expired ticket goes first. */
    private static final Duration EXPIRY_SLACK = Duration.ofSeconds(1);

    private static final int MOST_WITHDRAWALS = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Pending> waiting = new LinkedHashMap<>();
    private final Map<String, Withdrawal> withdrawals = new LinkedHashMap<>();
    private final ScheduledExecutorService timer;
    private final Executor listeners;
    private final Duration grace;
    private @Nullable Outbound channel;
    private @Nullable String closed;

    /**
     * @param timer for grace and expiry; its tasks are short
     * @param listeners runs the callbacks; must not run them in the calling thread
     * @param grace how long a new ticket waits for the channel to come back
     */
    public LinkApprovalDesk(ScheduledExecutorService timer, Executor listeners, Duration grace) {
        this.timer = timer;
        this.listeners = listeners;
        this.grace = grace;
    }

    @Override
    public void submit(Ticket ticket, Consumer<Outcome> listener) {
        String unreachable;
        lock.lock();
        try {
            unreachable = closed;
            if (unreachable == null) {
                Pending pending = new Pending(ticket, listener);
                waiting.put(ticket.id(), pending);
                send(pending);
                if (!pending.sent) {
                    after(grace, () -> giveUpUnlessSent(ticket.id()));
                }
                after(Duration.between(Instant.now(), ticket.expires()).plus(EXPIRY_SLACK), () -> expire(ticket.id()));
            }
        } catch (RejectedExecutionException e) {
            waiting.remove(ticket.id());
            unreachable = "the agent is shutting down";
        } finally {
            lock.unlock();
        }
        if (unreachable != null) {
            tell(listener, new Outcome.Unreachable(unreachable));
        }
    }

    @Override
    public void update(Ticket ticket) {
        lock.lock();
        try {
            Pending pending = waiting.get(ticket.id());
            if (pending != null) {
                pending.ticket = ticket;
                if (channel != null && pending.sent) {
                    channel.send(new ApprovalUpdate(ticket.id(), ticket.callers()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void withdraw(String ticketId, String why) {
        lock.lock();
        try {
            Pending pending = waiting.remove(ticketId);
            if (pending != null && pending.sent) {
                withdrawn(pending.ticket, why);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Number of tickets that wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** The control plane has welcomed this agent: tells it what it missed and asks again for what is still undecided. */
    public void connected(Outbound outbound) {
        lock.lock();
        try {
            channel = outbound;
            // Nobody confirms a withdrawal, and the last ones may have gone into a dying channel: said again until the
            // ticket is over anyway.
            Instant now = Instant.now();
            withdrawals.values().removeIf(withdrawal -> withdrawal.expires.isBefore(now));
            withdrawals.forEach((ticket, withdrawal) -> outbound.send(new ApprovalWithdrawn(ticket, withdrawal.why)));
            waiting.values().forEach(this::send);
        } finally {
            lock.unlock();
        }
    }

    /** The channel is gone; it may come back. */
    public void disconnected() {
        lock.lock();
        try {
            channel = null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a decision; one for a ticket that nobody waits for any more is ignored. */
    public void decided(ApprovalDecision decision) {
        Outcome outcome = outcome(decision);
        if (outcome != null) {
            end(decision.ticket(), outcome, null);
        }
    }

    /** No decision can come any more: whoever waits, or asks from now on, hears why. */
    public void close(String why) {
        List<Pending> left;
        lock.lock();
        try {
            closed = why;
            left = new ArrayList<>(waiting.values());
            waiting.clear();
            Outbound open = channel;
            for (Pending pending : left) {
                if (open != null && pending.sent) {
                    open.send(new ApprovalWithdrawn(pending.ticket.id(), why));
                }
            }
            channel = null;
        } finally {
            lock.unlock();
        }
        for (Pending pending : left) {
            tell(pending.listener, new Outcome.Unreachable(why));
        }
    }

    private static @Nullable Outcome outcome(ApprovalDecision decision) {
        List<String> by = decision.by() == null ? List.of() : List.copyOf(decision.by());
        String reason = decision.reason() == null ? "" : decision.reason();
        return switch (String.valueOf(decision.outcome())) {
            case "approved" -> new Outcome.Approved(by, reason, decision.unmask());
            case "refused" -> new Outcome.Refused(by, reason);
            case "expired" -> new Outcome.Expired();
            // A newer control plane's word that this agent does not know: not an approval, so the ticket goes on
            // waiting.
            default -> null;
        };
    }

    private void send(Pending pending) {
        if (channel != null) {
            channel.send(new ApprovalRequest(pending.ticket));
            pending.sent = true;
        }
    }

    private void giveUpUnlessSent(String id) {
        Pending given = null;
        lock.lock();
        try {
            Pending pending = waiting.get(id);
            if (pending != null && !pending.sent) {
                given = waiting.remove(id);
            }
        } finally {
            lock.unlock();
        }
        if (given != null) {
            tell(given.listener, new Outcome.Unreachable("the control plane cannot be reached"));
        }
    }

    private void expire(String id) {
        end(id, new Outcome.Expired(), "expired");
    }

    private void end(String id, Outcome outcome, @Nullable String withdrawal) {
        Pending ended;
        lock.lock();
        try {
            ended = waiting.remove(id);
            if (ended != null && ended.sent && withdrawal != null) {
                withdrawn(ended.ticket, withdrawal);
            }
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            tell(ended.listener, outcome);
        }
    }

    private void withdrawn(Ticket ticket, String why) {
        if (withdrawals.size() >= MOST_WITHDRAWALS) {
            withdrawals.remove(withdrawals.keySet().iterator().next());
        }
        withdrawals.put(ticket.id(), new Withdrawal(why, ticket.expires()));
        if (channel != null) {
            channel.send(new ApprovalWithdrawn(ticket.id(), why));
        }
    }

    private void after(Duration delay, Runnable task) {
        timer.schedule(task, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void tell(Consumer<Outcome> listener, Outcome outcome) {
        listeners.execute(() -> listener.accept(outcome));
    }

    /** What was said about a ticket, and until when it is worth repeating. */
    private record Withdrawal(String why, Instant expires) {}

    /** A ticket and who wants to hear of it; guarded by the desk's lock. */
    private static final class Pending {
        private Ticket ticket;
        private final Consumer<Outcome> listener;
        private boolean sent;

        Pending(Ticket ticket, Consumer<Outcome> listener) {
            this.ticket = ticket;
            this.listener = listener;
        }
    }
}
