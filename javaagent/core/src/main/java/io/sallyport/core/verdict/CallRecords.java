package io.sallyport.core.verdict;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.FailureNames;
import io.sallyport.core.record.Recorder;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the gate writes down about calls, and what it means when that cannot be kept. */
final class CallRecords {

    private final Recorder recorder;
    private final Supplier<String> ids;
    private final FailureNames failures;

    CallRecords(Recorder recorder, Supplier<String> ids, FailureNames failures) {
        this.recorder = recorder;
        this.ids = ids;
        this.failures = failures;
    }

    String newId() {
        return ids.get();
    }

    Instant now() {
        return recorder.now();
    }

    /** For an event without which the call must not be sent, if the policy says so. */
    void require(Call call, Event event) throws RefusedException {
        if (!recorder.append(event) && call.enforced() && call.policy().refuseWhenRecordFull()) {
            throw new RefusedException(Refusals.spoolFull(call.id(), event.ticket()));
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
        recorder.append(call.subject().result(now(), rows, masked, micros));
    }

    void error(Call call, @Nullable Throwable error, long micros) {
        String name = error == null ? "unknown failure" : failures.of(error);
        recorder.append(call.subject().error(now(), micros, name));
    }
}
