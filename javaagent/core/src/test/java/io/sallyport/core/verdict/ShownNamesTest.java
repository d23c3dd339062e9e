package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.record.CallSubject;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.record.FailureNames;
import io.sallyport.core.record.IncidentIds;
import io.sallyport.core.record.RecordedCall;
import io.sallyport.core.record.Recorder;
import io.sallyport.core.record.TraceContext;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.MovableClock;
import io.sallyport.core.testing.ScriptedPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers name their threads by what they do: what is sensitive in such a name, or in a user's, is in no record. */
class ShownNamesTest {

    private static final String THREAD = "GET /reset?token=hunter2&card=4111111111111111&to=bob@example.com";
    private static final String SHOWN = "GET /reset?token=…&card=…&to=…";

    @Test
    void aThreadsNameIsCleaned() throws Exception {
        assertThat(recorded(THREAD, null)).containsExactly(SHOWN, SHOWN, "null");
    }

    @ParameterizedTest
    @CsvSource({"http-nio-8080-exec-7", "ForkJoinPool.commonPool-worker-3", "Thread-12@1a2b3c", "tokens 3"})
    void anyOtherIsTheSameObjectAgainAndAgain(String name) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(recorded(name, "ann@example.com").get(0)).isSameAs(name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ann, ann",
        "ann@example.com, ann@example.com",
        "ann password=hunter2, ann password=…",
        "4111111111111111, …",
    })
    void aUserMayBeCalledByAnAddress(String user, String shown) throws Exception {
        assertThat(recorded("main", user).get(2)).isEqualTo(shown);
    }

    @Test
    void anEventThatConcernsNoCallHasTheCleanedNameOfItsThread() throws Exception {
        List<Event> made = new ArrayList<>();
        Thread thread = new Thread(() -> made.add(Event.alarm(Instant.EPOCH, "", "what")), THREAD);
        thread.start();
        thread.join();

        assertThat(made.get(0).thread()).isEqualTo(SHOWN);
    }

    /** The thread as written in parts, as an object, and the user. */
    private static List<String> recorded(String thread, @Nullable String user) throws Exception {
        List<String> seen = new ArrayList<>();
        EventSink sink = new EventSink() {
            @Override
            public boolean append(Event event) {
                return true;
            }

            @Override
            public boolean admitted(
                    RecordedCall call, long at, String verdict, List<String> rules, List<String> masked) {
                CallSubject subject = call.subject();
                seen.addAll(List.of(call.thread(), subject.thread(), String.valueOf(call.user())));
                return true;
            }
        };
        TraceContext said = new TraceContext() {
            @Override
            public @Nullable String traceId() {
                return null;
            }

            @Override
            public @Nullable String user() {
                return user;
            }
        };
        MovableClock clock = new MovableClock();
        ScriptedPolicy policy = ScriptedPolicy.enforcing(ScriptedPolicy.allow()).at(RecordLevel.STATEMENTS);
        Gate gate = new StandardGate(
                () -> policy,
                () -> Identity.unverified("shop"),
                new HoldRoom(ApprovalDesk.NOBODY, clock),
                new Recorder(sink, clock, said),
                new IncidentIds(),
                FailureNames.BY_CLASS,
                new StoppedSessions());
        Command command = Commands.sql("SELECT name FROM carts").withCaller(new Caller(thread, null, false));
        gate.admit(command, Waiter.unlimited()).completed(1);
        return seen;
    }
}
