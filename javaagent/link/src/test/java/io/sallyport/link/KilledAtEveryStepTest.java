package io.sallyport.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import io.sallyport.link.spool.SpoolVerifier;
import io.sallyport.link.spool.VerifyResult.SpoolState;
import io.sallyport.link.testing.ScriptedControlPlane;
import io.sallyport.link.testing.TestCa;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} at every step of a call's way into the control plane. A debugger stops the workload there, so that no hook is in the product and no
 * luck is needed; it is killed while it stands. Whatever was sent is at the control plane afterwards, in order, once.
 */
@Timeout(120)
class KilledAtEveryStepTest {

    /** Where a workload is when it is killed: at the beginning of a method that is called for the n-th time. */
    private enum Step {
        BEFORE_THE_EVENT_IS_WRITTEN("spool.Spool", "append", 11),
        WHILE_THE_EVENT_IS_WRITTEN("spool.Chunk", "append", 11),
        EVENT_WRITTEN_CALL_NOT_SENT("CallLoop", "send", 6),
        CALL_SENT_TARGET_WORKS("CallLoop", "answered", 6),
        RESULT_WRITTEN("CallLoop", "done", 6),
        LANES_ARE_COLLECTED("spool.Lanes", "collect", 3),
        BLOCK_IS_ENCRYPTED("spool.BlockSealer", "encrypt", 3),
        BLOCK_SEALED_NOT_WRITTEN("spool.SegmentFile", "append", 3),
        BLOCK_WRITTEN_NOT_COUNTED("spool.BlockSealer", "written", 3),
        BLOCK_COUNTED_LANES_NOT_FREED("spool.Lanes", "free", 3),
        LANES_ARE_FREED("spool.Chunk", "free", 3),
        BATCH_READ_NOT_SENT("upload.Delivery", "isFull", 2),
        BATCH_IS_HANDED_OVER("channel.AgentChannel", "send", 4),
        BATCH_IN_MID_UPLOAD("io.netty.channel.socket.nio.NioSocketChannel", "doWrite", 12),
        CONFIRMED_NOT_NOTED("upload.Uploader", "confirmed", 2),
        CONFIRMED_AND_NOTED("spool.Sealer", "acknowledged", 2),
        SEGMENT_CONFIRMED_NOT_DELETED("spool.SpoolDirectory", "deleted", 1),
        CLOSING_SAYS_THAT_IT_ENDS("spool.Sealer", "close", 1),
        CLOSED_LANES_NOT_DELETED("spool.Lanes", "delete", 1),
        CLOSED_AND_CONFIRMED_NOT_DELETED("spool.SpoolDirectory", "delete", 1),
        /** Of the next start, which takes over what the first one left. */
        NEXT_START_SEALS_WHAT_IS_LEFT("spool.DeadLanes", "write", 1),
        NEXT_START_CONFIRMED_NOT_DELETED("spool.LeftoverSpool", "acknowledge", 1);

        private final String type;
        private final String method;
        private final int count;

        Step(String type, String method, int count) {
            this.type = type.startsWith("io.") ? type : "io.sallyport.link." + type;
            this.method = method;
            this.count = count;
        }

        boolean isOfNextStart() {
            return ordinal() >= NEXT_START_SEALS_WHAT_IS_LEFT.ordinal();
        }

        /** A workload that is not killed at its end makes calls until it is killed, however late the step comes again. */
        long calls() {
            return name().startsWith("CLOS") ? 20 : Long.MAX_VALUE;
        }
    }

    @TempDir
    private Path directory;

    private final TestCa ca = new TestCa("test CA");
    private final ScriptedControlPlane server = new ScriptedControlPlane(ca.server());

    @AfterEach
    void close() {
        server.close();
    }

