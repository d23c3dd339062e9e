package io.sallyport.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/**
 * Entry points of {@code sallyport-agent.jar}: {@code -javaagent} ({@link #premain}), attaching ({@link #agentmain}) and the
 * command line ({@link #main}). Each of them hands over to a class in the isolated agent loader.
 */
public final class SallyportAgent {

    /** Exit code of a JVM whose agent was asked to enforce and could not start (sysexits.h EX_CONFIG). */
    public static final int EXIT_CANNOT_ENFORCE = 78;

    private SallyportAgent() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        if (JdkTool.runsHere()) {
            return;
        }
        start(arguments, instrumentation);
    }

    /** A process that runs already is not stopped because the agent cannot start: whoever attached it is told. */
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        try {
            launch("attach", arguments, instrumentation);
        } catch (Throwable t) {
            System.err.println("sallyport: cannot be attached; this JVM runs as before: " + cause(t));
            throw new IllegalStateException(cause(t));
        }
    }

    public static void main(String[] arguments) throws Exception {
        try {
            inAgentLoader("io.sallyport.agent.cli.CommandLine")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception x ? x : e;
        }
    }

    private static void start(String arguments, Instrumentation instrumentation) {
        try {
            launch("start", arguments, instrumentation);
        } catch (Throwable t) {
            failed(t, arguments);
        }
    }

    private static void launch(String how, String arguments, Instrumentation instrumentation) throws Throwable {
        try {
            inAgentLoader("io.sallyport.agent.startup.AgentStartup")
                    .getMethod(how, Instrumentation.class, String.class)
                    .invoke(null, instrumentation, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static String cause(Throwable t) {
        return t.getMessage() == null ? t.toString() : t.getMessage();
    }

    private static Class<?> inAgentLoader(String name) throws Exception {
        File jar = new File(SallyportAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Class.forName(name, true, new AgentClassLoader(jar));
    }

    /** Halts where enforcement was asked for: an exception out of premain would end in a native crash dump instead. */
    private static void failed(Throwable t, String arguments) {
        String cause = cause(t);
        if (enforcementWanted(arguments)) {
            System.err.println("sallyport: cannot start, so this JVM is stopped: " + cause);
            Runtime.getRuntime().halt(EXIT_CANNOT_ENFORCE);
        }
        System.err.println("sallyport: cannot start; this JVM runs UNPROTECTED: " + cause);
    }

    /** Any policy or control-plane option means that calls must not run ungoverned. */
    private static boolean enforcementWanted(String arguments) {
        return (arguments != null && !arguments.isBlank())
                || set("SALLYPORT_CONTROL_PLANE", "sallyport.control-plane")
                || set("SALLYPORT_POLICY", "sallyport.policy")
                || set("SALLYPORT_TOKEN_FILE", "sallyport.token-file");
    }

    private static boolean set(String environment, String property) {
        return System.getenv(environment) != null || System.getProperty(property) != null;
    }
}
