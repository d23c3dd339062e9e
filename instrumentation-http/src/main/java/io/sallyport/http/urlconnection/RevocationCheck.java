package io.sallyport.http.urlconnection;

/**
 * The JDK's own fetches of OCSP answers and CRLs (RFC 6960, RFC 5280): part of a TLS handshake that is itself governed, and in
 * plain text by design, since their content is signed.
 */
final class RevocationCheck {

    private static final StackWalker WALKER = StackWalker.getInstance();

    /** Deeper than the frames of a URL connection between its caller and this check. */
    private static final int NEAR = 24;

    private RevocationCheck() {}

    static boolean inProgress() {
        return WALKER.walk(frames -> frames.limit(NEAR)
                .filter(frame -> !frame.getClassName().startsWith("sun.net.www.")
                        && !frame.getClassName().startsWith("io.sallyport.")
                        && !frame.getClassName().startsWith("java.net."))
                .findFirst()
                .map(frame -> frame.getClassName().startsWith("sun.security.provider.certpath."))
                .orElse(false));
    }
}