    /** With {@code -Psoak} each step at its n-th, n+1-st … time: more than 500 kills. */
    static Stream<Arguments> kills() {
        int rounds = Boolean.getBoolean("sallyport.soak") ? 23 : 1;
        return Stream.of(Step.values())
                .flatMap(step -> LongStream.range(0, step.count == 1 ? Math.min(rounds, 23) : rounds)
                        .mapToObj(round -> Arguments.of(step, step.count == 1 ? 1 : (int) (step.count + round))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("kills")
    void whatWasSentIsAtTheControlPlaneOnceWhereverTheWorkloadIsKilled(Step step, int count) throws Exception {
        String token = server.token(ca);
        List<String> sent = new ArrayList<>();
        if (step.isOfNextStart()) {
            // Confirmations wait, so that something is left over.
            server.acknowledging = false;
            sent.addAll(killedAt(Step.CALL_SENT_TARGET_WORKS, 6, token));
            server.acknowledging = true;
        }
        sent.addAll(killedAt(step, count, token));
        assertThat(SpoolVerifier.verify(directory).spools())
                .allSatisfy(state -> assertThat(state.problem()).as(state.id()).isNull());

        try (ControlPlaneLink link = ControlPlaneLink.open(
                LinkOptions.of(server.url(), directory, "orders").withToken(token),
                LinkTimings.STANDARD,
                (version, yaml) -> {},
                notice -> {})) {
            link.start();
            // What is looked at is being deleted.
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> leftOver(link).isEmpty());
        }
        assertThat(server.faults).noneMatch(fault -> fault.startsWith("hole"));
        assertThat(recorded(io.sallyport.core.record.Event.Type.DECISION))
                .doesNotHaveDuplicates()
                .containsAll(sent);
        List<String> results = recorded(io.sallyport.core.record.Event.Type.RESULT);
        assertThat(results).doesNotHaveDuplicates();
        if (step == Step.RESULT_WRITTEN) {
            assertThat(results).containsAll(sent);
        }
    }

    /** Recordings of dead processes. */
    private List<SpoolState> leftOver(ControlPlaneLink link) throws Exception {
        return SpoolVerifier.verify(directory).spools().stream()
                .filter(state -> !state.path().equals(link.spoolPath()) && state.records() + state.unsealed() > 0)
                .toList();
    }

    /** The calls of which the control plane has an event of that type. */
    private List<String> recorded(io.sallyport.core.record.Event.Type type) {
        synchronized (server.stored) {
            return server.stored.values().stream()
                    .flatMap(events -> events.values().stream())
                    .filter(event -> event.type() == type)
                    .map(io.sallyport.core.record.Event::call)
                    .toList();
        }
    }

    /** @return the calls that it had sent */
    private List<String> killedAt(Step step, int count, String token) throws Exception {
        VirtualMachine machine = launch(token, step.calls());
        Process process = machine.process();
        try {
            ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
            prepared.addClassFilter(step.type);
            prepared.enable();
            machine.resume();
            awaitStop(machine, step, count);
        } finally {
            // Unlike Process.destroyForcibly it leaves what was said to be read.
            process.toHandle().destroyForcibly();
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).isEqualTo(128 + 9);
        try (Stream<String> lines = said.lines()) {
            return lines.filter(line -> line.matches("sent [0-9]+-[0-9]+"))
                    .map(line -> line.substring(5))
                    .toList();
        }
    }

    private VirtualMachine launch(String token, long calls) throws Exception {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments
                .get("options")
                .setValue("-Xshare:auto -XX:TieredStopAtLevel=1 -cp \"" + System.getProperty("java.class.path") + "\"");
        arguments
                .get("main")
                .setValue(String.join(
                        " ",
                        CallLoop.class.getName(),
                        directory.toString(),
                        server.url(),
                        token,
                        Long.toString(calls)));
        return connector.launch(arguments);
    }

    private static void awaitStop(VirtualMachine machine, Step step, int count) throws InterruptedException {
        while (true) {
            EventSet events = machine.eventQueue().remove();
            for (Event event : events) {
                if (event instanceof BreakpointEvent) {
                    return;
                } else if (event instanceof ClassPrepareEvent ready) {
                    stopAt(machine, ready.referenceType(), step, count);
                } else if (event instanceof VMDisconnectEvent) {
                    throw new AssertionError("the workload ended before it came to " + step);
                }
            }
            try {
                events.resume();
            } catch (VMDisconnectedException ended) {
                throw new AssertionError("the workload ended before it came to " + step, ended);
            }
        }
    }

    private static void stopAt(VirtualMachine machine, ReferenceType type, Step step, int count) {
        List<Method> methods = type.methodsByName(step.method);
        assertThat(methods).as(step.toString()).isNotEmpty();
        for (Method method : methods) {
            if (method.location() != null && !method.isBridge() && !isGetter(method)) {
                BreakpointRequest stop = machine.eventRequestManager().createBreakpointRequest(method.location());
                stop.addCountFilter(count);
                stop.setSuspendPolicy(EventRequest.SUSPEND_ALL);
                stop.enable();
            }
        }
    }

    /** {@code acknowledged()} beside {@code acknowledged(long)}. */
    private static boolean isGetter(Method method) {
        return method.argumentTypeNames().isEmpty() && !method.returnTypeName().equals("void");
    }
}
