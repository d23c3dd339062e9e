package io.sallyport.core.verdict;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.Requester;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.rule.condition.CallRates;
import io.sallyport.core.policy.rule.condition.RateCondition;
import io.sallyport.core.policy.rule.condition.Truth;
import io.sallyport.core.record.Answered;
import io.sallyport.core.record.CallSubject;
import io.sallyport.core.record.Circumstances;
import io.sallyport.core.record.Detail;
import io.sallyport.core.record.RecordedCall;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the gate: first what is known about it while it is decided, then the passage that the module keeps
 * until the target has answered. One object for both, because nothing else is allocated for a call that is plainly allowed and not
 * recorded. Id and description exist only once somebody asks for them.
 */
class Call implements Passage, RecordedCall, CallRates {

    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(Call.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CallRecords records;
    private Command asked;
    private final @Nullable Waiter waiter;

    private @Nullable PolicySnapshot policy;
    private @Nullable Identity identity;
    private @Nullable Decision decision;
    private long number;
    private @Nullable String id;
    private @Nullable CallSubject subject;
    private @Nullable String trace;
    private @Nullable String user;
    private boolean traced;

    private Command sent;
    private Obligations obligations = Obligations.NONE;
    private List<String> masked = List.of();
    private @Nullable Seldom seldom;
    private boolean quiet;
    private long decidedAt;
    /** When it was let through; once the answer is there, how long that took. One number for both, for the size of a call. */
    private long started;

    private boolean answered;

    @SuppressWarnings("UnusedVariable") // through ENDED
    private volatile boolean ended;

    /** @param waiter {@code null} for a caller that does not park */
    Call(CallRecords records, Command asked, @Nullable Waiter waiter) {
        this.records = records;
        this.asked = asked;
        this.sent = asked;
        this.waiter = waiter;
    }

    /** The same call again, under the same id, because of what its answer turned out to be. */
    Call again(@Nullable Waiter other) {
        Call again = new Call(records, sent, other);
        again.id = id();
        return again;
    }

    /**
     * The same call, of which more has become known before it is sent; on whatever thread, its caller is still the one it was. On the thread
     * that it was made on, its stack is still there to be looked at.
     */
    Call changed(Command command) {
        Caller caller = asked.caller();
        boolean here = caller.thread().equals(Thread.currentThread().getName());
        Caller known = here ? caller : new Caller(caller.thread(), caller.callSite(), caller.sampled());
        return new Changed(this, command.withCaller(known));
    }

    // --- while it is decided
    // -------------------------------------------------------------------------------------------

    Command asked() {
        return asked;
    }

    Waiter waiter() {
        return Objects.requireNonNull(waiter);
    }

    String id() {
        String known = id;
        if (known == null) {
            long n = number();
            known = n == 0 ? records.ids().get() : records.ids().text(n);
            id = known;
        }
        return known;
    }

    private long number() {
        if (number == 0) {
            number = records.ids().draw();
        }
        return number;
    }

    @Override
    public CallSubject subject() {
        CallSubject known = subject;
        if (known == null) {
            known = CallSubject.of(asked, id(), inPaths(), new Circumstances(transaction(), trace(), user(), values()));
            subject = known;
        }
        return known;
    }

    /** Asks the application's own tracing once, on the thread that makes the call. */
    private void askTraces() {
        if (!traced) {
            traced = true;
            trace = asked instanceof HttpCommand http ? TraceHeader.traceId(http) : null;
            if (trace == null) {
                trace = records.traces().traceId();
            }
            user = records.user();
        }
    }

    /** For whom it is made and why, for those who are asked about it. On the calling thread only. */
    Requester requester(HoldRequest request) {
        String given = request.requesterReason().given();
        return new Requester(user(), values(), given == null ? records.traces().reason() : given);
    }

    /** Finds out where exactly the call is made; for calls that do not simply pass. On the calling thread only. */
    void locate() {
        Caller exact = asked.caller().exact();
        if (exact != asked.caller()) {
            asked = asked.withCaller(exact);
            sent = asked;
            subject = null;
        }
    }

    void under(PolicySnapshot inForce) {
        policy = inForce;
    }

    PolicySnapshot policy() {
        return Objects.requireNonNull(policy);
    }

    /** Failures close unless a policy in observe mode is known to be in force. */
    boolean enforced() {
        return policy == null || policy.mode() == Mode.ENFORCE;
    }

    void by(Identity whoRunsIt) {
        identity = whoRunsIt;
    }

    Identity identity() {
        return Objects.requireNonNull(identity);
    }

    void decided(Decision d) {
        decision = d;
    }

    /** Whether the record says already what it would say now. */
    boolean isDecidedAsBefore() {
        return false;
    }

    /** Whether it was counted already among the calls that nothing had to be said about. */
    boolean wasPlain() {
        return false;
    }

    @Override
    public Truth judge(RateCondition rate, Instant now) {
        for (Rated known = seldom().rated; known != null; known = known.before()) {
            if (known.rate() == rate) {
                return known.said();
            }
        }
        Truth said = rate.count(now);
        seldom().rated = new Rated(rate, said, seldom().rated);
        return said;
    }

    /** When the call's time began to run. */
    long begun() {
        return System.nanoTime();
    }

    Decision decision() {
        return Objects.requireNonNull(decision);
    }

    /** The rules that people were asked by before the call was let through; none where nobody was. */
    List<String> approvedUnder() {
        return decision != null && decision.verdict() instanceof Verdict.Hold hold && owed() == null
                ? hold.request().rules()
                : List.of();
    }

    /** The call goes on; its time starts to run. */
    Passage go(Command toSend, Obligations toDo, List<String> maskRules, boolean unrecorded) {
        sent = toSend;
        obligations = toDo;
        masked = maskRules;
        quiet = unrecorded;
        if (!unrecorded) {
            decidedAt();
            started = begun();
        }
        return this;
    }

    /** When the call was decided; its answer is dated by how long it took from then, whatever the clock does meanwhile. */
    void decidedAt(Instant at) {
        decidedAt = at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    /** Microseconds since 1970. */
    long decidedAt() {
        if (decidedAt == 0) {
            decidedAt(records.now());
        }
        return decidedAt;
    }

    /** Whether the caller is one that people may keep waiting. */
    boolean canWait() {
        return waiter != null;
    }

    void owes(HoldRequest request) {
        seldom().owed = request;
    }

    // --- as the module's passage
    // ---------------------------------------------------------------------------------------

    @Override
    public Command command() {
        return sent;
    }

    @Override
    public Obligations obligations() {
        return obligations;
    }

    @Override
    public @Nullable HoldRequest owed() {
        return seldom == null ? null : seldom.owed;
    }

    @Override
    public boolean isRecorded() {
        return !quiet;
    }

    @Override
    public void completed(long rows) {
        if (seldom != null && seldom.body != null) {
            completed(new Answered(rows, null, null, null, null, null));
        } else if (!quiet && endsNow()) {
            records.result(this, rows, masked, micros());
        }
    }

    @Override
    public void completed(Answered answer) {
        if (!quiet && endsNow()) {
            records.result(this, answer, masked, micros(), body());
        }
    }

    @Override
    public void answered() {
        if (!quiet && !answered) {
            started = System.nanoTime() - started;
            answered = true;
        }
    }

    @Override
    public @Nullable ColumnMaskPlan rowsSampledUnder() {
        PolicySnapshot inForce = policy;
        return quiet
                        || inForce == null
                        || inForce.recordLevel() != PolicySnapshot.RecordLevel.FULL
                        || !(sent instanceof SqlCommand sql)
                ? null
                : inForce.recordedColumns(sql);
    }

    @Override
    public List<String> masked() {
        return masked;
    }

    @Override
    public @Nullable BodyMaskPlan sampledUnder() {
        PolicySnapshot inForce = policy;
        if (quiet
                || inForce == null
                || inForce.recordLevel() != PolicySnapshot.RecordLevel.FULL
                || !(sent instanceof HttpCommand http)) {
            return null;
        }
        BodyMaskPlan always = inForce.recordedBodies(http);
        return always == obligations.bodies() ? BodyMaskPlan.NONE : always;
    }

    @Override
    public void failed(@Nullable Throwable error) {
        if (!quiet && endsNow()) {
            records.error(this, error, micros(), body());
        }
    }

    /** The beginning of what was sent, where that is recorded. */
    private @Nullable String body() {
        Supplier<@Nullable String> sends = seldom == null ? null : seldom.body;
        return sends == null ? null : sends.get();
    }

    @Override
    public @Nullable BodyMaskPlan sentUnder() {
        PolicySnapshot inForce = policy;
        return quiet
                        || inForce == null
                        || inForce.recordLevel() != PolicySnapshot.RecordLevel.FULL
                        || !(sent instanceof HttpCommand http)
                ? null
                : inForce.recordedRequests(http, records.hash());
    }

    @Override
    public void sends(Supplier<@Nullable String> beginning) {
        seldom().body = beginning;
    }

    private boolean endsNow() {
        return ENDED.compareAndSet(this, false, true);
    }

    private long micros() {
        return (answered ? started : System.nanoTime() - started) / 1_000;
    }

    /** What must not be found in a path that is written down; only requests have one. */
    private Detection inPaths() {
        PolicySnapshot inForce = policy;
        return inForce == null || asked.target().protocol() != Target.Protocol.HTTP
                ? Detection.NOTHING
                : inForce.recordedPaths(asked.target());
    }

    // --- as what is recorded
    // -------------------------------------------------------------------------------------------

    @Override
    public String session() {
        return asked.session();
    }

    @Override
    public String target() {
        return Detail.target(asked, inPaths());
    }

    @Override
    public String summary() {
        return Detail.summary(asked, inPaths());
    }

    @Override
    public String detail() {
        return Detail.of(asked, inPaths());
    }

    @Override
    public @Nullable String callSite() {
        return asked.caller().callSite();
    }

    @Override
    public String thread() {
        return records.shownThread(asked.caller().thread());
    }

    @Override
    public @Nullable String transaction() {
        return asked instanceof SqlCommand sql ? sql.transaction().recorded() : null;
    }

    @Override
    public @Nullable String trace() {
        askTraces();
        return trace;
    }

    @Override
    public @Nullable String user() {
        askTraces();
        return user;
    }

    @Override
    public int writeValues(byte[] into, int at) {
        PolicySnapshot inForce = policy;
        return asked instanceof SqlCommand sql
                        && inForce != null
                        && inForce.recordLevel() != PolicySnapshot.RecordLevel.DECISIONS
                ? records.writeValues(inForce.recordedValues(sql), sql.parameterSets(), into, at)
                : at;
    }

    private @Nullable String values() {
        byte[] line = new byte[MOST_VALUES];
        int length = writeValues(line, 0);
        return length == 0 ? null : new String(line, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public int writeId(byte[] into, int at) {
        long n = id == null ? number() : 0;
        if (n != 0) {
            return records.ids().write(n, into, at);
        }
        byte[] text = id().getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(text.length, 64);
        System.arraycopy(text, 0, into, at, length);
        return at + length;
    }

    private Seldom seldom() {
        Seldom known = seldom;
        if (known == null) {
            known = new Seldom();
            seldom = known;
        }
        return known;
    }

    /** What few calls have, apart for the size of the others. */
    private static final class Seldom {
        private @Nullable HoldRequest owed;
        private @Nullable Rated rated;
        private @Nullable Supplier<@Nullable String> body;
    }

    /** A condition that has counted the call, and the one that did before. */
    private record Rated(
            RateCondition rate, Truth said, @Nullable Rated before) {}

    /** A call of which more has become known; of its own type, since every other call is an object of few words. */
    private static final class Changed extends Call {

        private final Call before;

        Changed(Call before, Command command) {
            super(before.records, command, null);
            this.before = before;
            super.id = before.id();
        }

        @Override
        boolean isDecidedAsBefore() {
            return !before.quiet
                    && before.decision().verdict() instanceof Verdict.Allow
                    && Objects.equals(before.decision().wouldHave(), decision().wouldHave())
                    && before.decision().alerts().equals(decision().alerts())
                    && before.decision().rules().equals(decision().rules())
                    && before.masked.equals(decision().masked());
        }

        @Override
        boolean wasPlain() {
            return before.quiet;
        }

        @Override
        public Truth judge(RateCondition rate, Instant now) {
            return before.judge(rate, now);
        }

        @Override
        long begun() {
            return before.quiet ? super.begun() : before.started;
        }
    }
}
