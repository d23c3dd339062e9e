package io.sallyport.agent.startup;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Defines the bootstrap classes straight into {@code java.base}, package {@code java.lang} (see the bootstrap module for why).
 * {@code java.lang} is opened to the agent loader's module only.
 */
final class BootstrapClasses {

    /** In the order of their dependencies. */
    private static final List<String> NAMES = List.of("SallyportState", "SallyportReader", "SallyportGate");

    private BootstrapClasses() {}

    /** @throws StartupException when another Sallyport agent runs in this process already */
    static void define(Instrumentation instrumentation) throws IOException, IllegalAccessException {
        Module agent = BootstrapClasses.class.getModule();
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(agent)), Set.of(), Map.of());
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
        for (String name : NAMES) {
            try (InputStream in = BootstrapClasses.class.getResourceAsStream("/boot/" + name + ".classdata")) {
                if (in == null) {
                    throw new StartupException("the agent jar is damaged: boot/" + name + " is missing");
                }
                lookup.defineClass(in.readAllBytes());
            } catch (LinkageError e) {
                throw new StartupException("a Sallyport agent runs in this process already", e);
            }
        }
    }
}
