package io.sallyport.agent.trace;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A tracing or logging library in one class loader of the application. Thread-safe. */
final class Library {

    /** OpenTelemetry's API, and the copy that its Java agent keeps on the bootstrap path. */
    private static final String SPAN = "io.opentelemetry.api.trace.Span";

    private static final String AGENTS_SPAN = "io.opentelemetry.javaagent.shaded." + SPAN;

    /** Put together at run time: in the packaged agent the name as one text would be that of its own copy. */
    private static final String MDC = String.join(".", "org", "slf4j", "MDC");

    /** Longest text that is taken from an application. */
    private static final int MOST = 200;

    private static final String[] TRACE_KEYS = {"trace_id", "traceId"};

    /** The name that OpenTelemetry's conventions give it. */
    private static final String USER_KEY = "enduser.id";

    private static final String REASON_KEY = "sallyport.reason";

    /** Kept by the class itself, as it must be able to go when its application does. */
    private static final ClassValue<MethodHandle> QUESTIONS = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            try {
                return question(type);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    private final WeakReference<@Nullable ClassLoader> loader;
    private final boolean bootstrap;
    private final String name;
    private volatile WeakReference<@Nullable Class<?>> type = new WeakReference<>(null);
    private volatile boolean unusable;

    private Library(@Nullable ClassLoader loader, String name) {
        this.loader = new WeakReference<>(loader);
        this.bootstrap = loader == null;
        this.name = name;
    }

    /** @return {@code null} for a class that is none of those that are asked */
    static @Nullable Library of(@Nullable ClassLoader loader, String name) {
        return name.equals(SPAN) || name.equals(MDC) || name.equals(AGENTS_SPAN) ? new Library(loader, name) : null;
    }

    boolean isSame(Library other) {
        return name.equals(other.name) && bootstrap == other.bootstrap && loader.get() == other.loader.get();
    }

    @Nullable
    String traceId() {
        if (!name.equals(MDC)) {
            return valid(ask(null));
        }
        for (String key : TRACE_KEYS) {
            String id = valid(ask(key));
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    @Nullable
    String user() {
        return text(USER_KEY);
    }

    @Nullable
    String reason() {
        return text(REASON_KEY);
    }

    private @Nullable String text(String key) {
        String text = name.equals(MDC) ? ask(key) : null;
        return text == null || text.isBlank() || text.length() > MOST ? null : text;
    }

    /** 16 (as B3 has them) to 32 hex digits, not all of them zero. */
    private static @Nullable String valid(@Nullable String id) {
        if (id == null || id.length() < 16 || id.length() > 32) {
            return null;
        }
        boolean nothing = true;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (Character.digit(c, 16) < 0 || c > 'f') {
                return null;
            }
            nothing &= c == '0';
        }
        return nothing ? null : id;
    }

    /** It is the application's code that runs here, and whatever it throws is not the call's concern. */
    private @Nullable String ask(@Nullable String key) {
        if (unusable) {
            return null;
        }
        try {
            Class<?> known = type.get();
            if (known == null) {
                known = find();
                type = new WeakReference<>(known);
            }
            MethodHandle question = QUESTIONS.get(known);
            return key == null ? (String) question.invokeExact() : (String) question.invokeExact(key);
        } catch (Throwable broken) {
            unusable = true;
            return null;
        }
    }

    private Class<?> find() throws ClassNotFoundException {
        ClassLoader from = loader.get();
        if (from == null && !bootstrap) {
            throw new ClassNotFoundException(name);
        }
        return Class.forName(name, false, from);
    }

    /** Whether the application that loaded it is gone. */
    boolean isGone() {
        return !bootstrap && loader.get() == null;
    }

    private static MethodHandle question(Class<?> type) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        if (type.getName().equals(MDC)) {
            return lookup.findStatic(type, "get", MethodType.methodType(String.class, String.class));
        }
        Class<?> context = Class.forName(type.getPackageName() + ".SpanContext", false, type.getClassLoader());
        MethodHandle current = lookup.findStatic(type, "current", MethodType.methodType(type));
        MethodHandle ofSpan = lookup.findVirtual(type, "getSpanContext", MethodType.methodType(context));
        MethodHandle ofContext = lookup.findVirtual(context, "getTraceId", MethodType.methodType(String.class));
        return MethodHandles.filterReturnValue(MethodHandles.filterReturnValue(current, ofSpan), ofContext);
    }
}
