package io.sallyport.core.verdict;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.Requester;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.CallSubject;
import io.sallyport.core.record.Circumstances;
import io.sallyport.core.record.Detail;
import io.sallyport.core.record.RecordedCall;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call is, whatever is decided about it: its id, its caller, the policy that it falls under, and how people and records are told of it.
 * Id and description exist only once somebody asks for them.
 */
abstract class AskedCall implements RecordedCall {

    private final CallRecords records;
    private Command asked;

    private @Nullable PolicySnapshot policy;
    private long number;
    private @Nullable String id;
    private @Nullable CallSubject subject;
    private @Nullable String trace;
    private @Nullable String user;
    private boolean traced;

    /** @param id {@code null} for a call that has none yet */
    AskedCall(CallRecords records, Command asked, @Nullable String id) {
        this.records = records;
        this.asked = asked;
        this.id = id;
    }

    final CallRecords records() {
        return records;
    }

    Command asked() {
        return asked;
    }

    /** Finds out where exactly the call is made; for calls that do not simply pass. On the calling thread only. */
    void locate() {
        Caller exact = asked.caller().exact();
        if (exact != asked.caller()) {
            asked = asked.withCaller(exact);
            subject = null;
        }
    }

    void under(PolicySnapshot inForce) {
        policy = inForce;
    }

    /** {@code null} before {@link #under}. */
    final @Nullable PolicySnapshot inForce() {
        return policy;
    }

    PolicySnapshot policy() {
        return Objects.requireNonNull(policy);
    }

    /** Failures close unless a policy in observe mode is known to be in force. */
    boolean enforced() {
        return policy == null || policy.mode() == Mode.ENFORCE;
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

    /** What must not be found in a path that is written down; only requests have one. */
    private Detection inPaths() {
        PolicySnapshot inForce = policy;
        return inForce == null || asked.target().protocol() != Target.Protocol.HTTP
                ? Detection.NOTHING
                : inForce.recordedPaths(asked.target());
    }

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
}
