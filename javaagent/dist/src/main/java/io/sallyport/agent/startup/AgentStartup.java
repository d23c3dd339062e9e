package io.sallyport.agent.startup;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

public final class AgentStartup {
    private AgentStartup() {}

    public static void start(Instrumentation instrumentation, @Nullable String arguments) throws Exception {
        BootstrapClasses.define(instrumentation);
    }
}
