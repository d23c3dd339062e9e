package io.sallyport.controlplane.approvals;

import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What agents do with tickets: open, update, withdraw; never more than their own, and never decide. Thread-safe.
 *
 * <p>A repeated request for the same ticket is the same ticket. A request that carries the id of another workload's ticket, or of
 * an own one that is bound to another call, is refused: otherwise an approval for one call could admit another.
 */
public final class TicketDesk {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,100}");
    private static final int MOST_OPEN = 200;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration CLOCKS_AGREE = Duration.ofMinutes(2);

    private final Database database;
    private final Approvals approvals;
    private final Grants grants;
    private final Clock clock;

    public TicketDesk(Database database, Approvals approvals, Grants grants, Clock clock) {
        this.grants = grants;
        this.database = database;
        this.approvals = approvals;
        this.clock = clock;
    }

    /** @param answer what to tell the agent at once; {@code null} while people have to decide */
    public record Opened(
            ServerMessage.@Nullable ApprovalDecision answer,
            @Nullable String alarm) {}

    /** Opens a ticket, or finds it again. */
    public Opened open(String workload, Ticket ticket) {
        if (ticket.id() == null || !ID.matcher(ticket.id()).matches()) {
            return new Opened(null, "a request for approval had a malformed ticket id and was ignored");
        }
        String binding = Clip.text(ticket.binding(), 200);
        return database.change(tx -> {
            Optional<Known> known = tx.query("select workload_id, binding from approval where id = :id for update")
                    .bind("id", ticket.id())
                    .map((row, ctx) -> new Known(row.getString("workload_id"), row.getString("binding")))
                    .findOne();
            if (known.isPresent()) {
                return again(tx, workload, ticket, binding, known.get());
            }
            long open = tx.query("select count(*) from approval where workload_id = :workload and state = 'waiting'")
                    .bind("workload", workload)
                    .mapTo(Long.class)
                    .one();
            if (open >= MOST_OPEN) {
                return new Opened(
                        refuse(ticket.id(), "this workload has " + MOST_OPEN + " tickets open already"),
                        "more than " + MOST_OPEN + " tickets open at once; the surplus is refused");
            }
            Grants.Prints prints = Grants.Prints.of(ticket);
            insert(tx, workload, ticket, binding, prints);
            Optional<Grants.Live> grant = grants.use(tx, workload, prints);
            grant.ifPresent(found -> approvals.underGrant(tx, ticket.id(), found));
            tx.announce(new Notice(Notice.Kind.APPROVAL, ticket.id()));
            ServerMessage.ApprovalDecision answer = grant.isEmpty()
                    ? null
                    : approvals
                            .find(tx.handle(), ticket.id())
                            .flatMap(TicketDesk::answer)
                            .orElse(null);
            return new Opened(answer, null);
        });
    }

    private record Known(String workload, String binding) {}

    private Opened again(Tx tx, String workload, Ticket ticket, String binding, Known known) {
        if (!known.workload().equals(workload) || !known.binding().equals(binding)) {
            return new Opened(
                    refuse(ticket.id(), "the ticket's id belongs to another call"),
                    "a request for approval reused the id of another call's ticket and was refused");
        }
        changeCallers(tx, workload, ticket.id(), ticket.callers());
        return new Opened(
                approvals
                        .find(tx.handle(), ticket.id())
                        .flatMap(TicketDesk::answer)
                        .orElse(null),
                null);
    }

    private static Optional<ServerMessage.ApprovalDecision> answer(ApprovalView ticket) {
        if (ticket.state().equals("withdrawn")) {
            return Optional.of(new ServerMessage.ApprovalDecision(
                    ticket.id(), "expired", List.of(), "the ticket was withdrawn earlier", false));
        }
        return Approvals.outcome(ticket);
    }

    /** The number of equal calls that wait changed. */
    public void callers(String workload, String id, int callers) {
        database.run(tx -> changeCallers(tx, workload, id, callers));
    }

    /** Nobody waits any more. Without effect on a ticket that has ended. */
    public void withdraw(String workload, String id, @Nullable String why) {
        Instant now = clock.instant();
        database.run(tx -> {
            int ended = tx.update("update approval set state = 'withdrawn', decided_at = :now, withdrawn_why = :why"
                            + " where id = :id and workload_id = :workload and state = 'waiting'")
                    .bind("now", now)
                    .bind("why", Clip.text(why, 1000))
                    .bind("id", Clip.text(id, 100))
                    .bind("workload", workload)
                    .execute();
            if (ended == 1) {
                tx.announce(new Notice(Notice.Kind.APPROVAL, id));
            }
        });
    }

    private static void changeCallers(Tx tx, String workload, String id, int callers) {
        int changed = tx.update("update approval set callers = :callers where id = :id and workload_id = :workload"
                        + " and state = 'waiting' and callers <> :callers")
                .bind("callers", Math.max(0, callers))
                .bind("id", Clip.text(id, 100))
                .bind("workload", workload)
                .execute();
        if (changed == 1) {
            tx.announce(new Notice(Notice.Kind.APPROVAL, id));
        }
    }

    private void insert(Tx tx, String workload, Ticket ticket, String binding, Grants.Prints prints) {
        Instant now = clock.instant();
        tx.update(
                        "insert into approval (id, workload_id, state, binding, target, summary, detail, call_site, entry_point, thread, callers,"
                                + " open_transaction, rules, any_of, required, reason_required, message, created_at, expires_at, call_print, shape_print, hours,"
                                + " end_user, parameters, requested_because, each_of)"
                                + " values (:id, :workload, 'waiting', :binding, :target, :summary, :detail, :callSite, :entryPoint, :thread,"
                                + " :callers, :open, :rules, :anyOf, :required, :reasonRequired, :message, :created, :expires,"
                                + " :callPrint, :shapePrint, :hours, :endUser, :parameters, :because, :eachOf)")
                .bind("eachOf", ticket.eachOf())
                .bind("endUser", Clip.orNull(ticket.requester().user(), 300))
                .bind("parameters", Clip.orNull(ticket.requester().parameters(), 20_000))
                .bind("because", Clip.orNull(ticket.requester().reason(), 1000))
                .bind("hours", Columns.json(ticket.hours()))
                .bind("callPrint", prints.call())
                .bind("shapePrint", prints.shape())
                .bind("id", ticket.id())
                .bind("workload", workload)
                .bind("binding", binding)
                .bind("target", Clip.text(ticket.target(), 2000))
                .bind("summary", Clip.text(ticket.summary(), 2000))
                .bind("detail", Clip.text(ticket.detail(), 20_000))
                .bind("callSite", Clip.orNull(ticket.callSite(), 1000))
                .bind("entryPoint", Clip.orNull(ticket.entryPoint(), 1000))
                .bind("thread", Clip.text(ticket.thread(), 300))
                .bind("callers", Math.max(1, ticket.callers()))
                .bind("open", ticket.openTransaction())
                .bind("rules", Columns.json(orEmpty(ticket.rules())))
                .bind("anyOf", Columns.json(orEmpty(ticket.anyOf())))
                .bind("required", Math.max(1, ticket.required()))
                .bind("reasonRequired", ticket.reasonRequired())
                .bind("message", Clip.text(ticket.message(), 2000))
                .bind("created", now)
                .bind("expires", expiry(ticket, now))
                .execute();
    }

    /** The agent's word where its clock agrees with ours; else the ticket's life, counted from now. */
    static Instant expiry(Ticket ticket, Instant now) {
        Instant created = ticket.created() == null ? now : ticket.created();
        Instant expires = ticket.expires() == null ? created.plus(Duration.ofMinutes(10)) : ticket.expires();
        boolean agree = Duration.between(created, now).abs().compareTo(CLOCKS_AGREE) <= 0;
        Duration left = Duration.between(agree ? now : created, expires);
        if (left.compareTo(SHORTEST) < 0) {
            left = SHORTEST;
        }
        return now.plus(left.compareTo(LONGEST) > 0 ? LONGEST : left);
    }

    private static ServerMessage.ApprovalDecision refuse(String ticket, String why) {
        return new ServerMessage.ApprovalDecision(ticket, "refused", List.of(), why, false);
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
