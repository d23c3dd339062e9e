package io.sallyport.core.verdict;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.rule.condition.CallRates;
import io.sallyport.core.policy.rule.condition.RateCondition;
import io.sallyport.core.policy.rule.condition.Truth;
import io.sallyport.core.record.Answered;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the gate: first what is decided about it, then the passage that the module keeps until the target has answered. One
 * object for all of it, because nothing else is allocated for a call that is plainly allowed and not recorded.
 */
class Call extends AskedCall implements Passage, CallRates {

    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(Call.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Waiter waiter;

    private @Nullable Identity identity;
    private @Nullable Decision decision;

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
        this(records, asked, waiter, null);
    }

    /** @param id of the call that this one continues */
    Call(CallRecords records, Command asked, @Nullable Waiter waiter, @Nullable String id) {
        super(records, asked, id);
        this.sent = asked;
        this.waiter = waiter;
    }

    /** The same call again, under the same id, because of what its answer turned out to be. */
    Call again(@Nullable Waiter other) {
        return new Call(records(), sent, other, id());
    }

    /**
     * The same call, of which more has become known before it is sent; on whatever thread, its caller is still the one it was. On the thread
     * that it was made on, its stack is still there to be looked at.
     */
    Call changed(Command command) {
        Caller caller = asked().caller();
        boolean here = caller.thread().equals(Thread.currentThread().getName());
        Caller known = here ? caller : new Caller(caller.thread(), caller.callSite(), caller.sampled());
        return new ChangedCall(this, command.withCaller(known));
    }

    // --- while it is decided
    // -------------------------------------------------------------------------------------------

    Waiter waiter() {
        return Objects.requireNonNull(waiter);
    }

    @Override
    void locate() {
        Command before = asked();
        super.locate();
        if (asked() != before) {
            sent = asked();
        }
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

    /** When it was let through, as {@link System#nanoTime} says. */
    long started() {
        return started;
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
            decidedAt(records().now());
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
            records().result(this, rows, masked, micros());
        }
    }

    @Override
    public void completed(Answered answer) {
        if (!quiet && endsNow()) {
            records().result(this, answer, masked, micros(), body());
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
        PolicySnapshot full = recordsInFull();
        return full != null && sent instanceof SqlCommand sql ? full.recordedColumns(sql) : null;
    }

    @Override
    public List<String> masked() {
        return masked;
    }

    @Override
    public @Nullable BodyMaskPlan sampledUnder() {
        PolicySnapshot full = recordsInFull();
        if (full == null || !(sent instanceof HttpCommand http)) {
            return null;
        }
        BodyMaskPlan always = full.recordedBodies(http);
        return always == obligations.bodies() ? BodyMaskPlan.NONE : always;
    }

    @Override
    public void failed(@Nullable Throwable error) {
        if (!quiet && endsNow()) {
            records().error(this, error, micros(), body());
        }
    }

    /** The beginning of what was sent, where that is recorded. */
    private @Nullable String body() {
        Supplier<@Nullable String> sends = seldom == null ? null : seldom.body;
        return sends == null ? null : sends.get();
    }

    @Override
    public @Nullable BodyMaskPlan sentUnder() {
        PolicySnapshot full = recordsInFull();
        return full != null && sent instanceof HttpCommand http
                ? full.recordedRequests(http, records().hash())
                : null;
    }

    private @Nullable PolicySnapshot recordsInFull() {
        PolicySnapshot inForce = inForce();
        return quiet || inForce == null || inForce.recordLevel() != PolicySnapshot.RecordLevel.FULL ? null : inForce;
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
}
