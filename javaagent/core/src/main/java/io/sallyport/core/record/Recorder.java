package io.sallyport.core.record;

import io.sallyport.core.mask.function.MaskingFunction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The way to the sink, which counts what the sink could not keep. Thread-safe.
 *
 * <p>A sink that throws is the same as one that is full: either way the event is not on disk, and what follows for the call is the
 * policy's choice. Nothing is thrown here, because the end of a call is recorded on the application's own return path.
 */
public final class Recorder {

    private final EventSink sink;
    private final Clock clock;
    private final TraceContext traces;
    private final ValueText values;
    private final MaskingFunction hash;
    private final ShownNames names = new ShownNames();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong unreported = new AtomicLong();

    public Recorder(EventSink sink, Clock clock) {
        this(sink, clock, TraceContext.NONE);
    }

    /** @param traces what the application says about the calling thread's work */
    public Recorder(EventSink sink, Clock clock, TraceContext traces) {
        this.sink = sink;
        this.clock = clock;
        this.traces = traces;
        this.values = new ValueText(sink::valueKey);
        this.hash = new HashedValue(sink::valueKey);
    }

    public TraceContext traces() {
        return traces;
    }

    /** A thread's name as records show it. */
    public String shownThread(String name) {
        return names.thread(name);
    }

    /** For whom the calling thread works, as records show it; see {@link TraceContext#user}. */
    public @Nullable String user() {
        String user = traces.user();
        return user == null ? null : names.user(user);
    }

    /**
     * Writes what {@code plan} lets be known of values.
     *
     * @param into has room for {@link RecordedCall#MOST_VALUES} bytes behind {@code at}
     */
    public int writeValues(ValuePlan plan, List<List<@Nullable Object>> sets, byte[] into, int at) {
        return values.write(plan, sets, into, at);
    }

    /** What stands for a value that must not be known, in samples. */
    public MaskingFunction hash() {
        return hash;
    }

    /** @return whether the event is kept */
    public boolean append(Event event) {
        return counted(kept(event));
    }

    /** See {@link EventSink#admitted}. */
    public boolean admitted(RecordedCall call, long at, String verdict, List<String> rules, List<String> masked) {
        boolean kept;
        try {
            kept = sink.admitted(call, at, verdict, rules, masked);
        } catch (Throwable broken) {
            kept = false;
        }
        return counted(kept);
    }

    /** See {@link EventSink#force}; what could not be forced is counted as lost. */
    public boolean force() {
        boolean forced;
        try {
            forced = sink.force();
        } catch (Throwable broken) {
            forced = false;
        }
        return counted(forced);
    }

    /** See {@link EventSink#completed}. */
    public boolean completed(RecordedCall call, long at, long rows, List<String> masked, long micros) {
        boolean kept;
        try {
            kept = sink.completed(call, at, rows, masked, micros);
        } catch (Throwable broken) {
            kept = false;
        }
        return counted(kept);
    }

    /** Number of events that could not be kept since the start. */
    public long lost() {
        return lost.get();
    }

    /** The time for events. */
    public Instant now() {
        return clock.instant();
    }

    /** Records something that concerns no call. */
    public void alarm(String what) {
        append(alarmEvent(what));
    }

    /** Records that a session ended. */
    public void closed(String target, String session) {
        append(Event.builder(now(), Event.Type.CLOSE)
                .session(session)
                .target(target)
                .summary("close")
                .detail(target)
                .build());
    }

    /**
     * Records what became of a transaction.
     *
     * @param what {@code commit}, {@code rollback}, {@code savepoint} …
     * @param work what it had done
     * @param rows that it had changed; -1 where unknown
     */
    public void transaction(String target, String session, String what, String work, long rows) {
        append(Event.builder(now(), Event.Type.TRANSACTION)
                .session(session)
                .target(target)
                .summary(what)
                .detail(target)
                .rows(rows)
                .reason(work)
                .build());
    }

    /**
     * Records how many calls were let through of which nothing else is in the record, because no rule is about them and the level is
     * {@code decisions}.
     *
     * @return whether the event is kept
     */
    public boolean counted(String target, String session, long calls) {
        return append(Event.builder(now(), Event.Type.COUNT)
                .session(session)
                .target(target)
                .summary("allowed")
                .detail(target)
                .verdict("allow")
                .rows(calls)
                .build());
    }

    private Event alarmEvent(String what) {
        return Event.alarm(now(), "", what);
    }

    private void reportLoss() {
        long n = unreported.getAndSet(0);
        if (n != 0 && !kept(alarmEvent(n + " events could not be kept"))) {
            unreported.addAndGet(n);
        }
    }

    private boolean counted(boolean kept) {
        if (!kept) {
            lost.incrementAndGet();
            unreported.incrementAndGet();
        } else if (unreported.get() != 0) {
            reportLoss();
        }
        return kept;
    }

    private boolean kept(Event event) {
        try {
            return sink.append(event);
        } catch (Throwable broken) {
            return false;
        }
    }
}
