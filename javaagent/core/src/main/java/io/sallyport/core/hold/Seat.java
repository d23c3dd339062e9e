package io.sallyport.core.hold;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One caller's place in the {@link HoldRoom}. The caller either parks in {@link #await} or leaves a listener in {@link #onDeparture};
 * in both cases it departs exactly once. Thread-safe.
 */
public final class Seat {

    private final HoldRoom room;
    private final @Nullable OpenTicket ticket;
    private final String binding;
    private final String target;
    private final HoldRequest request;

    private volatile @Nullable Ticket shown;
    private volatile @Nullable Departure departure;
    private volatile @Nullable Thread parked;

    // Guarded by the room's lock.
    private @Nullable Consumer<Departure> listener;
    private @Nullable ScheduledFuture<?> patience;

    private Seat(HoldRoom room, @Nullable OpenTicket ticket, String binding, String target, HoldRequest request) {
        this.room = room;
        this.ticket = ticket;
        this.binding = binding;
        this.target = target;
        this.request = request;
    }

    /** A caller that waits. */
    static Seat waiting(HoldRoom room, OpenTicket ticket, String target, HoldRequest request) {
        return new Seat(room, ticket, ticket.key.binding(), target, request);
    }

    /** A caller that need not or may not wait. */
    static Seat settled(HoldRoom room, String binding, String target, HoldRequest request, Departure departure) {
        Seat seat = new Seat(room, null, binding, target, request);
        seat.departure = departure;
        return seat;
    }

    /** The ticket as it was when the caller came; {@code null} for a caller that was not let in. */
    public @Nullable Ticket ticket() {
        return shown;
    }

    /** The binding of the call, as it was brought before approvers. */
    public String binding() {
        return binding;
    }

    /** What approvers were asked for, with this caller's own patience. */
    public HoldRequest request() {
        return request;
    }

    /** Whether an approval that was given before the caller came admitted it. */
    public boolean byGrant() {
        return ticket == null && departure instanceof Departure.Decided;
    }

    /** How the caller left; {@code null} while it waits. */
    public @Nullable Departure departure() {
        return departure;
    }

    /**
     * Parks the calling thread until the ticket ends, its patience is over, {@code waiter} gives up, the thread is interrupted (its
     * flag stays set) or the room closes. Returns at once where the caller has left already.
     */
    public Departure await(Waiter waiter) {
        parked = Thread.currentThread();
        waiter.onGiveUp(() -> leave(whyOf(waiter)));
        long deadline = System.nanoTime() + Math.min(patienceNanos(), HoldRoom.nanos(waiter.limit()));
        try {
            Departure left;
            while ((left = departure) == null) {
                long remaining = deadline - System.nanoTime();
                if (Thread.currentThread().isInterrupted()) {
                    leave("the waiting thread was interrupted");
                } else if (remaining <= 0) {
                    room.depart(this, new Departure.StillWaiting());
                } else {
                    LockSupport.parkNanos(this, remaining);
                }
            }
            // A cancel that lost the race against the approval is still a cancel: the statement has not been sent.
            return waiter.gaveUp() != null ? new Departure.GaveUp(whyOf(waiter)) : left;
        } finally {
            waiter.forget();
            parked = null;
        }
    }

    /**
     * Tells {@code whenLeft} once, on an agent thread, how the caller left; its patience begins now. A caller that has left already is
     * told at once, on an agent thread too.
     */
    public void onDeparture(Consumer<Departure> whenLeft) {
        room.listen(this, whenLeft);
    }

    /** The caller gives up. Without effect once it has left. */
    public void leave(String why) {
        room.depart(this, new Departure.GaveUp(why));
    }

    Seat shows(Ticket asItIsNow) {
        shown = asItIsNow;
        return this;
    }

    @Nullable
    OpenTicket openTicket() {
        return ticket;
    }

    String target() {
        return target;
    }

    /** A caller that would outwait the ticket hears that it expired; the second more is for a timer that is late. */
    long patienceNanos() {
        boolean outwaits = request.patience().compareTo(request.timeout()) >= 0;
        return outwaits
                ? HoldRoom.nanos(request.timeout()) + TimeUnit.SECONDS.toNanos(1)
                : HoldRoom.nanos(request.patience());
    }

    void listen(Consumer<Departure> whenLeft, ScheduledFuture<?> deadline) {
        listener = whenLeft;
        patience = deadline;
    }

    /** Under the room's lock; {@link #wake} follows outside of it. */
    void settle(Departure how) {
        departure = how;
        if (patience != null) {
            patience.cancel(false);
        }
    }

    @Nullable
    Consumer<Departure> listener() {
        return listener;
    }

    void wake() {
        // parkNanos looks at the permit first: an unpark before the park is not lost, nor is one that finds no thread
        // yet,
        // since await() publishes the thread before it reads the departure.
        LockSupport.unpark(parked);
    }

    private static String whyOf(Waiter waiter) {
        String why = waiter.gaveUp();
        return why == null ? "the caller gave up" : why;
    }

    @Override
    public String toString() {
        Ticket t = shown;
        return "waits for approval of ticket " + (t == null ? "-" : t.id());
    }
}
