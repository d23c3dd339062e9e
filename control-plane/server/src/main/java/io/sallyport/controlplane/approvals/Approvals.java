package io.sallyport.controlplane.approvals;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Scope;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.ServerMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What people do with tickets. Thread-safe; correct with several replicas on one database. */
public final class Approvals {

    static final String WAITING = "waiting";
    private static final Duration RESENT_FOR = Duration.ofHours(24);

    private final Database database;
    private final AuditLog audit;
    private final Grants grants;
    private final Clock clock;

    public Approvals(Database database, AuditLog audit, Grants grants, Clock clock) {
        this.grants = grants;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What a person says.
     *
     * @param approve {@code false} refuses
     * @param unmask whether the approval also suspends masks; ignored for a refusal
     * @param grant later calls that this approval is meant for too; {@code null} for this one only
     */
    public record Vote(boolean approve, @Nullable String reason, boolean unmask, Grants.@Nullable Wish grant) {}

    /** @param state {@code waiting}, {@code decided} or {@code all} */
    public List<ApprovalView> list(String state, Scope scope, int limit) {
        String where = switch (state) {
            case WAITING -> "where a.state = 'waiting'";
            case "decided" -> "where a.state <> 'waiting'";
            case "all" -> "where 1 = 1";
            default -> throw new Problem(Problem.Kind.INVALID, "state is one of waiting, decided and all");
        };
        return database.read(handle -> ApprovalRows.read(
                handle,
                clock.instant(),
                where + scope.and("a.workload_id") + " order by a.created_at desc, a.id limit :limit",
                query -> scope.bind(query.bind("limit", limit))));
    }

    public Optional<ApprovalView> find(String id) {
        return database.read(handle -> find(handle, id));
    }

    public ApprovalView get(String id, Scope scope) {
        return find(id).filter(ticket -> scope.holds(ticket.workload().id())).orElseThrow(Approvals::unknown);
    }

    public long waiting(Scope scope) {
        return database.read(handle -> scope.bind(handle.createQuery(
                        "select count(*) from approval where state = 'waiting'" + scope.and("workload_id")))
                .mapTo(Long.class)
                .one());
    }

    /**
     * Records a person's vote and ends the ticket when it is decided; earlier votes count as far as those who cast them still could.
     *
     * @param sees tickets of other workloads do not exist for this person
     * @param mayDecide where the person is an approver
     * @throws Problem 404, 409 when the ticket has ended or the person voted before, 403 when the person may not decide this
     *     one, 422 when a reason is missing
     */
    public ApprovalView decide(Person person, Scope sees, Scope mayDecide, String id, Vote vote) {
        return database.change(tx -> {
            Standing.require(tx, person);
            Instant now = clock.instant();
            ApprovalView ticket = StandingVotes.of(tx, audit, person.name(), open(tx, id, sees), now);
            requireOfAnother(person, mayDecide, ticket);
            List<String> groups = AskedPersons.require(person, ticket, now);
            String reason = vote.reason() == null || vote.reason().isBlank()
                    ? null
                    : Clip.text(vote.reason().strip(), 1000);
            if (ticket.reasonRequired() && reason == null) {
                throw new Problem(Problem.Kind.UNPROCESSABLE, "this decision needs a reason; say why and decide again");
            }
            if (ticket.decisions().stream().anyMatch(made -> person.isNamed(made.by()))) {
                throw new Problem(
                        Problem.Kind.CONFLICT,
                        "you approved this ticket already; another person has to approve it too");
            }
            if (vote.approve() && ticket.decisions().stream().anyMatch(made -> made.mayBeOf(person))) {
                throw new Problem(
                        Problem.Kind.CONFLICT,
                        "whoever made a token is one person with it, and approved this ticket already, in one name or another; sign in, or"
                                + " approve with a token that you made yourself");
            }
            boolean unmask = vote.approve() && vote.unmask();
            Grants.Wish wish = vote.approve() ? vote.grant() : null;
            tx.update(
                            "insert into decision (approval_id, person, outcome, reason, unmask, decided_at, grant_minutes,"
                                    + " grant_covers, vouched_by, member_of)"
                                    + " values (:id, :person, :outcome, :reason, :unmask, :at, :minutes, :covers, :vouchedBy, :groups)")
                    .bind("groups", Columns.json(groups))
                    .bind("vouchedBy", person.vouchedBy())
                    .bindByType("minutes", wish == null ? null : wish.minutes(), Integer.class)
                    .bind("covers", wish == null ? null : wish.covers().text())
                    .bind("id", id)
                    .bind("person", person.name())
                    .bind("outcome", vote.approve() ? "approved" : "refused")
                    .bind("reason", reason)
                    .bind("unmask", unmask)
                    .bind("at", now)
                    .execute();
            long approvals = ticket.decisions().size() + (vote.approve() ? 1 : 0);
            if (!vote.approve()) {
                end(tx, id, "refused", now);
            } else if (approvals >= ticket.required() && eachGroup(ticket, groups)) {
                end(tx, id, "approved", now);
                find(tx.handle(), id)
                        .map(Approvals::decided)
                        .ifPresent(made -> grants.approved(tx, id, made.unmask(), made.by()));
            }
            audit.write(
                    tx,
                    person.name(),
                    vote.approve() ? "approval.approve" : "approval.refuse",
                    id,
                    (reason == null ? "" : reason) + (unmask ? " [unmask]" : "") + " via " + person.via());
            tx.announce(new Notice(Notice.Kind.APPROVAL, id));
            return find(tx.handle(), id).orElseThrow(Approvals::unknown);
        });
    }

    /** Whether, with one more vote by a member of these, the ticket has what its rules ask of each group. */
    private static boolean eachGroup(ApprovalView ticket, List<String> voter) {
        List<List<String>> votes = new ArrayList<>();
        ticket.decisions().forEach(made -> votes.add(made.groups()));
        votes.add(voter);
        return !ticket.eachOf() || EachGroup.has(ticket.anyOf(), votes);
    }

    /** A call that earlier approvals are meant for too: the same persons approve it, and the ticket shows that they did not look again. */
    void underGrant(Tx tx, String id, Grants.Live grant) {
        Instant now = clock.instant();
        for (String person : grant.by()) {
            tx.update("insert into decision (approval_id, person, outcome, reason, unmask, decided_at)"
                            + " values (:id, :person, 'approved', :reason, :unmask, :at)")
                    .bind("id", id)
                    .bind("person", person)
                    .bind("reason", "under grant " + grant.id())
                    .bind("unmask", grant.unmask())
                    .bind("at", now)
                    .execute();
        }
        end(tx, id, "approved", now);
        audit.write(tx, String.join(", ", grant.by()), "approval.grant", id, "under grant " + grant.id());
    }

    /** Ends every ticket whose time is over; called every second. */
    public int expireDue() {
        Instant now = clock.instant();
        List<String> due = database.read(handle -> handle.createQuery(
                        "select id from approval where state = 'waiting' and expires_at <= :now order by expires_at limit 500")
                .bind("now", now)
                .mapTo(String.class)
                .list());
        int expired = 0;
        for (String id : due) {
            expired += database.change(tx -> {
                int ended = end(tx, id, "expired", now);
                if (ended == 1) {
                    tx.announce(new Notice(Notice.Kind.APPROVAL, id));
                }
                return ended;
            });
        }
        return expired;
    }

    /** The message that tells the agent how a ticket ended; empty while it waits, and for a withdrawn one. */
    public static Optional<ServerMessage.ApprovalDecision> outcome(ApprovalView ticket) {
        return switch (ticket.state()) {
            case "approved", "refused" -> Optional.of(decided(ticket));
            case "expired" ->
                Optional.of(new ServerMessage.ApprovalDecision(
                        ticket.id(), "expired", List.of(), "nobody decided in time", false));
            default -> Optional.empty();
        };
    }

    /** What an agent that comes back may have missed: every ticket of its own that ended in the last day. */
    public List<ServerMessage.ApprovalDecision> outcomesFor(String workload) {
        Instant now = clock.instant();
        return database
                .read(handle -> ApprovalRows.read(
                        handle,
                        now,
                        "where a.workload_id = :workload and a.decided_at > :since order by a.decided_at desc limit 500",
                        query -> query.bind("workload", workload).bind("since", now.minus(RESENT_FOR))))
                .stream()
                .flatMap(ticket -> outcome(ticket).stream())
                .toList();
    }

    private static ServerMessage.ApprovalDecision decided(ApprovalView ticket) {
        List<ApprovalView.DecisionView> votes = ticket.decisions().stream()
                .filter(vote -> vote.outcome().equals(ticket.state()))
                .toList();
        List<String> reasons = new ArrayList<>();
        for (ApprovalView.DecisionView vote : votes) {
            String reason = vote.reason();
            if (reason != null) {
                reasons.add(reason);
            }
        }
        // Values are shown in the clear only when everyone who approved said so.
        boolean unmask =
                ticket.state().equals("approved") && votes.stream().allMatch(ApprovalView.DecisionView::unmask);
        return new ServerMessage.ApprovalDecision(
                ticket.id(),
                ticket.state(),
                votes.stream().map(ApprovalView.DecisionView::by).toList(),
                String.join("; ", reasons),
                unmask);
    }

    Optional<ApprovalView> find(Handle handle, String id) {
        return ApprovalRows.read(handle, clock.instant(), "where a.id = :id", query -> query.bind("id", id)).stream()
                .findFirst();
    }

    /** The ticket, locked; refuses one that is not seen or has ended. */
    ApprovalView open(Tx tx, String id, Scope sees) {
        lock(tx, id);
        ApprovalView ticket = find(tx.handle(), id)
                .filter(found -> sees.holds(found.workload().id()))
                .orElseThrow(Approvals::unknown);
        requireOpen(ticket, clock.instant());
        return ticket;
    }

    private static void lock(Tx tx, String id) {
        boolean known = tx.query("select id from approval where id = :id for update")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .isPresent();
        if (!known) {
            throw unknown();
        }
    }

    /** @return 1 when this call ended the ticket, 0 when it had ended before */
    static int end(Tx tx, String id, String state, Instant now) {
        return tx.update("update approval set state = :state, decided_at = :now where id = :id and state = 'waiting'")
                .bind("state", state)
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    private static void requireOpen(ApprovalView ticket, Instant now) {
        if (!ticket.waiting()) {
            throw new Problem(Problem.Kind.CONFLICT, "this ticket was " + ticket.state() + " already");
        }
        if (!now.isBefore(ticket.expires())) {
            throw new Problem(Problem.Kind.CONFLICT, "this ticket expired a moment ago");
        }
    }

    /** The person decides for the workload, and is neither the workload nor whom it serves. */
    static void requireOfAnother(Person person, Scope mayDecide, ApprovalView ticket) {
        if (!mayDecide.holds(ticket.workload().id())) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "you do not decide for this workload; ask an approver whose role covers it");
        }
        String endUser = ticket.endUser();
        if (person.isOneWith(ticket.workload().name()) || endUser != null && person.isOneWith(endUser)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "nobody decides a ticket of their own; ask another approver");
        }
    }

    static Problem unknown() {
        return new Problem(Problem.Kind.NOT_FOUND, "there is no approval of that id");
    }
}
