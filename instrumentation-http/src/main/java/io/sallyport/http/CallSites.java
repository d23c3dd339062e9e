package io.sallyport.http;

import io.sallyport.core.command.Caller;

/** Finds the application's line that makes a call. */
public final class CallSites {

    private static final StackWalker WALKER = StackWalker.getInstance();

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
        return !(name.startsWith("java.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.")
                || name.startsWith("javax.")
                || name.startsWith("io.sallyport.core.")
                || name.startsWith("io.sallyport.http.")
                || name.startsWith("io.sallyport.weaving."));
    }
}
