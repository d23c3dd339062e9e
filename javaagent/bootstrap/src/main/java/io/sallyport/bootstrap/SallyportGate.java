package io.sallyport.bootstrap;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The one door between woven code and the agent.
 *
 * <p>Woven methods call advice through {@code invokedynamic}; {@link #link} resolves such a call site to the advice method in the
 * agent's own loader. A site that cannot be linked gets a handle that throws the refusal which the woven method's callers already
 * handle ({@code SQLException}, {@code IOException}): never a no-op, which would be a hole, and never a
 * {@link BootstrapMethodError}, which nobody catches. The one exception are call sites that only observe and return nothing: there
 * is no decision that could be missed, so they do nothing.
 */
public final class SallyportGate {

    /** State of a carrier that has nothing to mask; woven getters compare with it and go on. */
    public static final Object NOTHING = new Object();

    /**
     * State of a carrier whose reader ended by an {@link Error} (a stack overflow, a thread that was stopped): what it knew of who reads may be wrong
     * from then on, so that nothing is shown any more.
     */
    public static final Object SPOILT = new Object();

    private static Object key;
    private static volatile MethodHandle linker;
    private static volatile SallyportReader undecided;
    private static volatile Object context;

    private SallyportGate() {}

    /** Hands out the key, once; later callers are turned away. The agent claims it before application code runs. */
    public static synchronized Object claim() {
        if (key != null) {
            throw new IllegalStateException("the gate has an owner");
        }
        key = new Object();
        return key;
    }

    /** Whether {@code candidate} is the agent's key. */
    public static boolean isKey(Object candidate) {
        return candidate != null && candidate == key;
    }

    /** Connects the gate; only with the key. {@code linker} has the signature of {@link #link}, with an {@code Object[]}. */
    public static void connect(Object withKey, MethodHandle newLinker, Object newContext) {
        demand(withKey);
        context = newContext;
        linker = newLinker;
    }

    /** Sets who decides about carriers whose state is still {@code null}; only with the key. */
    public static void undecided(Object withKey, SallyportReader reader) {
        demand(withKey);
        undecided = reader;
    }

    /** The agent's context; only with the key. */
    public static Object context(Object withKey) {
        demand(withKey);
        return context;
    }

    private static void demand(Object withKey) {
        if (!isKey(withKey)) {
            throw new SecurityException("the gate opens for its own agent only");
        }
    }

    /**
     * Bootstrap method of every woven call site. The first of {@code arguments} names the refusal idiom ({@code sql},
     * {@code io} or {@code observe}), the others are the linker's.
     */
    public static CallSite link(MethodHandles.Lookup caller, String name, MethodType type, Object... arguments) {
        Throwable cause;
        try {
            MethodHandle l = linker;
            if (l != null) {
                return (CallSite) l.invokeExact(caller, name, type, arguments);
            }
            cause = new IllegalStateException("the agent is not connected");
        } catch (Throwable t) {
            cause = t;
        }
        String idiom = arguments.length > 0 ? String.valueOf(arguments[0]) : "io";
        if (idiom.equals("observe") && type.returnType() == void.class) {
            return new ConstantCallSite(MethodHandles.empty(type));
        }
        return new ConstantCallSite(refusal(caller.lookupClass().getClassLoader(), idiom, type, String.valueOf(cause)));
    }

    /** A handle of any type that throws a fresh refusal each time it is called. */
    static MethodHandle refusal(ClassLoader loader, String idiom, MethodType type, String cause) {
        try {
            MethodHandle make = MethodHandles.lookup()
                    .findStatic(
                            SallyportGate.class,
                            "newRefusal",
                            MethodType.methodType(Throwable.class, ClassLoader.class, String.class, String.class));
            make = MethodHandles.insertArguments(make, 0, loader, idiom, cause);
            MethodHandle thrower = MethodHandles.throwException(type.returnType(), Throwable.class);
            MethodHandle both = MethodHandles.foldArguments(thrower, make);
            return MethodHandles.dropArguments(both, 0, type.parameterList());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build a refusal", e);
        }
    }

    private static Throwable newRefusal(ClassLoader loader, String idiom, String cause) {
        return refusal(
                loader,
                idiom,
                "Refused by Sallyport: this call could not be connected to the agent and is closed (" + cause + ")");
    }

    /**
     * What callers of woven methods handle, for a refusal that is no module's.
     *
     * @param loader sees {@code java.sql}, which is not visible from java.base
     * @param idiom {@code sql}, or anything else for calls that throw {@code IOException}
     */
    public static Throwable refusal(ClassLoader loader, String idiom, String message) {
        if (idiom.equals("sql")) {
            try {
                return (Throwable) Class.forName("java.sql.SQLException", true, loader)
                        .getConstructor(String.class, String.class)
                        .newInstance(message, "42501");
            } catch (ReflectiveOperationException e) {
                return new IllegalStateException(message, e);
            }
        }
        // OkHttp tries again, without end, for any other IOException.
        return new java.net.ProtocolException(message);
    }

    /** Slow path of a woven getter's entry; see {@link SallyportReader#enter(Object, Object)}. */
    public static SallyportReader enter(Object carrier, Object state, Object column) {
        return reader(state).enter(carrier, column);
    }

    /** The same for a getter that takes more than the column; see {@link SallyportReader#enterAsking}. */
    public static SallyportReader enterAsking(Object carrier, Object state, Object column) {
        return reader(state).enterAsking(carrier, column);
    }

    /** The same for a getter that takes an index; see {@link SallyportReader#enter(Object, int)}. */
    public static SallyportReader enter(Object carrier, Object state, int column) {
        return reader(state).enter(carrier, column);
    }

    private static SallyportReader reader(Object state) {
        SallyportReader reader = state instanceof SallyportReader r ? r : undecided;
        if (reader == null) {
            throw new IllegalStateException("Refused by Sallyport: a result was read before the agent was connected");
        }
        return reader;
    }
}
