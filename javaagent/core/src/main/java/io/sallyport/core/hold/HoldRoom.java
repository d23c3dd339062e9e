package io.sallyport.core.hold;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.hold.Departure.Decided;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.record.Detail;
import io.sallyport.core.record.ShownText;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where calls wait for people. Thread-safe.
 *
 * <p>One lock guards a few maps and is held for a handful of instructions; it is never held while a caller parks, the desk is told
 * something, a listener runs or a future completes. Whatever ends a wait (outcome, deadline, cancel, interrupt, shutdown) takes the
 * lock, finds the seat taken or not, and the first one decides: that is the whole argument why a caller departs exactly once.
 *
 * <p>Blocking callers cost no thread but their own; others cost none.
 */
public final class HoldRoom implements AutoCloseable {

    /** No wait is longer, whatever a policy says; keeps arithmetic on nanoseconds exact. */
    static final Duration LONGEST = Duration.ofDays(365);

    private final ApprovalDesk desk;
    private final HoldLimit limit;
    private final Clock clock;
    private final BindingDigest bindings = new BindingDigest();
    private final SecureRandom random = new SecureRandom();
    private final AgentThreads threads = new AgentThreads();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<OpenTicket.Key, OpenTicket> open = new HashMap<>();
    private final Map<String, Integer> heldByTarget = new HashMap<>();
    private boolean closed;

    public HoldRoom(ApprovalDesk desk, HoldLimit limit, Clock clock) {
        this.desk = desk;
        this.limit = limit;
        this.clock = clock;
    }

    public HoldRoom(ApprovalDesk desk, Clock clock) {
        this(desk, new OpenConnections(), clock);
    }

    /**
     * Lets a caller in. The seat that comes back is settled already where a grant admits the call, where too many callers of the
     * target are held, or where the room is closed.
     *
     * @param call the call's id
     * @param context see {@link Situation#context}
     */
    public Seat enter(
            Command command, Identity identity, HoldRequest request, String call, Requester requester, String context) {
        String binding = binding(command, identity, call, context);
        OpenTicket.Key key = OpenTicket.Key.of(binding, requester, request);
        String target = command.target().url();
        int allowed = Math.max(1, limit.allowed(command.target()));
        Ticket fresh = describe(binding, command, request, requester);
        OpenTicket ticket;
        Seat seat;
        lock.lock();
        try {
            if (closed) {
                return Seat.settled(this, binding, target, request, new Departure.Closed());
            }
            ticket = open.get(key);
            if (ticket != null && !ticket.waiting()) {
                Outcome.Approved approval = ticket.grantAt(clock.instant());
                end(ticket, null);
                if (approval != null) {
                    return Seat.settled(this, binding, target, request, new Decided(approval))
                            .shows(ticket.ticket());
                }
                ticket = null;
            }
            if (heldByTarget.getOrDefault(target, 0) >= allowed) {
                return Seat.settled(this, binding, target, request, new Departure.Surplus(allowed));
            }
            if (ticket == null) {
                ticket = openTicket(key, request, fresh);
            }
            heldByTarget.merge(target, 1, Integer::sum);
            seat = ticket.join(this, target, request);
        } finally {
            lock.unlock();
        }
        ticket.line().sync();
        return seat;
    }

    /** How many may be held at the same time; hears of connections that are opened and closed. */
    public HoldLimit limit() {
        return limit;
    }

    /** The binding of a command as it is now; differs from the seat's where a parameter or the context was changed while the call waited. */
    public String binding(Command command, Identity identity, String call, String context) {
        return bindings.of(command, identity, call, context);
    }

    /** Does something again and again, on the thread that keeps the deadlines; until the room is closed. */
    public void every(Duration period, Runnable task) {
        threads.every(nanos(period), task);
    }

