package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.identity.IdentitySource;
import io.sallyport.core.policy.PolicySource;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.record.CallIds;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.record.FailureNames;
import io.sallyport.core.record.Recorder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The gate of a running agent. Thread-safe, without state of its own.
 *
 * <p>Every way in ends in {@link #guarded}, which alone knows what an unexpected failure means. The verdict of the policy is final:
 * rules in observe mode have been turned into {@code wouldHave} by the snapshot already, so a Deny under a policy in observe mode
 * comes from a rule whose own mode is enforce. The mode of the policy decides what the gate itself finds wrong: a failure, a record
 * that cannot be kept, a socket below the required TLS, a module's own check.
 */
public final class StandardGate implements Gate {

    /** A decision, or the rest of one after a wait. */
    private interface Step {
        Passage take(Call call) throws RefusedException;
    }

    private final PolicySource policies;
    private final IdentitySource identities;
    private final Recorder recorder;
    private final CallRecords records;
    private final Holds holds;
    private final StoppedSessions stopped;
    private final PlainCalls plain;
    private final ServiceSessions services;
    private final PolicyAnswers answers;
    private final Enactment enactment;

    // Made once: a lambda per call would be an allocation per call.
    private final Step decideAndPark;
    private final Step decideNested;
    private final Step decideByRules;

    /** How long a session of HTTP stays open without a request; the same as people see one called idle after. */
    public static final Duration HTTP_SESSION_IDLE = Duration.ofMinutes(15);

    /** @param ids source of call ids, which are incident ids where a call is refused; see {@link io.sallyport.core.record.IncidentIds} */
    public StandardGate(
            PolicySource policies, IdentitySource identities, HoldRoom room, EventSink sink, Clock clock, CallIds ids) {
        this(policies, identities, room, new Recorder(sink, clock), ids, FailureNames.BY_CLASS, new StoppedSessions());
    }

    /** The same with a recorder that others write to as well, and with names for the failures of drivers. */
    public StandardGate(
            PolicySource policies,
            IdentitySource identities,
            HoldRoom room,
            Recorder recorder,
            CallIds ids,
            FailureNames failures,
            StoppedSessions stopped) {
        this(policies, identities, room, recorder, ids, failures, stopped, HTTP_SESSION_IDLE);
    }

    /** @param httpIdle how long a session of HTTP stays open without a request */
    public StandardGate(
            PolicySource policies,
            IdentitySource identities,
            HoldRoom room,
            Recorder recorder,
            CallIds ids,
            FailureNames failures,
            StoppedSessions stopped,
            Duration httpIdle) {
        this.stopped = stopped;
        this.policies = policies;
        this.identities = identities;
        this.recorder = recorder;
        this.answers = new PolicyAnswers(policies, recorder);
        this.plain = new PlainCalls(recorder);
        services = new ServiceSessions(ids, new ServiceSessions.Listener() {
            @Override
            public void begun() {
                room.every(httpIdle.dividedBy(ServiceSessions.PASSES), services::pass);
            }

            @Override
            public void closed(String service, String session) {
                stopped.ended(session);
                plain.ended(session);
                recorder.closed(service, session);
            }
        });
        this.records = new CallRecords(recorder, ids, failures, services);
        this.holds = new Holds(room, policies, identities, records, stopped);
        this.enactment = new Enactment(policies, identities, records, holds, stopped, plain);
        Enactment.OnHold park = holds::park;
        Enactment.OnHold refuse = holds::refuseNested;
        this.decideAndPark = call -> enactment.decide(call, park);
        this.decideNested = call -> enactment.decide(call, refuse);
        this.decideByRules = call -> enactment.decideByRules(call, refuse);
    }

    @Override
    public Passage admit(Command command, Waiter waiter) throws RefusedException {
        return begun(new Call(records, command, waiter), decideAndPark);
    }

    @Override
    public Passage admitNested(Command command) throws RefusedException {
        return begun(new Call(records, command, null), decideNested);
    }

    @Override
    public Passage admitAgain(Command command, Passage admitted, boolean sent) throws RefusedException {
        Call before = (Call) admitted;
        List<String> approved = before.approvedUnder();
        Passage passage = begun(
                sent ? new Call(records, command, null) : before.changed(command),
                call -> enactment.decide(
                        call,
                        (now, hold) -> approved.containsAll(hold.request().rules())
                                ? holds.standing(now, hold)
                                : holds.refuseNested(now, hold)));
        records.ends(before);
        return passage;
    }

    @Override
    public CompletableFuture<Passage> admitAsync(Command command) {
        return suspending(new Call(records, command, null), List.of());
    }

    @Override
    public CompletableFuture<Passage> admitAgainAsync(Command command, Passage admitted, boolean sent) {
        Call before = (Call) admitted;
        CompletableFuture<Passage> again =
                suspending(sent ? new Call(records, command, null) : before.changed(command), before.approvedUnder());
        records.ends(before);
        return again;
    }

    @Override
    public Passage admitReading(Command reading, Passage admitted) throws RefusedException {
        return guarded(((Call) admitted).changed(reading), decideNested);
    }

    @Override
    public Passage admitElsewhere(Command reading, Passage admitted) throws RefusedException {
        return guarded(((Call) admitted).changed(reading), decideByRules);
    }

    /** @param approved rules that people were asked by for this call, and approved it */
    private CompletableFuture<Passage> suspending(Call asked, List<String> approved) {
        Suspension suspension =
                new Suspension((call, hold, seat, how) -> guarded(call, c -> holds.conclude(c, hold, seat, how)));
        try {
            Passage passage = begun(
                    asked,
                    call -> enactment.decide(
                            call,
                            (c, hold) -> !approved.isEmpty()
                                            && approved.containsAll(
                                                    hold.request().rules())
                                    ? holds.standing(c, hold)
                                    : holds.suspend(c, hold, suspension)));
            CompletableFuture<Passage> held = suspension.future();
            return held == null ? CompletableFuture.completedFuture(passage) : held;
        } catch (RefusedException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public void exceeded(Passage passage, Decision decision, @Nullable Waiter waiter) throws RefusedException {
        Call again = ((Call) passage).again(waiter);
        Enactment.OnHold onHold = waiter == null ? holds::refuseNested : holds::park;
        guarded(again, call -> enactment.enact(call, decision, onHold));
    }

    @Override
    public void settle(SqlCommand work, HoldRequest request, @Nullable Waiter waiter) throws RefusedException {
        guarded(new Call(records, work, waiter), call -> {
            call.under(policies.current());
            call.by(identities.current());
            Verdict.Hold hold = new Verdict.Hold(request, Obligations.NONE);
            call.decided(new Decision(hold, request.rules(), null, List.of(), List.of()));
            return waiter == null ? holds.refuseNested(call, hold) : holds.park(call, hold);
        });
    }

    @Override
    public void committing(Command opened) throws RefusedException {
        String stop = stopped.why(opened.session());
        if (stop != null) {
            guarded(new Call(records, opened, null), call -> {
                call.under(policies.current());
                call.by(identities.current());
                throw enactment.stoppedSession(call, stop);
            });
        }
    }

    @Override
    public boolean asksForBody(HttpCommand command) {
        return answers.asksForBody(command);
    }

    @Override
    public TlsRequirement tls(Target target) {
        return answers.tls(target);
    }

    @Override
    public @Nullable Object tlsDemands() {
        return answers.tlsDemands();
    }

    @Override
    public void verifyTls(ConnectCommand connect, TlsFacts facts) throws RefusedException {
        guarded(new Call(records, connect, null), call -> enactment.judgeTls(call, facts));
    }

    @Override
    public void refuse(Command command, String check, String message) throws RefusedException {
        guarded(new Call(records, command, null), call -> enactment.refuseFor(call, check, message));
    }

    @Override
    public Set<String> allowedConnectSettings() {
        return answers.allowedConnectSettings();
    }

    @Override
    public Set<String> allowedUnproven() {
        return answers.allowedUnproven();
    }

    @Override
    public Set<String> hostsFor(Target target) {
        return answers.hostsFor(target);
    }

    @Override
    public boolean governs(Endpoint place) {
        return answers.governs(place);
    }

    @Override
    public boolean listsAddress(Endpoint place) {
        return answers.listsAddress(place);
    }

    @Override
    public @Nullable Endpoint relay(Endpoint place) {
        return answers.relay(place);
    }

    @Override
    public boolean allowsSocket(String opener, Endpoint place) {
        return answers.allowsSocket(opener, place);
    }

    @Override
    public void opened(Target target) {
        holds.limit().opened(target);
    }

    @Override
    public void transaction(Target target, String session, String what, String work, long rows) {
        if (!answers.isDecisionsOnly()) {
            recorder.transaction(target.shown(), session, what, work, rows);
        }
    }

    @Override
    public String session(Target service) {
        return services.of(service);
    }

    @Override
    public void closed(Target target, String session) {
        stopped.ended(session);
        holds.limit().closed(target);
        plain.ended(session);
        recorder.closed(target.shown(), session);
    }

    /** The process ends: what was counted and is not in the record yet is written down. */
    public void writeDownCounts() {
        plain.writeDown();
    }

    @Override
    public void alarm(String what) {
        recorder.alarm(what);
    }

    /** Number of events that could not be kept since the start. */
    public long lostEvents() {
        return recorder.lost();
    }

    private Passage guarded(Call call, Step step) throws RefusedException {
        return guarded(call, step, false);
    }

    /** A call that its caller tells the end of, if it goes on. */
    private Passage begun(Call call, Step step) throws RefusedException {
        return guarded(call, step, true);
    }

    /**
     * The one place that knows what a failure means. In enforce mode the call is refused, whatever was thrown: a stack overflow or
     * a lack of memory inside a decision is a way in for whoever can cause it.
     */
    private Passage guarded(Call call, Step step, boolean begins) throws RefusedException {
        try {
            if (begins) {
                records.begins(call);
            }
            Passage passage = step.take(call);
            if (!passage.isRecorded()) {
                records.ends(call);
            }
            return passage;
        } catch (RefusedException refused) {
            records.ends(call);
            throw refused;
        } catch (Throwable defect) {
            alarmOf(call, defect);
            if (call.enforced()) {
                throw new RefusedException(Refusals.failed(call.id()));
            }
            return call.go(call.asked(), Obligations.NONE, List.of(), true);
        }
    }

    /** The outcome must not depend on whether the alarm can be raised; the command itself may be what is defective. */
    private void alarmOf(Call call, Throwable defect) {
        try {
            records.alarm(call, List.of(Refusals.INTERNAL), "internal error: " + Defects.describe(defect));
            records.ends(call);
        } catch (Throwable again) {
            recorder.alarm("internal error, incident " + call.id());
        }
    }
}
