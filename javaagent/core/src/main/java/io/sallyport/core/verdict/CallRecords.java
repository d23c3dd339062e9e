package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SafeMethods;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.record.Answered;
import io.sallyport.core.record.CallIds;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.FailureNames;
import io.sallyport.core.record.Recorder;
import io.sallyport.core.record.TraceContext;
import io.sallyport.core.record.ValuePlan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gate writes down about calls, and what it means when that cannot be kept. */
final class CallRecords {

    private final Recorder recorder;
    private final CallIds ids;
    private final FailureNames failures;
    private final ServiceSessions services;

    CallRecords(Recorder recorder, CallIds ids, FailureNames failures, ServiceSessions services) {
        this.services = services;
        this.recorder = recorder;
        this.ids = ids;
        this.failures = failures;
    }

    CallIds ids() {
        return ids;
    }

    TraceContext traces() {
        return recorder.traces();
    }

    String shownThread(String name) {
        return recorder.shownThread(name);
    }

    @Nullable
    String user() {
        return recorder.user();
    }

    int writeValues(ValuePlan plan, List<List<@Nullable Object>> sets, byte[] into, int at) {
        return recorder.writeValues(plan, sets, into, at);
    }

    Instant now() {
        return recorder.now();
    }

    /** For an event without which the call must not be sent, if the policy says so. */
    void require(Call call, Event event) throws RefusedException {
        require(call, recorder.append(event) && isForced(call), event.ticket());
    }

    /** The same for the decision of a call that simply goes on. */
    void requireAdmitted(Call call, String verdict, List<String> rules, List<String> masked) throws RefusedException {
        boolean kept = recorder.admitted(call, call.decidedAt(), verdict, rules, masked);
        require(call, kept && isForced(call), null);
    }

    /** Whether the call's event survives what the policy demands; of a call that only reads nothing is demanded. */
    private boolean isForced(Call call) {
        return !call.policy().recordSurvivesPower() || !writes(call.asked()) || recorder.force();
    }

    private static boolean writes(Command command) {
        if (command instanceof SqlCommand sql) {
            return sql.analysis().facts().writes() || sql.analysis().facts().opaque();
        }
        return command instanceof HttpCommand http && !SafeMethods.include(http.method());
    }

    private static void require(Call call, boolean kept, @Nullable String ticket) throws RefusedException {
        if (!kept && call.enforced() && call.policy().refuseWhenRecordFull()) {
            throw new RefusedException(Refusals.spoolFull(call.id(), ticket));
        }
    }

    /** For an event of a call that is refused anyway, or over; a loss is counted. */
    void note(Event event) {
        recorder.append(event);
    }

    void alarm(Call call, List<String> rules, String what) {
        recorder.append(call.subject().alarm(now(), rules, what));
    }

    void result(Call call, long rows, List<String> masked, long micros) {
        recorder.completed(call, call.decidedAt() + micros, rows, masked, micros);
        ends(call);
    }

    void result(Call call, Answered answer, List<String> masked, long micros, @Nullable String body) {
        recorder.append(call.subject().result(now(), answer, masked, micros, body));
        ends(call);
    }

    void error(Call call, @Nullable Throwable error, long micros, @Nullable String body) {
        String name = error == null ? "unknown failure" : failures.of(error);
        recorder.append(call.subject().error(now(), micros, name, body));
        ends(call);
    }

    /** Its session is in use as long as it has not ended; connections need not be told. */
    void begins(Call call) {
        if (call.asked().target().protocol() == Target.Protocol.HTTP) {
            services.begins(call.session(), call);
        }
    }

    /** Nothing more is written down of it. */
    void ends(Call call) {
        if (call.asked().target().protocol() == Target.Protocol.HTTP) {
            services.ends(call.session(), call);
        }
    }

    MaskingFunction hash() {
        return recorder.hash();
    }
}
