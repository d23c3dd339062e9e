package io.sallyport.agent;

/**
 * Tells whether this JVM runs a tool of the JDK ({@code jcmd}, {@code keytool}, {@code javac}), which gets the agent only because
 * of {@code JAVA_TOOL_OPTIONS} and must not notice. Source-launcher mode ({@code java Main.java}) runs application code in the
 * compiler's module and is no tool in this sense.
 */
final class JdkTool {

    private JdkTool() {}

    static boolean runsHere() {
        String module = System.getProperty("jdk.module.main");
        if (module == null) {
            return false;
        }
        String main = System.getProperty("jdk.module.main.class", "");
        if (main.startsWith("com.sun.tools.javac.launcher.")) {
            return false;
        }
        return module.equals("java.base") || module.startsWith("jdk.") || module.equals("java.rmi");
    }
}
