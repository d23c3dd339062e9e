package io.sallyport.http;

import io.sallyport.core.command.Caller;

/** Finds the application's line that makes a call. */
public final class CallSites {

    private static final StackWalker WALKER = StackWalker.getInstance();

    /** The JDK, the agent, and the clients and what rides on them: the line of interest is whose call it is. */
    private static final String[] LIBRARIES = {
        "java.",
        "jdk.",
        "sun.",
        "javax.",
        "kotlin.",
        "kotlinx.",
        "io.sallyport.core.",
        "io.sallyport.http.",
        "io.sallyport.weaving.",
        "okhttp3.",
        "retrofit2.",
        "org.apache.hc.",
        "org.apache.http.",
        "reactor.",
        "io.netty.",
        "org.eclipse.jetty.",
        "org.asynchttpclient.",
        "io.vertx.",
        "org.springframework.",
        "feign.",
        "io.fabric8.",
    };

    private CallSites() {}

    /** The nearest frame outside the JDK and the agent. A walk costs microseconds, little beside a request over a network. */
    public static Caller caller() {
        String site = WALKER.walk(frames -> frames.filter(CallSites::application)
                .findFirst()
                .map(f -> f.getClassName() + "." + f.getMethodName() + ":" + f.getLineNumber())
                .orElse(null));
        return new Caller(Thread.currentThread().getName(), site, false);
    }

    private static boolean application(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        for (String library : LIBRARIES) {
            if (name.startsWith(library)) {
                return false;
            }
        }
        return true;
    }
}
