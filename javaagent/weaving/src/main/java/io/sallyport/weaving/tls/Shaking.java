package io.sallyport.weaving.tls;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whose code makes the handshake that this thread is in: what lies right above the JDK's TLS, so that nobody's verifier is taken for another's. */
public final class Shaking {

    /** TLS itself and how it is called into, and the agent. */
    private static final String[] BETWEEN = {"java.", "javax.", "sun.security.", "io.sallyport."};

    private Shaking() {}

    /** Name of a class; {@code null} where TLS goes on by itself, on a thread of its engine's, say. */
    public static @Nullable String nearest() {
        return StackWalker.getInstance().walk(Shaking::nearest);
    }

    private static @Nullable String nearest(Stream<StackWalker.StackFrame> frames) {
        return frames.map(StackWalker.StackFrame::getClassName)
                .filter(Shaking::isAbove)
                .findFirst()
                .orElse(null);
    }

    private static boolean isAbove(String className) {
        for (String prefix : BETWEEN) {
            if (className.startsWith(prefix)) {
                return false;
            }
        }
        return true;
    }
}
