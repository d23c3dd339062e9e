package io.sallyport.core.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where events go; implemented by the spool. Thread-safe; returns once the event would survive a kill of the process. */
@FunctionalInterface
public interface EventSink {

    /** Forgets everything; for tests and for the command line. */
    EventSink NOWHERE = new EventSink() {
        @Override
        public boolean append(Event event) {
            return true;
        }

        @Override
        public boolean admitted(RecordedCall call, long at, String verdict, List<String> rules, List<String> masked) {
            return true;
        }

        @Override
        public boolean completed(RecordedCall call, long at, long rows, List<String> masked, long micros) {
            return true;
        }
    };

    /** @return {@code false} when the event could not be kept (spool full or broken); the policy says what follows */
    boolean append(Event event);

    /**
     * The decision of a call that simply goes on: {@link CallSubject#decision} in parts. Every recorded statement passes here, so a sink may
     * do without the objects.
     *
     * @param at microseconds since 1970
     */
    default boolean admitted(RecordedCall call, long at, String verdict, List<String> rules, List<String> masked) {
        return append(call.subject().decision(instant(at), verdict, rules, null, masked, null));
    }

    /**
     * The answer to a call: {@link CallSubject#result} in parts.
     *
     * @param at microseconds since 1970
     * @param micros duration
     */
    default boolean completed(RecordedCall call, long at, long rows, List<String> masked, long micros) {
        return append(call.subject().result(instant(at), rows, masked, micros));
    }

    /**
     * Brings what was appended before the call to the disk itself, so that it survives a power failure; calls that come together share one
     * turn of the disk. Blocks.
     *
     * @return {@code false} when that failed
     */
    default boolean force() {
        return true;
    }

    /** What values that must not be known are hashed with before they come here; {@code null}: they do not
     * come at all. */
    default byte @Nullable [] valueKey() {
        return null;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH
                .plusSeconds(Math.floorDiv(micros, 1_000_000))
                .plusNanos(Math.floorMod(micros, 1_000_000) * 1_000);
    }
}
