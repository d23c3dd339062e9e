package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.Target;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.record.Detail;
import io.sallyport.core.record.Recorder;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that level {@code decisions} leaves out of the record, for each session and target, those of HTTP (where
 * there is no end of paths) for each session, which is that of a service, and writes the counts down: every ten seconds
 * while calls are made, when a session ends and when the process does. Thread-safe; a call that is counted costs one look-up and no allocation, and
 * of many in ten seconds only each sixteenth looks at the clock.
 */
final class PlainCalls {

    private static final long EVERY_SECONDS = 10;

    /** So many calls of a session since the last writing look at the clock each; then each of this many. */
    private static final int LOOKS = 16;

    private final Recorder recorder;

    /**
     * By session. A connection's that calls many targets has the others under its own and the target's name.
     */
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /** Seconds since 1970. */
    private final AtomicLong due = new AtomicLong();

    PlainCalls(Recorder recorder) {
        this.recorder = recorder;
    }

    /** A call was let through of which nothing is recorded. */
    void count(Command command) {
        long calls;
        do {
            // One that was removed, since it had nothing to count, is made anew by the next look.
            calls = of(command).add();
        } while (calls <= 0);
        if (calls <= LOOKS || calls % LOOKS == 0) {
            writeDownIfDue(recorder.now());
        }
    }

    private void writeDownIfDue(Instant now) {
        long second = now.getEpochSecond();
        long next = due.get();
        // The other way round, too: a clock that was set back must not stop the counts.
        if (second >= next || second < next - 2 * EVERY_SECONDS) {
            if (due.compareAndSet(next, second + EVERY_SECONDS) && next != 0) {
                writeDown();
            }
        }
    }

    private Count of(Command command) {
        Target place = command.target();
        if (place.protocol() == Target.Protocol.HTTP) {
            Count known = counts.get(command.session());
            return known == null
                    ? counts.computeIfAbsent(
                            command.session(), session -> new Count(session, place, ServiceSessions.url(place)))
                    : known;
        }
        String session = command.session();
        Count known = counts.get(session);
        return known != null && known.place == place ? known : of(command, session, known);
    }

    /** Where it is not certain at first sight, the target's name tells. */
    private Count of(Command command, String session, @Nullable Count ofSession) {
        String target = Detail.target(command, Detection.NOTHING);
        Count known = ofSession == null ? add(session, command, target) : ofSession;
        return known.target.equals(target) ? known : add(session + ' ' + target, command, target);
    }

    private Count add(String key, Command command, String target) {
        return counts.computeIfAbsent(key, k -> new Count(command.session(), command.target(), target));
    }

    /** The session is over: no other call of it is counted. */
    void ended(String session) {
        Count count = counts.remove(session);
        if (count != null) {
            write(count);
        }
    }

    /** Writes down all that was counted since the last time. */
    void writeDown() {
        counts.forEach((key, count) -> {
            if (!write(count) && count.calls.compareAndSet(0, Count.REMOVED)) {
                counts.remove(key, count);
            }
        });
    }

    /** @return whether there was anything */
    private boolean write(Count count) {
        long calls = count.calls.getAndUpdate(n -> n > 0 ? 0 : n);
        if (calls <= 0) {
            return false;
        }
        if (!recorder.counted(count.target, count.session, calls)) {
            count.calls.addAndGet(calls);
        }
        return true;
    }

    private static final class Count {

        static final long REMOVED = Long.MIN_VALUE / 2;

        final String session;
        /** Of the first call that was counted; that of a connection stays the same. */
        final Target place;

        final String target;
        final AtomicLong calls = new AtomicLong();

        Count(String session, Target place, String target) {
            this.session = session;
            this.place = place;
            this.target = target;
        }

        /** @return how many there are now; not positive when this one is no longer looked at */
        long add() {
            return calls.incrementAndGet();
        }
    }
}
