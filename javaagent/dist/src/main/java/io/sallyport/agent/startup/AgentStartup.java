package io.sallyport.agent.startup;

import io.sallyport.weaving.tls.TrustedRoots;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first class that runs in the agent loader: bootstrap classes, options, governance, weaving, canary, in this order.
 *
 * <p>Whatever is thrown from here, {@code SallyportAgent} turns into one plain line and, where enforcement was asked for, the end
 * of the JVM.
 */
public final class AgentStartup {

    private AgentStartup() {}

    /** Called by reflection from the system loader, before the application runs. */
    public static void start(Instrumentation instrumentation, @Nullable String arguments)
            throws IOException, IllegalAccessException {
        start(instrumentation, arguments, TrustedRoots::atLaunch);
    }

    /** The same in a process whose application runs. */
    public static void attach(Instrumentation instrumentation, @Nullable String arguments)
            throws IOException, IllegalAccessException {
        start(instrumentation, arguments, TrustedRoots::attached);
    }

    private static void start(
            Instrumentation instrumentation, @Nullable String arguments, Supplier<TrustedRoots> platform)
            throws IOException, IllegalAccessException {
        BootstrapClasses.define(instrumentation);
        preload();
        AgentOptions options = AgentOptions.parse(arguments);
        Beside<Governance> governance = Beside.start("sallyport-policy", () -> Governance.of(options));
        RunningAgent.launch(instrumentation, governance, options, platform.get())
                .start();
    }

    /**
     * Initialises what the transformer's path needs before the transformer runs: a class that is first loaded inside a
     * transformation ends in a ClassCircularityError, and for good.
     */
    private static void preload() {
        ThreadLocalRandom.current();
        MethodHandles.lookup();
    }
}
