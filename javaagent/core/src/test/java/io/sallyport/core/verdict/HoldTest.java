package io.sallyport.core.verdict;

import static io.sallyport.core.testing.ScriptedPolicy.LONG;
import static io.sallyport.core.testing.ScriptedPolicy.allow;
import static io.sallyport.core.testing.ScriptedPolicy.deny;
import static io.sallyport.core.testing.ScriptedPolicy.enforcing;
import static io.sallyport.core.testing.ScriptedPolicy.hold;
import static io.sallyport.core.testing.ScriptedPolicy.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldLimit;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.record.TraceContext;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.GateFixture;
import io.sallyport.core.testing.GateFixture.HeldThread;
import io.sallyport.core.testing.ScriptedPolicy;
import io.sallyport.core.verdict.Refusal.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocking callers that wait for people. */
@Timeout(60)
class HoldTest {

    private static final Command DELETE = Commands.sql("DELETE FROM carts WHERE id = 4711");
    private static final Obligations MASKS = new Obligations(columns -> null, contentType -> null);

    private final GateFixture f = new GateFixture(enforcing(hold()));

    @AfterEach
    void close() {
        f.close();
    }

    private static TraceContext saying(String user, String reason) {
        return new TraceContext() {
            @Override
            public String traceId() {
                return null;
            }

            @Override
            public String user() {
                return user;
            }

            @Override
            public String reason() {
                return reason;
            }
        };
    }

    @Test
    void equalCallsForDifferentEndUsersShareNoTicket() {
        f.traces = saying("ann", "OPS-1");
        HeldThread forAnn = f.start(DELETE);
        Ticket annsTicket = f.desk.ticket(1);
        f.traces = saying("bob", "OPS-1");
        HeldThread forBob = f.start(DELETE);
        Ticket bobsTicket = f.desk.ticket(2);
        assertThat(bobsTicket.requester().user()).isEqualTo("bob");
        f.desk.decide(annsTicket, new Outcome.Approved(List.of("alice"), "", false));
        forAnn.passage().completed(1);
        assertThat(forBob.result()).isNotDone();
        f.desk.decide(bobsTicket, new Outcome.Approved(List.of("alice"), "", false));
        forBob.passage().completed(1);
    }

    @Test
    void theTicketSaysForWhomTheCallIsMadeAndWhyAndItsValuesAsTheRecordShowsThem() {
        f.traces = saying("ann", "OPS-4711");
        HeldThread caller = f.start(Commands.sql("DELETE FROM carts WHERE id = ?", 4711));
        Ticket ticket = f.desk.ticket(1);
        assertThat(ticket.requester().user()).isEqualTo("ann");
        assertThat(ticket.requester().reason()).isEqualTo("OPS-4711");
        assertThat(ticket.requester().parameters())
                .isEqualTo(f.events.only(Type.DECISION).values());
        f.desk.decide(ticket, new Outcome.Approved(List.of("alice"), "", false));
        caller.passage().completed(1);
    }

    @Test
    void anApprovedCallGoesOnAndTheRecordTellsWhoAllowedIt() {
        HeldThread caller = f.start(DELETE);
        Ticket ticket = f.desk.ticket(1);
        f.desk.decide(ticket, new Outcome.Approved(List.of("alice", "bob"), "ticket OPS-7", false));
        caller.passage().completed(12);

        assertThat(f.events.types()).containsExactly(Type.DECISION, Type.HOLD, Type.OUTCOME, Type.RESULT);
        assertThat(f.events.all().stream().map(Event::call).distinct()).hasSize(1);
        assertThat(f.events.only(Type.DECISION).verdict()).isEqualTo("hold");
        assertThat(f.events.only(Type.HOLD).ticket()).isEqualTo(ticket.id());
        Event outcome = f.events.only(Type.OUTCOME);
        assertThat(outcome.verdict()).isEqualTo("allow");
        assertThat(outcome.ticket()).isEqualTo(ticket.id());
        assertThat(outcome.persons()).containsExactly("alice", "bob");
        assertThat(outcome.reason()).isEqualTo("ticket OPS-7");
        assertThat(f.room.held()).isZero();
    }

