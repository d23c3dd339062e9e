package io.sallyport.http.urlconnection;

import java.lang.StackWalker.StackFrame;
import java.util.Set;

/**
 * The JDK's own fetches of OCSP answers and CRLs (RFC 6960, RFC 5280): part of a TLS handshake that is itself governed, and in
 * plain text by design, since their content is signed.
 */
final class RevocationCheck {

    /** Deeper than the frames of a URL connection between its caller and this check. */
    private static final int NEAR = 24;

    /** Most are no deeper than this, which the JVM fetches at once. */
    private static final int USUAL_DEPTH = 16;

    private static final StackWalker WALKER =
            StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), USUAL_DEPTH);

    private RevocationCheck() {}

    static boolean inProgress() {
        return WALKER.walk(frames -> frames.limit(NEAR)
                .filter(frame -> !carries(frame.getClassName()))
                .findFirst()
                .map(RevocationCheck::isTheJdks)
                .orElse(false));
    }

    private static boolean carries(String name) {
        return name.startsWith("sun.net.www.") || name.startsWith("io.sallyport.") || name.startsWith("java.net.");
    }

    /** By its module: a loader of the application may define a package of any name. */
    private static boolean isTheJdks(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        return type.getPackageName().startsWith("sun.security.provider.certpath")
                && type.getModule() == Object.class.getModule();
    }
}
