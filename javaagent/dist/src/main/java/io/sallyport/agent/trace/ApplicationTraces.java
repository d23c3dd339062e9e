package io.sallyport.agent.trace;

import io.sallyport.core.record.TraceContext;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learns of tracing and logging classes as the application loads them, in whatever class loader, and asks them on the thread that makes a
 * call. Thread-safe. Where no such class was loaded it costs one read of a field.
 */
public final class ApplicationTraces implements TraceContext, ClassFileTransformer {

    /** More class loaders than that have the same library only where an application leaks them. */
    private static final int MOST = 16;

    private volatile Library[] libraries = {};

    private final @Nullable String configuredReason;

    ApplicationTraces(@Nullable String configuredReason) {
        this.configuredReason = configuredReason;
    }

    /**
     * Watches from now on; of what was loaded before it learns too.
     *
     * @param configuredReason why this process does what it does, where the logging context does not say better
     */
    public static ApplicationTraces watching(Instrumentation instrumentation, @Nullable String configuredReason) {
        ApplicationTraces traces = new ApplicationTraces(configuredReason);
        instrumentation.addTransformer(traces);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            String name = loaded.getName();
            if (name.endsWith("Span") || name.endsWith("MDC")) {
                traces.loaded(loaded.getClassLoader(), name);
            }
        }
        return traces;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (name != null && redefined == null && (name.endsWith("/Span") || name.endsWith("/MDC"))) {
            loaded(loader, name.replace('/', '.'));
        }
        return null;
    }

    synchronized void loaded(@Nullable ClassLoader loader, String name) {
        Library library = Library.of(loader, name);
        if (library == null) {
            return;
        }
        List<Library> known = new ArrayList<>(Arrays.asList(libraries));
        known.removeIf(Library::isGone);
        if (known.size() < MOST && known.stream().noneMatch(library::isSame)) {
            known.add(library);
            libraries = known.toArray(new Library[0]);
        }
    }

    @Override
    public @Nullable String traceId() {
        for (Library library : libraries) {
            String id = library.traceId();
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    @Override
    public @Nullable String user() {
        for (Library library : libraries) {
            String user = library.user();
            if (user != null) {
                return user;
            }
        }
        return null;
    }

    @Override
    public @Nullable String reason() {
        for (Library library : libraries) {
            String reason = library.reason();
            if (reason != null) {
                return reason;
            }
        }
        return configuredReason;
    }
}
