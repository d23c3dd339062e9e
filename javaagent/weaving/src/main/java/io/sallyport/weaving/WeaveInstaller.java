package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.weaving.match.Types;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/** Installs the class file transformer of all modules and connects the bootstrap gate. */
public final class WeaveInstaller {

    private final Instrumentation instrumentation;
    private final ClassLoader agent = WeaveInstaller.class.getClassLoader();
    private final WovenCoverage coverage = new WovenCoverage();
    private final Types.Platform platform = new Types.Platform();
    private final AdviceLibrary advice = new AdviceLibrary(agent);

    public WeaveInstaller(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** What is woven so far; needed to build the {@link AgentContext} that {@link #install} takes. */
    public Coverage coverage() {
        return coverage;
    }

    /**
     * Weaves a class of each module's canary in memory, to no other effect than that the weaver's own classes are loaded. Half of the
     * agent's start-up, and it needs no policy: it can be done beside reading one.
     */
    public void rehearse(List<WeaveModule> modules) {
        for (WeaveModule m : modules) {
            String type = m.rehearsal();
            if (type != null) {
                new ModuleWeaver(m, new WovenCoverage(), platform, advice).rehearse(agent, type);
            }
        }
    }

    /** Connects the gate first and weaves afterwards, so that no woven call finds the gate unconnected. */
    public void install(AgentContext context, List<WeaveModule> modules) {
        try {
            AdviceGuard guard = new AdviceGuard(context.gate(), coverage);
            SallyportGate.connect(
                    BootKey.KEY, new CallSiteLinker(modules, agent, coverage, advice, guard).handle(), context);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build the call site linker", e);
        }
        context.sockets().flawed(coverage::isFlawed);
        List<ModuleWeaver> weavers = new ArrayList<>();
        for (WeaveModule m : modules) {
            weavers.add(new ModuleWeaver(m, coverage, platform, advice));
        }
        List<Loaded> loaded = loaded(weavers);
        instrumentation.addTransformer(new WeavingTransformer(weavers), true);
        for (Loaded l : loaded) {
            retransform(l.weaver, l.type);
        }
    }

    /** A class that was there before the agent, and who weaves it. */
    private record Loaded(ModuleWeaver weaver, Class<?> type) {}

    private List<Loaded> loaded(List<ModuleWeaver> weavers) {
        List<Loaded> loaded = new ArrayList<>();
        for (Class<?> c : instrumentation.getAllLoadedClasses()) {
            if (c.isInterface() || c.isArray() || OwnLoaders.contains(c.getClassLoader())) {
                continue;
            }
            for (ModuleWeaver w : weavers) {
                if (w.mayWeaveLoaded(c) && instrumentation.isModifiableClass(c)) {
                    w.loadedBefore(c);
                    loaded.add(new Loaded(w, c));
                }
            }
        }
        return loaded;
    }

    private void retransform(ModuleWeaver weaver, Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
        } catch (Throwable t) {
            weaver.failed(type, "loaded before the agent and not changeable: " + t);
        }
    }
}