    @Test
    void theTicketShowsWhoAsksForWhatAndNoValue() {
        Command command = Commands.sql(
                Commands.ORDERS,
                "DELETE FROM carts WHERE id = 4711",
                TransactionState.IN_TRANSACTION,
                "bob-the-secret");
        f.start(command);
        Ticket ticket = f.desk.ticket(1);
        assertThat(ticket.target()).isEqualTo(Commands.ORDERS.url());
        assertThat(ticket.summary()).isEqualTo("delete");
        assertThat(ticket.detail()).isEqualTo("DELETE FROM carts WHERE id = ?");
        assertThat(ticket.callSite()).isEqualTo("shop.Cart.clear:42");
        assertThat(ticket.thread()).isEqualTo("worker-7");
        assertThat(ticket.openTransaction()).isTrue();
        assertThat(ticket.callers()).isEqualTo(1);
        assertThat(ticket.rules()).containsExactly("mass-write");
        assertThat(ticket.anyOf()).containsExactly("dba");
        assertThat(ticket.message()).isEqualTo("Ask the DBA.");
        assertThat(ticket.created()).isEqualTo(f.clock.instant());
        assertThat(ticket.expires()).isEqualTo(f.clock.instant().plus(LONG));
        assertThat(ticket.toString()).doesNotContain("4711", "bob-the-secret");
    }

    @Test
    void aRefusedCallHearsTheReason() {
        HeldThread caller = f.start(DELETE);
        f.desk.decide(f.desk.ticket(1), new Outcome.Refused(List.of("alice"), "not during\nthe freeze"));
        Refusal refusal = caller.refusal();
        assertThat(refusal.reason()).isEqualTo(Reason.NOT_APPROVED);
        assertThat(refusal.rule()).isEqualTo("mass-write");
        assertThat(refusal.message()).contains("not during the freeze");
        assertThat(refusal.ticket()).isEqualTo(f.desk.ticket(1).id());
        assertThat(f.events.only(Type.OUTCOME).persons()).containsExactly("alice");
        assertThat(f.events.only(Type.OUTCOME).verdict()).isEqualTo("deny");
    }

