package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.identity.IdentitySource;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.policy.PolicySource;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.record.Detail;
import java.time.Instant;
import java.util.List;

/**
 * From a call to what becomes of it: asks, records what was answered, raises the alerts, and lets the call go, refuses it or hands it
 * to {@link OnHold}. What fails here fails outside, in {@link StandardGate}. Thread-safe.
 */
final class Enactment {

    /** What becomes of a call that people have to approve. */
    interface OnHold {
        Passage take(Call call, Verdict.Hold hold) throws RefusedException;
    }

    /** Of a call that no rule is about. */
    private static final Decision NOTHING = new Decision(Verdict.Allow.PLAIN, List.of(), null, List.of(), List.of());

    private final PolicySource policies;
    private final IdentitySource identities;
    private final CallRecords records;
    private final Holds holds;
    private final StoppedSessions stopped;
    private final PlainCalls plain;

    Enactment(
            PolicySource policies,
            IdentitySource identities,
            CallRecords records,
            Holds holds,
            StoppedSessions stopped,
            PlainCalls plain) {
        this.policies = policies;
        this.identities = identities;
        this.records = records;
        this.holds = holds;
        this.stopped = stopped;
        this.plain = plain;
    }

    /** Asks the policy, and does what it says. */
    Passage decide(Call call, OnHold onHold) throws RefusedException {
        return decide(call, onHold, false);
    }

    /** The same without the defaults: only what rules say is done. */
    Passage decideByRules(Call call, OnHold onHold) throws RefusedException {
        return decide(call, onHold, true);
    }

    private Passage decide(Call call, OnHold onHold, boolean byRules) throws RefusedException {
        PolicySnapshot policy = policies.current();
        call.under(policy);
        call.by(identities.current());
        String stop = stopped.why(call.asked().session());
        if (stop != null) {
            throw stoppedSession(call, stop);
        }
        Decision byCommand = policy.decideByCommand(call.asked());
        if (byCommand != null && isLeftOut(policy, byCommand)) {
            // The clock is a tenth of what such a call costs.
            return passPlain(call, byCommand);
        }
        Instant now = records.now();
        Decision decision = byCommand != null ? byCommand : policy.decide(call.asked(), call.identity(), now, call);
        boolean byDefault = decision.rules().isEmpty() && !(decision.verdict() instanceof Verdict.Allow);
        return enact(call, policy, byRules && byDefault ? NOTHING : decision, now, onHold);
    }

    RefusedException stoppedSession(Call call, String message) {
        call.locate();
        List<String> rules = List.of(Refusals.SESSION_STOPPED);
        records.note(call.subject().decision(records.now(), "deny", rules, null, List.of(), message));
        return new RefusedException(
                new Refusal(Refusal.Reason.DENIED, Refusals.SESSION_STOPPED, message, call.id(), null));
    }

    /** Does what a decision says that was made after the call had run. */
    Passage enact(Call call, Decision decision, OnHold onHold) throws RefusedException {
        PolicySnapshot policy = policies.current();
        call.under(policy);
        call.by(identities.current());
        return enact(call, policy, decision, records.now(), onHold);
    }

    private Passage enact(Call call, PolicySnapshot policy, Decision decision, Instant now, OnHold onHold)
            throws RefusedException {
        if (isLeftOut(policy, decision)) {
            return passPlain(call, decision);
        }
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
        if (policy.recordLevel() == RecordLevel.FULL) {
            call.locate();
        }
        Command toSend = verdict.commandFor(call.asked());
        boolean rewritten = verdict instanceof Verdict.Rewrite;
        call.decidedAt(now);
        if (!rewritten && call.isDecidedAsBefore()) {
            return call.go(toSend, verdict.obligationsOrNone(), decision.masked(), false);
        }
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
                                    rewritten
                                            ? "sent to " + Detail.target(toSend, policy.recordedPaths(toSend.target()))
                                            : null));
        } else {
            records.requireAdmitted(call, "allow", decision.rules(), decision.masked());
        }
        alerts(call, decision);
        return call.go(toSend, verdict.obligationsOrNone(), decision.masked(), false);
    }

    /** Whether the call goes on and nothing is written down of it but its number. */
    private static boolean isLeftOut(PolicySnapshot policy, Decision decision) {
        return policy.recordLevel() == RecordLevel.DECISIONS && isPlain(decision);
    }

    private Passage passPlain(Call call, Decision decision) {
        call.decided(decision);
        if (!call.wasPlain()) {
            plain.count(call.asked());
        }
        return call.go(call.asked(), Obligations.NONE, List.of(), true);
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

    /** Compares what a connection turned out to be with what the policy requires. */
    Passage judgeTls(Call call, TlsFacts facts) throws RefusedException {
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

    /** Refuses for a check of a module's own; under a policy that observes, records that it would have. */
    Passage refuseFor(Call call, String check, String message) throws RefusedException {
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
}
