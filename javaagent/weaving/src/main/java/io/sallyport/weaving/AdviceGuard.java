package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.core.command.Caller;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.RefusedException;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a woven call whose advice fails. Two failures are the agent's own:
 *
 * <ul>
 *   <li>a version of the library lacks a class or a member. The JVM says so by a {@link LinkageError} when that line of the advice is first
 *       reached, long after the class was woven. The coverage names the advice.
 *   <li>the advice has a defect, and ends by a {@link RuntimeException}.
 * </ul>
 *
 * Where the policy enforces, the call is refused the way its callers know; where it observes, the call goes on as if nothing were woven there.
 * What code of the application or of the library throws, which the advice runs, is its caller's.
 */
final class AdviceGuard {

    private static final MethodHandle UNLINKED = handler("unlinked", LinkageError.class);
    private static final MethodHandle FAILED = handler("failed", RuntimeException.class);

    private final Gate gate;
    private final WovenCoverage coverage;

    AdviceGuard(Gate gate, WovenCoverage coverage) {
        this.gate = gate;
        this.coverage = coverage;
    }

    /** @param type woven class, by name */
    record Site(WeaveModule module, String type, String advice) {}

    /**
     * @param unchanged number of the parameter that the guarded advice returns in place of its own result; negative for {@code null} or 0
     * @param refused what is returned in place of a refusal, which is its first argument; {@code null} where that is thrown
     */
    MethodHandle over(MethodHandle advice, Site site, int unchanged, @Nullable MethodHandle refused) {
        MethodHandle guarded = over(advice, site, unchanged);
        return refused == null ? guarded : MethodHandles.catchException(guarded, IOException.class, refused);
    }

    private MethodHandle over(MethodHandle advice, Site site, int unchanged) {
        MethodType type = advice.type();
        MethodHandle unwoven = unchanged < 0
                ? MethodHandles.empty(type)
                : MethodHandles.permuteArguments(
                                MethodHandles.identity(type.parameterType(unchanged)),
                                type.changeReturnType(type.parameterType(unchanged)),
                                unchanged)
                        .asType(type);
        MethodHandle guarded = caught(advice, LinkageError.class, UNLINKED, site, unwoven);
        return site.module().idiom() != WeaveModule.Idiom.OBSERVE
                ? caught(guarded, RuntimeException.class, FAILED, site, unwoven)
                : guarded;
    }

    private MethodHandle caught(
            MethodHandle advice,
            Class<? extends Throwable> failure,
            MethodHandle handler,
            Site site,
            MethodHandle unwoven) {
        return MethodHandles.catchException(
                advice,
                failure,
                MethodHandles.foldArguments(
                        MethodHandles.dropArguments(unwoven, 0, failure),
                        MethodHandles.insertArguments(handler, 0, this, site)));
    }

    /** Returns where the call may go on. */
    @SuppressWarnings("unused") // by its handle
    private void unlinked(Site site, LinkageError error) throws Throwable {
        if (origin(error) == null) {
            throw error;
        }
        String what = "what " + site.advice() + " needs is not in this version: " + error;
        coverage.refused(site.module().name(), site.type(), what);
        refuse(
                site,
                "version",
                "this version of the library lacks what the agent needs to mediate it (" + error
                        + "). Use a version that Sallyport supports");
    }

    /** The same; a defect in one call says nothing of others. */
    @SuppressWarnings("unused") // by its handle
    private void failed(Site site, RuntimeException defect) throws Throwable {
        String origin = origin(defect);
        if (origin == null) {
            throw defect;
        }
        // Without its message, which may hold anything.
        refuse(
                site,
                "defect",
                "the agent could not mediate this call: " + defect.getClass().getName() + " in " + origin + ", for "
                        + site.advice());
    }

    private void refuse(Site site, String check, String message) throws Throwable {
        if (site.module().idiom() == WeaveModule.Idiom.OBSERVE) {
            return;
        }
        try {
            gate.refuse(command(site), check, message);
        } catch (RefusedException refused) {
            throw SallyportGate.refusal(
                    ClassLoader.getPlatformClassLoader(),
                    site.module().idiom().argument(),
                    refused.refusal().describe());
        }
    }

    /** Where in the agent a failure has its origin; {@code null} where code of the application or a library ran inside the advice. */
    private static @Nullable String origin(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            String name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.")) {
                return name.startsWith("io.sallyport.") ? name + ":" + frame.getLineNumber() : null;
            }
        }
        // The JVM leaves out the trace of what it throws often; of others it is left out by who makes them.
        return failure.getClass().getClassLoader() == null ? "unknown" : null;
    }

    private static ConnectCommand command(Site site) {
        Target.Protocol protocol =
                site.module().idiom() == WeaveModule.Idiom.SQL ? Target.Protocol.JDBC : Target.Protocol.HTTP;
        String name = site.module().name();
        Target target = new Target(protocol, name, List.of(), "", name + "://" + site.type());
        return new ConnectCommand(target, name, Caller.ofCurrentThread(), Map.of(), "");
    }

    private static MethodHandle handler(String name, Class<? extends Throwable> failure) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(AdviceGuard.class, name, MethodType.methodType(void.class, Site.class, failure));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
