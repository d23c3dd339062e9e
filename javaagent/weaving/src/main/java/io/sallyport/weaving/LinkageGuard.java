package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.core.command.Caller;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.RefusedException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a woven call whose advice meets a version of the library that lacks a class or a member: the JVM says so by a {@link
 * LinkageError} when that line of the advice is first reached, long after the class was woven. Where the policy enforces, the call is refused
 * the way its callers know; where it observes, the call goes on as if nothing were woven there. The coverage names the advice either way.
 *
 * <p>Only advice that is defined next to a library is guarded: nothing else names what a version may lack.
 */
final class LinkageGuard {

    private static final MethodHandle UNLINKED = unlinked();

    private final Gate gate;
    private final WovenCoverage coverage;

    LinkageGuard(Gate gate, WovenCoverage coverage) {
        this.gate = gate;
        this.coverage = coverage;
    }

    /** @param type woven class, by name */
    record Site(WeaveModule module, String type, String advice) {}

    /** @param unchanged number of the parameter that the guarded advice returns in place of its own result; negative for {@code null} or 0 */
    MethodHandle over(MethodHandle advice, Site site, int unchanged) {
        MethodType type = advice.type();
        MethodHandle unwoven = unchanged < 0
                ? MethodHandles.empty(type)
                : MethodHandles.permuteArguments(
                                MethodHandles.identity(type.parameterType(unchanged)),
                                type.changeReturnType(type.parameterType(unchanged)),
                                unchanged)
                        .asType(type);
        MethodHandle handler = MethodHandles.foldArguments(
                MethodHandles.dropArguments(unwoven, 0, LinkageError.class),
                MethodHandles.insertArguments(UNLINKED, 0, this, site));
        return MethodHandles.catchException(advice, LinkageError.class, handler);
    }

    /** Returns where the call may go on. */
    @SuppressWarnings("unused") // by its handle
    private void unlinked(Site site, LinkageError error) throws Throwable {
        if (!isOurs(error)) {
            // Code of the application ran inside the advice: its error is its caller's.
            throw error;
        }
        String what = "what " + site.advice() + " needs is not in this version: " + error;
        coverage.refused(site.module().name(), site.type(), what);
        if (site.module().idiom() == WeaveModule.Idiom.OBSERVE) {
            return;
        }
        try {
            gate.refuse(
                    command(site),
                    "version",
                    "this version of the library lacks what the agent needs to mediate it (" + error
                            + "). Use a version that Sallyport supports");
        } catch (RefusedException refused) {
            throw SallyportGate.refusal(
                    ClassLoader.getPlatformClassLoader(),
                    site.module().idiom().argument(),
                    refused.refusal().describe());
        }
    }

    private static boolean isOurs(LinkageError error) {
        for (StackTraceElement frame : error.getStackTrace()) {
            String name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("jdk.")) {
                return name.startsWith("io.sallyport.");
            }
        }
        return true;
    }

    private static ConnectCommand command(Site site) {
        Target.Protocol protocol =
                site.module().idiom() == WeaveModule.Idiom.SQL ? Target.Protocol.JDBC : Target.Protocol.HTTP;
        String name = site.module().name();
        Target target = new Target(protocol, name, List.of(), "", name + "://" + site.type());
        return new ConnectCommand(target, name, Caller.ofCurrentThread(), Map.of(), "");
    }

    private static MethodHandle unlinked() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(
                            LinkageGuard.class,
                            "unlinked",
                            MethodType.methodType(void.class, Site.class, LinkageError.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