    /** Number of callers held at present. */
    public int held() {
        lock.lock();
        try {
            return heldByTarget.values().stream().mapToInt(Integer::intValue).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every caller go, refused, withdraws their tickets and lets nobody in any more. Idempotent. */
    @Override
    public void close() {
        List<OpenTicket> tickets;
        List<Seat> leaving = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            tickets = List.copyOf(open.values());
            for (OpenTicket ticket : tickets) {
                leaving.addAll(settleAll(ticket, new Departure.Closed()));
                end(ticket, "the workload is shutting down");
            }
        } finally {
            lock.unlock();
        }
        leaving.forEach(this::release);
        tickets.forEach(ticket -> ticket.line().sync());
        threads.close();
    }

    /** The one place where a single caller leaves. */
    void depart(Seat seat, Departure how) {
        OpenTicket ticket = seat.openTicket();
        lock.lock();
        try {
            if (ticket == null || seat.departure() != null) {
                return;
            }
            settle(seat, how);
            boolean deserted = ticket.leave(seat, how instanceof Departure.StillWaiting);
            if (deserted) {
                end(ticket, how instanceof Departure.GaveUp gaveUp ? gaveUp.why() : "nobody waits any more");
            }
        } finally {
            lock.unlock();
        }
        release(seat);
        ticket.line().sync();
    }

    /** A seat's caller does not park but wants to be told. */
    void listen(Seat seat, Consumer<Departure> whenLeft) {
        lock.lock();
        try {
            if (seat.departure() == null) {
                Runnable lostPatience = () -> depart(seat, new Departure.StillWaiting());
                seat.listen(whenLeft, threads.after(seat.patienceNanos(), lostPatience));
                return;
            }
        } finally {
            lock.unlock();
        }
        tell(seat, whenLeft);
    }

    private OpenTicket openTicket(OpenTicket.Key key, HoldRequest request, Ticket shown) {
        OpenTicket ticket = new OpenTicket(key, request, shown);
        ticket.line(new DeskLine(desk, () -> truth(ticket), outcome -> decide(ticket, outcome)));
        open.put(key, ticket);
        ticket.deadline(threads.after(nanos(request.timeout()), () -> lapse(ticket)));
        return ticket;
    }

    private DeskLine.Truth truth(OpenTicket ticket) {
        lock.lock();
        try {
            return new DeskLine.Truth(ticket.ticket(), ticket.waiting(), ticket.withdrawn());
        } finally {
            lock.unlock();
        }
    }

    /** People, or the channel to them, ended the ticket. Ignored when it is over or decided already. */
    private void decide(OpenTicket ticket, Outcome outcome) {
        List<Seat> leaving;
        lock.lock();
        try {
            if (!ticket.waiting()) {
                return;
            }
            leaving = settleAll(ticket, new Decided(outcome));
            if (outcome instanceof Outcome.Approved approval && ticket.promisedToAbsent()) {
                Duration timeout = bounded(ticket.request.timeout());
                ticket.becomeGrant(approval, clock.instant().plus(timeout));
                ticket.deadline(threads.after(nanos(timeout), () -> lapse(ticket)));
            } else {
                end(ticket, null);
            }
        } finally {
            lock.unlock();
        }
        leaving.forEach(this::release);
        ticket.line().sync();
    }

    /** The ticket's time, or the grant's, is over. */
    private void lapse(OpenTicket ticket) {
        List<Seat> leaving;
        lock.lock();
        try {
            if (ticket.over()) {
                return;
            }
            leaving = settleAll(ticket, new Decided(new Outcome.Expired()));
            end(ticket, "the ticket expired");
        } finally {
            lock.unlock();
        }
        leaving.forEach(this::release);
        ticket.line().sync();
    }

    private List<Seat> settleAll(OpenTicket ticket, Departure how) {
        List<Seat> seats = ticket.emptySeats();
        seats.forEach(seat -> settle(seat, how));
        return seats;
    }

    private void settle(Seat seat, Departure how) {
        seat.settle(how);
        heldByTarget.computeIfPresent(seat.target(), (target, held) -> held == 1 ? null : held - 1);
    }

    private void end(OpenTicket ticket, @Nullable String tell) {
        ticket.end(tell);
        open.remove(ticket.key, ticket);
    }

    private void release(Seat seat) {
        seat.wake();
        Consumer<Departure> listener = seat.listener();
        if (listener != null) {
            tell(seat, listener);
        }
    }

    private void tell(Seat seat, Consumer<Departure> listener) {
        Departure how = Objects.requireNonNull(seat.departure());
        threads.execute(() -> listener.accept(how));
    }

    private Ticket describe(String binding, Command command, HoldRequest request, Requester requester) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        Instant now = clock.instant();
        return Ticket.builder(HexFormat.of().formatHex(id), binding, now)
                .target(command.target().shown())
                .summary(command.summary())
                .detail(Detail.forApprovers(command))
                .callSite(command.caller().callSite())
                .entryPoint(command.caller().entryPoint())
                .thread(ShownText.of(command.caller().thread()))
                .callers(0)
                .openTransaction(command instanceof SqlCommand sql
                        && sql.transaction() == SqlCommand.TransactionState.IN_TRANSACTION)
                .expires(now.plus(bounded(request.timeout())))
                .rules(request.rules())
                .anyOf(request.anyOf())
                .required(request.required())
                .reasonRequired(request.reasonRequired())
                .message(request.message())
                .hours(request.hours())
                .requester(requester)
                .eachOf(request.eachOf())
                .build();
    }

    /** In nanoseconds, bounded so that arithmetic on them is exact. */
    static long nanos(Duration duration) {
        return bounded(duration).toNanos();
    }

    private static Duration bounded(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
