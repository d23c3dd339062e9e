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
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.policy.PolicySource;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.record.CallIds;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.record.FailureNames;
import io.sallyport.core.record.Recorder;
import java.time.Clock;
import java.time.Instant;
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

    /** What is assumed where a policy cannot even be asked. */
    private static final TlsRequirement STRICTEST =
            new TlsRequirement(TlsRequirement.Level.VERIFY_FULL, "TLSv1.2", List.of(), Set.of());

    /** A decision, or the rest of one after a wait. */
    private interface Step {
        Passage take(Call call) throws RefusedException;
    }

    /** What becomes of a call that people have to approve. */
    private interface OnHold {
        Passage take(Call call, Verdict.Hold hold) throws RefusedException;
    }

    private final PolicySource policies;
    private final IdentitySource identities;
    private final Recorder recorder;
    private final CallRecords records;
    private final Holds holds;
    private final StoppedSessions stopped;

    // Made once: a lambda per call would be an allocation per call.
    private final Step decideAndPark;
    private final Step decideNested;

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
        this.stopped = stopped;
        this.policies = policies;
        this.identities = identities;
        this.recorder = recorder;
        this.records = new CallRecords(recorder, ids, failures);
        this.holds = new Holds(room, policies, identities, records);
        OnHold park = holds::park;
        OnHold refuse = holds::refuseNested;
        this.decideAndPark = call -> decide(call, park);
        this.decideNested = call -> decide(call, refuse);
    }

    @Override
    public Passage admit(Command command, Waiter waiter) throws RefusedException {
        return guarded(new Call(records, command, waiter), decideAndPark);
    }

    @Override
    public Passage admitNested(Command command) throws RefusedException {
        return guarded(new Call(records, command, null), decideNested);
    }

    @Override
    public Passage admitAgain(Command command, Passage admitted) throws RefusedException {
        List<String> approved = ((Call) admitted).approvedUnder();
        return guarded(
                new Call(records, command, null),
                call -> decide(
                        call,
                        (now, hold) -> approved.containsAll(hold.request().rules())
                                ? holds.standing(now, hold)
                                : holds.refuseNested(now, hold)));
    }

    @Override
    public CompletableFuture<Passage> admitAsync(Command command) {
        Suspension suspension =
                new Suspension((call, hold, seat, how) -> guarded(call, c -> holds.conclude(c, hold, seat, how)));
        try {
            Passage passage = guarded(
                    new Call(records, command, null),
                    call -> decide(call, (c, hold) -> holds.suspend(c, hold, suspension)));
            CompletableFuture<Passage> held = suspension.future();
            return held == null ? CompletableFuture.completedFuture(passage) : held;
        } catch (RefusedException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public void exceeded(Passage passage, Decision decision, @Nullable Waiter waiter) throws RefusedException {
        Call again = ((Call) passage).again(waiter);
        OnHold onHold = waiter == null ? holds::refuseNested : holds::park;
        guarded(again, call -> {
            PolicySnapshot policy = policies.current();
            call.under(policy);
            call.by(identities.current());
            return enact(call, policy, decision, records.now(), onHold);
        });
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
    public boolean asksForBody(HttpCommand command) {
        try {
            return policies.current().asksForBody(command);
        } catch (Throwable defect) {
            recorder.alarm(
                    "whether a rule asks for a request's body could not be determined: " + Defects.describe(defect));
            return true;
        }
    }

    @Override
    public TlsRequirement tls(Target target) {
        PolicySnapshot policy = null;
        try {
            policy = policies.current();
            TlsRequirement required = policy.tls(target);
            // A policy in observe mode changes nothing, so a driver's settings are not raised either.
            return policy.mode() == Mode.OBSERVE && required.demandsEncryption()
                    ? new TlsRequirement(
                            TlsRequirement.Level.OBSERVE, required.minVersion(), required.roots(), required.exempt())
                    : required;
        } catch (Throwable defect) {
            recorder.alarm("the TLS requirement of a target could not be determined: " + Defects.describe(defect));
            return policy != null && policy.mode() == Mode.OBSERVE ? TlsRequirement.NONE : STRICTEST;
        }
    }

    @Override
    public void verifyTls(ConnectCommand connect, TlsFacts facts) throws RefusedException {
        guarded(new Call(records, connect, null), call -> judgeTls(call, facts));
    }

    @Override
    public void refuse(Command command, String check, String message) throws RefusedException {
        guarded(new Call(records, command, null), call -> refuseFor(call, check, message));
    }

    @Override
    public Set<String> allowedConnectSettings() {
        try {
            return policies.current().allowedConnectSettings();
        } catch (Throwable defect) {
            recorder.alarm("the admitted connection settings could not be determined: " + Defects.describe(defect));
            return Set.of();
        }
    }

    @Override
    public Set<String> allowedUnproven() {
        try {
            return policies.current().allowUnproven();
        } catch (Throwable defect) {
            recorder.alarm("the admitted unproven drivers could not be determined: " + Defects.describe(defect));
            return Set.of();
        }
    }

    @Override
    public boolean governs(Endpoint place) {
        PolicySnapshot policy = policies.known();
        return policy != null && policy.governs(place);
    }

    /** As in {@link #tls}: a policy in observe mode changes nothing. */
    @Override
    public @Nullable Endpoint relay(Endpoint place) {
        PolicySnapshot policy = policies.known();
        return policy == null || policy.mode() == Mode.OBSERVE ? null : policy.relay(place);
    }

    @Override
    public boolean allowsSocket(String opener, Endpoint place) {
        PolicySnapshot policy = policies.known();
        return policy != null && policy.allowsSocket(opener, place);
    }

    @Override
    public void opened(Target target) {
        holds.limit().opened(target);
    }

    @Override
    public void transaction(Target target, String session, String what, String work, long rows) {
        if (!isDecisionsOnly()) {
            recorder.transaction(target.url(), session, what, work, rows);
        }
    }

    /** Where statements that nothing was decided about leave no trace, neither do their transactions. */
    private boolean isDecisionsOnly() {
        try {
            return policies.current().recordLevel() == RecordLevel.DECISIONS;
        } catch (Throwable defect) {
            return false;
        }
    }

    @Override
    public void closed(Target target, String session) {
        stopped.ended(session);
        holds.limit().closed(target);
        recorder.closed(target.url(), session);
    }

    @Override
    public void alarm(String what) {
        recorder.alarm(what);
    }

    /** Number of events that could not be kept since the start. */
    public long lostEvents() {
        return recorder.lost();
    }

    private Passage decide(Call call, OnHold onHold) throws RefusedException {
        PolicySnapshot policy = policies.current();
        call.under(policy);
        call.by(identities.current());
        Instant now = records.now();
        String stop = stopped.why(call.asked().session());
        if (stop != null) {
            throw stoppedSession(call, now, stop);
        }
        Decision decision = policy.decide(call.asked(), call.identity(), now);
        return enact(call, policy, decision, now, onHold);
    }

    private RefusedException stoppedSession(Call call, Instant now, String message) {
        call.locate();
        List<String> rules = List.of(Refusals.SESSION_STOPPED);
        records.note(call.subject().decision(now, "deny", rules, null, List.of(), message));
        return new RefusedException(
                new Refusal(Refusal.Reason.DENIED, Refusals.SESSION_STOPPED, message, call.id(), null));
    }

    private Passage enact(Call call, PolicySnapshot policy, Decision decision, Instant now, OnHold onHold)
            throws RefusedException {
        call.decided(decision);
        Verdict verdict = decision.verdict();
        if (verdict instanceof Verdict.Hold hold) {
            call.locate();
            alerts(call, decision);
            if (call.canWait() && AtCommit.canWait(call.asked(), hold.request())) {
                return holds.defer(call, hold);
            }
            boolean instead = hold.request().commitWait() != null;
            return onHold.take(
                    call,
                    instead ? new Verdict.Hold(hold.request().noting(AtCommit.INSTEAD), hold.obligations()) : hold);
        }
        if (verdict instanceof Verdict.Deny deny) {
            call.locate();
            Refusal refusal = Refusals.byRule(deny.refusal(), call.id(), null);
            records.note(call.subject()
                    .decision(now, "deny", decision.rules(), decision.wouldHave(), List.of(), refusal.message()));
            alerts(call, decision);
            throw new RefusedException(refusal);
        }
        if (policy.recordLevel() == RecordLevel.DECISIONS && isPlain(decision)) {
            return call.go(call.asked(), Obligations.NONE, List.of(), true);
        }
        Command toSend = verdict.commandFor(call.asked());
        boolean rewritten = verdict instanceof Verdict.Rewrite;
        call.decidedAt(now);
        if (rewritten || decision.wouldHave() != null) {
            records.require(
                    call,
                    call.subject()
                            .decision(
                                    now,
                                    rewritten ? "rewrite" : "allow",
                                    decision.rules(),
                                    decision.wouldHave(),
                                    decision.masked(),
                                    rewritten ? "sent to " + toSend.target().url() : null));
        } else {
            records.requireAdmitted(call, "allow", decision.rules(), decision.masked());
        }
        alerts(call, decision);
        return call.go(toSend, verdict.obligationsOrNone(), decision.masked(), false);
    }

    /** Nothing in the policy had anything to say about the call. */
    private static boolean isPlain(Decision decision) {
        return decision.verdict() instanceof Verdict.Allow allow
                && allow.obligations() == Obligations.NONE
                && decision.rules().isEmpty()
                && decision.alerts().isEmpty()
                && decision.wouldHave() == null;
    }

    private void alerts(Call call, Decision decision) {
        if (!decision.alerts().isEmpty()) {
            records.alarm(call, decision.alerts(), "alert by rule " + String.join(", ", decision.alerts()));
        }
    }

    private Passage judgeTls(Call call, TlsFacts facts) throws RefusedException {
        PolicySnapshot policy = policies.current();
        call.under(policy);
        TlsRequirement required = policy.tls(call.asked().target());
        TlsJudge.Judgement judgement = TlsJudge.judge(call.asked().target(), facts, required);
        String complaint = judgement.complaint();
        Instant now = records.now();
        if (complaint == null) {
            records.require(
                    call, call.subject().open(now, "allow", List.of(), null, judgement.note(), facts.describe()));
            return call;
        }
        call.locate();
        List<String> rules = List.of(Refusals.TLS);
        if (call.enforced() && required.demandsEncryption()) {
            records.note(call.subject().open(now, "deny", rules, null, complaint, facts.describe()));
            throw new RefusedException(Refusals.tls(complaint, call.id()));
        }
        records.require(call, call.subject().open(now, "allow", rules, "deny", complaint, facts.describe()));
        records.alarm(call, rules, complaint);
        return call;
    }

    private Passage refuseFor(Call call, String check, String message) throws RefusedException {
        call.under(policies.current());
        call.locate();
        List<String> rules = List.of(check);
        Instant now = records.now();
        if (call.enforced()) {
            records.note(call.subject().decision(now, "deny", rules, null, List.of(), message));
            Refusal.Reason reason = check.equals(Refusals.TLS) ? Refusal.Reason.TLS : Refusal.Reason.DENIED;
            throw new RefusedException(new Refusal(reason, check, message, call.id(), null));
        }
        records.require(call, call.subject().decision(now, "allow", rules, "deny", List.of(), message));
        records.alarm(call, rules, message);
        return call;
    }

    /**
     * The one place that knows what a failure means. In enforce mode the call is refused, whatever was thrown: a stack overflow or
     * a lack of memory inside a decision is a way in for whoever can cause it.
     */
    private Passage guarded(Call call, Step step) throws RefusedException {
        try {
            return step.take(call);
        } catch (RefusedException refused) {
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
        } catch (Throwable again) {
            recorder.alarm("internal error, incident " + call.id());
        }
    }
}
