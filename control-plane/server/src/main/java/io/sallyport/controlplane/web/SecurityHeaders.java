package io.sallyport.controlplane.web;

import io.javalin.http.Context;

/**
 * Headers of every answer. No Strict-Transport-Security: it would also bind the plain-HTTP ports of other programs on
 * {@code localhost}, and this port speaks nothing but TLS.
 */
final class SecurityHeaders {

    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';" + " frame-ancestors 'none'";

    static void add(Context request) {
        request.header("Content-Security-Policy", POLICY);
        request.header("X-Content-Type-Options", "nosniff");
        request.header("X-Frame-Options", "DENY");
        request.header("Referrer-Policy", "no-referrer");
        request.header("Cross-Origin-Opener-Policy", "same-origin");
        request.header("Cross-Origin-Resource-Policy", "same-origin");
        request.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        request.header("Cache-Control", "no-store");
    }

    private SecurityHeaders() {}
}
