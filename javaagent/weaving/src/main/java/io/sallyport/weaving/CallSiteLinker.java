package io.sallyport.weaving;

import java.io.IOException;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a woven call site to its advice method. What it throws, {@link io.sallyport.bootstrap.SallyportGate#link} turns into a
 * call site that refuses; the failure is reported as an alarm.
 */
final class CallSiteLinker {

    private static final int STRAIGHT = 3;

    private final Map<String, Home> modules = new HashMap<>();
    private final WovenCoverage coverage;
    private final AdviceLibrary library;
    private final AdviceGuard guard;

    /** Where the advice of a module is loaded. */
    private record Home(WeaveModule module, ModuleLoaders loaders) {}

    CallSiteLinker(
            List<WeaveModule> modules,
            ClassLoader agent,
            WovenCoverage coverage,
            AdviceLibrary library,
            AdviceGuard guard) {
        this.coverage = coverage;
        this.library = library;
        this.guard = guard;
        for (WeaveModule m : modules) {
            this.modules.put(m.name(), new Home(m, new ModuleLoaders(agent, m.libraryPackages())));
        }
    }

    /** This linker as the handle that the gate expects. */
    MethodHandle handle() throws ReflectiveOperationException {
        MethodType type = MethodType.methodType(
                CallSite.class, MethodHandles.Lookup.class, String.class, MethodType.class, Object[].class);
        return MethodHandles.lookup()
                .findVirtual(CallSiteLinker.class, "link", type)
                .bindTo(this);
    }

    /** @param arguments refusal idiom, module name, advice class name; a fourth names the field of a {@link StraightCalls straight call} */
    CallSite link(MethodHandles.Lookup caller, String method, MethodType type, Object[] arguments) throws Throwable {
        String module = (String) arguments[1];
        String advice = (String) arguments[2];
        try {
            if (arguments.length > STRAIGHT) {
                return straight(caller, method, (String) arguments[STRAIGHT], type);
            }
            Home home = modules.get(module);
            if (home == null) {
                throw new IllegalStateException("no module named " + module);
            }
            Class<?> owner = home.loaders().load(advice, caller.lookupClass().getClassLoader());
            MethodHandle called = MethodHandles.publicLookup().findStatic(owner, method, type);
            return new ConstantCallSite(
                    owner.getClassLoader() instanceof ModuleLoader
                                    || home.module().idiom() != WeaveModule.Idiom.OBSERVE
                            ? guard.over(
                                    called,
                                    new AdviceGuard.Site(
                                            home.module(), caller.lookupClass().getName(), advice + "." + method),
                                    library.advice(advice).unchanged(method),
                                    refused(owner, method, type))
                            : called);
        } catch (Throwable t) {
            coverage.refused(module, caller.lookupClass().getName(), "cannot link " + advice + "." + method + ": " + t);
            throw t;
        }
    }

    /** How a call is refused whose callers do not expect that it throws; {@code null} where they do: see {@link Weave#call}. */
    private static @Nullable MethodHandle refused(Class<?> advice, String method, MethodType type)
            throws IllegalAccessException {
        String name = method.equals("enter") ? "refusedEnter" : "refusedExit";
        try {
            return MethodHandles.publicLookup()
                    .findStatic(advice, name, type.insertParameterTypes(0, IOException.class));
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    /** A class of the library's name that came from elsewhere (another loader, another jar) gets the guarded getter. */
    private static CallSite straight(MethodHandles.Lookup caller, String getter, String field, MethodType type)
            throws ReflectiveOperationException {
        Class<?> owner = type.parameterType(0);
        return new ConstantCallSite(
                isFromOnePlace(owner, caller.lookupClass())
                        ? field(caller, owner, field).asType(type)
                        : caller.findVirtual(owner, getter, type.dropParameterTypes(0, 1)));
    }

    /** Declared by {@code owner} or by a superclass of its from the same place. */
    private static MethodHandle field(MethodHandles.Lookup caller, Class<?> owner, String name)
            throws ReflectiveOperationException {
        Class<?> declaring = owner;
        while (Arrays.stream(declaring.getDeclaredFields())
                .noneMatch(f -> f.getName().equals(name))) {
            declaring = declaring.getSuperclass();
            if (declaring == null || !isFromOnePlace(declaring, caller.lookupClass())) {
                throw new NoSuchFieldException(owner.getName() + "." + name);
            }
        }
        return MethodHandles.privateLookupIn(declaring, caller).unreflectGetter(declaring.getDeclaredField(name));
    }

    private static boolean isFromOnePlace(Class<?> one, Class<?> other) {
        return one.getClassLoader() == other.getClassLoader()
                && one.getProtectionDomain() == other.getProtectionDomain();
    }
}
