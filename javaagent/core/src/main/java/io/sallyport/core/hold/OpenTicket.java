package io.sallyport.core.hold;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that people may still decide, or a grant that waits for its one call. Guarded by the lock of the {@link HoldRoom}.
 *
 * <pre>
 *   WAITING ──approved, nobody left early──────────────▶ over
 *      │  ╲──approved, somebody left with "still waiting"─▶ GRANT ──taken by the next equal call, or lapsed──▶ over
 *      ╰──refused, expired, unreachable, withdrawn─────▶ over
 * </pre>
 */
final class OpenTicket {

    /** Calls share a ticket when they are equal, for the same end user, the same is demanded of them and, where a reason is, they have the same. */
    record Key(
            String binding,
            @Nullable String user,
            @Nullable String reason,
            List<String> rules,
            List<String> anyOf,
            int required,
            boolean reasonRequired,
            List<ApproverHours> hours,
            boolean eachOf) {
        static Key of(String binding, Requester requester, HoldRequest r) {
            return new Key(
                    binding,
                    requester.user(),
                    r.requesterReason().required() ? requester.reason() : null,
                    r.rules(),
                    r.anyOf(),
                    r.required(),
                    r.reasonRequired(),
                    r.hours(),
                    r.eachOf());
        }
    }

    final Key key;
    final HoldRequest request;
    private final Ticket ticket;
    private final Set<Seat> seats = new LinkedHashSet<>();

    /** Callers that were told "still waiting" and have not come back. */
    private int absent;

    private @Nullable DeskLine line;
    private @Nullable ScheduledFuture<?> deadline;
    private Outcome.@Nullable Approved grant;
    private @Nullable Instant grantEnds;
    private boolean over;
    private @Nullable String withdrawn;

    OpenTicket(Key key, HoldRequest request, Ticket ticket) {
        this.key = key;
        this.request = request;
        this.ticket = ticket;
    }

    /** The ticket with the present number of callers. */
    Ticket ticket() {
        return ticket.toBuilder().callers(seats.size()).build();
    }

    void line(DeskLine toTheDesk) {
        line = toTheDesk;
    }

    DeskLine line() {
        return Objects.requireNonNull(line);
    }

    boolean waiting() {
        return !over && grant == null;
    }

    boolean over() {
        return over;
    }

    /** Why nobody waits for it any more, where people have to be told. */
    @Nullable
    String withdrawn() {
        return withdrawn;
    }

    /** A caller takes a seat, in the place of one that was told to come back where there is one. */
    Seat join(HoldRoom room, String target, HoldRequest theirs) {
        absent = Math.max(0, absent - 1);
        Seat seat = Seat.waiting(room, this, target, theirs);
        seats.add(seat);
        seat.shows(ticket());
        return seat;
    }

    /** @return whether the ticket has lost its last caller, present and absent */
    boolean leave(Seat seat, boolean comesBack) {
        seats.remove(seat);
        if (comesBack) {
            absent++;
        }
        return seats.isEmpty() && absent == 0;
    }

    List<Seat> emptySeats() {
        List<Seat> all = List.copyOf(seats);
        seats.clear();
        return all;
    }

    boolean promisedToAbsent() {
        return absent > 0;
    }

    void becomeGrant(Outcome.Approved approval, Instant ends) {
        grant = approval;
        grantEnds = ends;
    }

    /** The approval, if this is a grant that has not ended. */
    Outcome.@Nullable Approved grantAt(Instant now) {
        return grantEnds != null && now.isBefore(grantEnds) ? grant : null;
    }

    void deadline(ScheduledFuture<?> next) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = next;
    }

    /** @param tell what people are told who could still decide; {@code null} when they know */
    void end(@Nullable String tell) {
        over = true;
        withdrawn = tell;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
