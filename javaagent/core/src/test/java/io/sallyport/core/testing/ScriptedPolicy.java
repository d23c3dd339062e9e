package io.sallyport.core.testing;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** A policy that says what the test tells it to. */
public record ScriptedPolicy(
        Mode mode,
        boolean refuseWhenRecordFull,
        RecordLevel recordLevel,
        TlsRequirement tls,
        Function<Command, Decision> rule)
        implements PolicySnapshot {

    public static final Duration LONG = Duration.ofMinutes(10);

    public static ScriptedPolicy enforcing(Function<Command, Decision> rule) {
        return new ScriptedPolicy(Mode.ENFORCE, true, RecordLevel.STATEMENTS, TlsRequirement.NONE, rule);
    }

    public static ScriptedPolicy enforcing(Decision decision) {
        return enforcing(command -> decision);
    }

    public static Decision allow() {
        return decision(Verdict.Allow.PLAIN, List.of());
    }

    public static Decision deny(String rule) {
        Refusal refusal = new Refusal(Refusal.Reason.DENIED, rule, "Use the migration pipeline.", "", null);
        return decision(new Verdict.Deny(refusal), List.of(rule));
    }

    /** A hold whose caller and whose ticket wait longer than any test runs. */
    public static Decision hold() {
        return hold(request(LONG, LONG));
    }

    public static Decision hold(HoldRequest request) {
        return hold(request, Obligations.NONE);
    }

    public static Decision hold(HoldRequest request, Obligations obligations) {
        return decision(new Verdict.Hold(request, obligations), request.rules());
    }

    public static HoldRequest request(Duration patience, Duration timeout) {
        return new HoldRequest(List.of("mass-write"), List.of("dba"), 1, false, patience, timeout, "Ask the DBA.");
    }

    public static Decision decision(Verdict verdict, List<String> rules) {
        return new Decision(verdict, rules, null, List.of(), List.of());
    }

    public ScriptedPolicy observing() {
        return new ScriptedPolicy(Mode.OBSERVE, refuseWhenRecordFull, recordLevel, tls, rule);
    }

    public ScriptedPolicy droppingWhenFull() {
        return new ScriptedPolicy(mode, false, recordLevel, tls, rule);
    }

    public ScriptedPolicy at(RecordLevel level) {
        return new ScriptedPolicy(mode, refuseWhenRecordFull, level, tls, rule);
    }

    public ScriptedPolicy demanding(TlsRequirement requirement) {
        return new ScriptedPolicy(mode, refuseWhenRecordFull, recordLevel, requirement, rule);
    }

    @Override
    public long version() {
        return 1;
    }

    @Override
    public TlsRequirement tls(Target target) {
        return tls;
    }

    @Override
    public Decision decide(Command command, Identity identity, Instant now) {
        return rule.apply(command);
    }
}
