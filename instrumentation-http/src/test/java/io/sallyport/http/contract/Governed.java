package io.sallyport.http.contract;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.verdict.StandardGate;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.Coverage;
import io.sallyport.weaving.MediatedPlaces;
import io.sallyport.weaving.WeaveInstaller;
import io.sallyport.weaving.WeaveModule;
import java.lang.instrument.Instrumentation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import net.bytebuddy.agent.ByteBuddyAgent;

/** This JVM under the agent, with every HTTP module and {@link ScriptedPolicy}. Installed once, before a client's class is loaded. */
public final class Governed {

    public static final Approver APPROVER = new Approver();

    /** What was recorded since the test began. */
    public static final List<Event> RECORDED = new CopyOnWriteArrayList<>();

    private static final ScriptedPolicy POLICY = new ScriptedPolicy();

    private static Coverage coverage;
    private static AgentContext context;

    static {
        install();
    }

    private Governed() {}

    /** What is woven and what is not. */
    public static Coverage coverage() {
        return coverage;
    }

    /** Where clients may open connections. */
    public static MediatedPlaces places() {
        return context.places();
    }

    /** What should be woven and is not. */
    static List<Coverage.Entry> refused() {
        return coverage.entries().stream()
                .filter(entry -> entry.state() == Coverage.State.REFUSED)
                .toList();
    }

    /** From now on, what listens on that port must have this encryption. */
    public static void demandTls(int port, TlsRequirement required) {
        POLICY.demandTls(port, required);
    }

    /** Another server may get that port. */
    public static void demandNoTls(int port) {
        POLICY.demandTls(port, null);
    }

    /** From now on, nothing but a mediated client may connect to what listens on that port. */
    public static void govern(int port) {
        POLICY.governed.add(port);
    }

    /** Another server may get that port. */
    public static void governNot(int port) {
        POLICY.governed.remove(port);
    }

    /** From now on, what listens on that port is asked for nothing. */
    public static void close(int port) {
        POLICY.closed.add(port);
    }

    /** Another server may get that port. */
    public static void open(int port) {
        POLICY.closed.remove(port);
    }

    /** From now on, {@code /limited} may be asked for so often. */
    static void limit(int calls) {
        POLICY.limit(calls);
    }

    /** From now on, so much is written down. */
    public static void record(RecordLevel level) {
        POLICY.recordLevel = level;
    }

    /** Makes sure that the modules are installed. */
    public static void start() {}

    private static void install() {
        WeaveInstaller installer;
        try {
            Roots.launch();
            Instrumentation instrumentation = ByteBuddyAgent.install();
            // In an agent the gate is part of java.base, which every module reads.
            for (String module : List.of("java.base", "java.net.http")) {
                instrumentation.redefineModule(
                        ModuleLayer.boot().findModule(module).orElseThrow(),
                        Set.of(SallyportGate.class.getModule()),
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        Map.of());
            }
            installer = new WeaveInstaller(instrumentation);
        } catch (Exception e) {
            throw new ExceptionInInitializerError(e);
        }
        coverage = installer.coverage();
        StandardGate gate = new StandardGate(
                () -> POLICY,
                () -> Identity.unverified("test"),
                new HoldRoom(APPROVER, target -> 1000, Clock.systemUTC()),
                new EventSink() {
                    @Override
                    public boolean append(Event event) {
                        return RECORDED.add(event);
                    }

                    @Override
                    public byte[] valueKey() {
                        return new byte[32];
                    }
                },
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString());
        List<WeaveModule> modules = new ArrayList<>();
        ServiceLoader.load(WeaveModule.class).forEach(modules::add);
        try {
            context = new AgentContext(gate, null, installer.coverage(), true);
            installer.install(context, modules);
        } catch (Exception e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