    @Test
    void aTicketThatNobodyDecidesExpires() {
        f.policy = enforcing(hold(request(LONG, Duration.ofMillis(20))));
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.EXPIRED);
        f.desk.awaitWithdrawal();
        assertThat(f.room.held()).isZero();
    }

    @Test
    void expiryAtTheControlPlaneIsTheSame() {
        HeldThread caller = f.start(DELETE);
        f.desk.decide(f.desk.ticket(1), new Outcome.Expired());
        assertThat(caller.refusal().reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void withoutAControlPlaneWhatNeedsApprovalIsRefusedAtOnce() {
        GateFixture alone = new GateFixture(enforcing(hold()), ApprovalDesk.NOBODY, HoldLimit.DEFAULT);
        Refusal refusal = alone.refused(DELETE);
        assertThat(refusal.reason()).isEqualTo(Reason.DENIED);
        assertThat(refusal.message()).contains("needs approval and no control plane is reachable");
        assertThat(GateFixture.refusalOf(alone.gate.admitAsync(DELETE)).reason())
                .isEqualTo(Reason.DENIED);
    }

    @Test
    void aChannelThatIsLostWhileTheCallWaitsEndsTheWait() {
        HeldThread caller = f.start(DELETE);
        f.desk.decide(f.desk.ticket(1), new Outcome.Unreachable("connection lost"));
        assertThat(caller.refusal().message()).contains("connection lost");
    }

    @Test
    void aDeskThatThrowsRefusesTheCall() {
        ApprovalDesk broken = deskThat((ticket, listener) -> {
            throw new IllegalStateException("channel");
        });
        GateFixture g = new GateFixture(enforcing(hold()), broken, HoldLimit.DEFAULT);
        assertThat(g.refused(DELETE).reason()).isEqualTo(Reason.DENIED);
    }

    @Test
    void aCallerThatGivesUpIsWithdrawnAndSoIsItsTicket() {
        HeldThread caller = f.start(DELETE);
        Ticket ticket = f.desk.ticket(1);
        caller.waiter().giveUp("Statement.cancel()");
        assertThat(caller.refusal().reason()).isEqualTo(Reason.WITHDRAWN);
        assertThat(caller.refusal().message()).contains("Statement.cancel()");
        f.desk.awaitWithdrawal();

        f.desk.approve(ticket);
        HeldThread again = f.start(DELETE);
        Ticket second = f.desk.ticket(2);
        assertThat(second.id()).isNotEqualTo(ticket.id());
        f.desk.approve(second);
        again.passage();
    }

    @Test
    void aCallerThatGaveUpBeforehandDoesNotWait() {
        Waiter waiter = Waiter.unlimited();
        waiter.giveUp("Connection.abort()");
        assertThat(f.start(DELETE, waiter).refusal().reason()).isEqualTo(Reason.WITHDRAWN);
    }

    @Test
    void aCancelThatLostTheRaceAgainstTheApprovalIsStillACancel() {
        ApprovalDesk eager =
                deskThat((ticket, listener) -> listener.accept(new Outcome.Approved(List.of("alice"), "", false)));
        GateFixture g = new GateFixture(enforcing(hold()), eager, HoldLimit.DEFAULT);
        g.start(DELETE).passage();
        Waiter waiter = Waiter.unlimited();
        waiter.giveUp("Statement.cancel()");
        assertThat(g.start(DELETE, waiter).refusal().reason()).isEqualTo(Reason.WITHDRAWN);
        assertThat(g.events.of(Type.OUTCOME).get(1).verdict()).isEqualTo("deny");
    }

    @Test
    void theFirstReasonToGiveUpIsTheOneThatIsTold() {
        Waiter waiter = Waiter.unlimited();
        waiter.giveUp("Statement.cancel()");
        waiter.giveUp("Connection.close()");
        assertThat(f.start(DELETE, waiter).refusal().message()).endsWith("Statement.cancel()");
    }

    @Test
    void anInterruptWithdrawsTheCallAndStaysVisible() {
        HeldThread caller = f.start(DELETE);
        f.desk.ticket(1);
        caller.thread().interrupt();
        assertThat(caller.refusal().reason()).isEqualTo(Reason.WITHDRAWN);
        assertThat(caller.interrupted().join()).isTrue();
        f.desk.awaitWithdrawal();
    }

    @Test
    void aStrayUnparkWakesNobody() {
        HeldThread caller = f.start(DELETE);
        Ticket ticket = f.desk.ticket(1);
        for (int i = 0; i < 1_000; i++) {
            java.util.concurrent.locks.LockSupport.unpark(caller.thread());
        }
        assertThat(caller.result()).isNotDone();
        f.desk.approve(ticket);
        caller.passage();
    }

    @Test
    void aCallerOutOfPatienceLeavesTheTicketAndALaterApprovalAdmitsTheNextEqualCallOnce() throws Exception {
        f.policy = enforcing(hold(request(Duration.ZERO, LONG)));
        Refusal refusal = f.refused(DELETE);
        assertThat(refusal.reason()).isEqualTo(Reason.STILL_WAITING);
        Ticket ticket = f.desk.ticket(1);
        assertThat(refusal.ticket()).isEqualTo(ticket.id());
        assertThat(f.desk.log()).noneMatch(l -> l.startsWith("withdraw"));

        f.desk.approve(ticket);
        f.desk.approve(ticket);
        Passage passage = f.admit(DELETE);
        assertThat(passage.command()).isSameAs(DELETE);
        assertThat(f.events.of(Type.OUTCOME).get(1).persons()).containsExactly("alice");
        assertThat(f.events.of(Type.OUTCOME).get(1).ticket()).isEqualTo(ticket.id());
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.STILL_WAITING);
        assertThat(f.desk.tickets()).hasSize(2);
    }

    @Test
    void onlyTheFirstOutcomeOfATicketCounts() throws Exception {
        f.policy = enforcing(hold(request(Duration.ZERO, LONG)));
        f.refused(DELETE);
        f.desk.approve(f.desk.ticket(1));
        f.desk.decide(f.desk.ticket(1), new Outcome.Refused(List.of("bob"), "too late"));
        f.admit(DELETE);

        f.refused(DELETE);
        f.desk.decide(f.desk.ticket(2), new Outcome.Refused(List.of("bob"), "no"));
        f.desk.approve(f.desk.ticket(2));
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.STILL_WAITING);
        assertThat(f.desk.tickets()).hasSize(3);
    }

    @Test
    void theCallersOwnTimeoutCountsAsPatience() {
        HeldThread caller = f.start(DELETE, new Waiter(Duration.ofMillis(1)));
        assertThat(caller.refusal().reason()).isEqualTo(Reason.STILL_WAITING);
    }

    @Test
    void aGrantIsForTheEqualCallOnly() {
        f.policy = enforcing(hold(request(Duration.ZERO, LONG)));
        f.refused(DELETE);
        f.desk.approve(f.desk.ticket(1));
        assertThat(f.refused(Commands.sql("DELETE FROM carts WHERE id = 4712")).reason())
                .isEqualTo(Reason.STILL_WAITING);
        f.identity = Identity.unverified("other");
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.STILL_WAITING);
    }

    @Test
    void aGrantExpires() {
        f.policy = enforcing(hold(request(Duration.ZERO, LONG)));
        f.refused(DELETE);
        f.desk.approve(f.desk.ticket(1));
        f.clock.advance(LONG);
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.STILL_WAITING);
        assertThat(f.desk.tickets()).hasSize(2);
    }

    @Test
    void aGrantDoesNotSatisfyAPolicyThatAsksForMore() {
        f.policy = enforcing(hold(request(Duration.ZERO, LONG)));
        f.refused(DELETE);
        f.desk.approve(f.desk.ticket(1));
        f.policy = enforcing(hold(demanding(2, List.of("dba"))));
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.STILL_WAITING);
    }

    @Test
    void whoeverComesBackTakesItsOwnPlaceSoThatNoGrantIsLeftOver() {
        f.policy = enforcing(hold(request(Duration.ZERO, LONG)));
        f.refused(DELETE);
        Ticket ticket = f.desk.ticket(1);
        f.desk.awaitCallers(ticket, 0);
        f.policy = enforcing(hold());
        HeldThread back = f.start(DELETE);
        f.desk.awaitCallers(ticket, 1);
        f.desk.approve(ticket);
        back.passage();
        f.policy = enforcing(hold(request(Duration.ZERO, LONG)));
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.STILL_WAITING);
    }

    @Test
    void anApprovalMayUnmask() {
        f.policy = enforcing(hold(request(LONG, LONG), MASKS));
        HeldThread masked = f.start(DELETE);
        f.desk.decide(f.desk.ticket(1), new Outcome.Approved(List.of("alice"), "", false));
        assertThat(masked.passage().obligations()).isSameAs(MASKS);

        HeldThread clear = f.start(DELETE);
        f.desk.decide(f.desk.ticket(2), new Outcome.Approved(List.of("alice"), "", true));
        assertThat(clear.passage().obligations()).isSameAs(Obligations.NONE);
        assertThat(f.events.of(Type.OUTCOME).get(1).reason()).isEqualTo("unmasked");
    }

    @Test
    void thePolicyInForceAtTheApprovalDecidesAgain() {
        assertThat(afterApprovalUnder(enforcing(deny("freeze"))).refusal().rule())
                .isEqualTo("freeze");
        assertThat(f.events.only(Type.OUTCOME).verdict()).isEqualTo("deny");
        assertThat(afterApprovalUnder(enforcing(allow())).passage().obligations())
                .isSameAs(Obligations.NONE);
        assertThat(afterApprovalUnder(enforcing(hold(request(LONG, LONG), MASKS)))
                        .passage()
                        .obligations())
                .isSameAs(MASKS);
        assertThat(afterApprovalUnder(enforcing(hold(demanding(2, List.of("dba")))))
                        .refusal()
                        .reason())
                .isEqualTo(Reason.DENIED);
        assertThat(afterApprovalUnder(enforcing(hold(demanding(1, List.of("ciso")))))
                        .refusal()
                        .reason())
                .isEqualTo(Reason.DENIED);
        assertThat(afterApprovalUnder(enforcing(command -> {
                            throw new IllegalStateException();
                        }))
                        .refusal()
                        .reason())
                .isEqualTo(Reason.FAILED);
    }

    @Test
    void anApprovalDoesNotCoverAParameterThatChangedWhileTheCallWaited() {
        byte[] key = {1, 2, 3};
        HeldThread caller = f.start(Commands.sql("DELETE FROM carts WHERE key = ?", key));
        Ticket ticket = f.desk.ticket(1);
        key[0] = 9;
        f.desk.approve(ticket);
        assertThat(caller.refusal().message()).contains("does not cover");
    }

    @Test
    void theSurplusOverTheLimitIsRefusedPerTarget() {
        GateFixture g = new GateFixture(enforcing(hold()), null, HoldLimit.fixed(0));
        HeldThread first = g.start(DELETE);
        Ticket ticket = g.desk.ticket(1);
        Refusal surplus = g.refused(Commands.sql("DELETE FROM orders"));
        assertThat(surplus.rule()).isEqualTo("hold-limit");
        assertThat(surplus.reason()).isEqualTo(Reason.DENIED);
        assertThat(g.events.of(Type.OUTCOME).get(0).rules()).containsExactly("mass-write", "hold-limit");
        assertThat(g.refused(DELETE).rule())
                .as("an equal call takes a connection as well")
                .isEqualTo("hold-limit");

        HeldThread elsewhere = g.start(
                Commands.sql(Commands.jdbc("mysql", "other"), "DELETE FROM orders", TransactionState.AUTOCOMMIT));
        g.desk.approve(g.desk.ticket(2));
        elsewhere.passage();
        g.desk.approve(ticket);
        first.passage();
        HeldThread next = g.start(DELETE);
        g.desk.approve(g.desk.ticket(3));
        next.passage();
    }

    @Test
    void callsThatDifferDoNotShareATicket() {
        f.start(Commands.sql("DELETE FROM a WHERE id = ?", 1));
        f.desk.ticket(1);
        f.start(Commands.sql("DELETE FROM a WHERE id = ?", 2));
        f.desk.ticket(2);
        f.start(Commands.sql("DELETE FROM a WHERE id = ?", 1L));
        assertThat(f.desk.ticket(3).binding()).isNotEqualTo(f.desk.ticket(1).binding());
    }

    @Test
    void theTicketIsWithdrawnWithItsLastCaller() {
        HeldThread one = f.start(DELETE);
        Ticket ticket = f.desk.ticket(1);
        HeldThread two = f.start(DELETE);
        f.desk.awaitCallers(ticket, 2);
        one.waiter().giveUp("cancelled");
        f.desk.awaitCallers(ticket, 1);
        assertThat(f.desk.log()).noneMatch(l -> l.startsWith("withdraw"));
        two.waiter().giveUp("cancelled");
        f.desk.awaitWithdrawal();
        assertThat(f.desk.tickets()).hasSize(1);
    }

    @Test
    void closingTheRoomFreesEverybodyRefused() {
        HeldThread one = f.start(DELETE);
        f.desk.ticket(1);
        HeldThread two = f.start(Commands.sql("DELETE FROM orders"));
        f.desk.ticket(2);
        f.close();
        assertThat(one.refusal().rule()).isEqualTo("shutdown");
        assertThat(two.refusal().reason()).isEqualTo(Reason.FAILED);
        assertThat(f.refused(DELETE).rule()).isEqualTo("shutdown");
        assertThat(f.desk.log().stream().filter(l -> l.startsWith("withdraw"))).hasSize(2);
    }

    @Test
    void anUnverifiedAndAVerifiedIdentityDoNotShareATicket() {
        f.start(DELETE);
        f.desk.ticket(1);
        f.identity = new Identity("shop", true, Set.of(), java.util.Map.of());
        f.start(DELETE);
        f.desk.ticket(2);
    }

    private HeldThread afterApprovalUnder(PolicySnapshot later) {
        int tickets = f.desk.tickets().size();
        f.policy = enforcing(hold());
        HeldThread caller = f.start(DELETE);
        Ticket ticket = f.desk.ticket(tickets + 1);
        f.policy = later;
        f.desk.approve(ticket);
        return caller;
    }

    private static HoldRequest demanding(int persons, List<String> groups) {
        HoldRequest r = ScriptedPolicy.request(Duration.ZERO, LONG);
        return new HoldRequest(r.rules(), groups, persons, false, r.patience(), r.timeout(), r.message());
    }

    private static ApprovalDesk deskThat(BiConsumer<Ticket, Consumer<Outcome>> submits) {
        return new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                submits.accept(ticket, listener);
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
    }
}
