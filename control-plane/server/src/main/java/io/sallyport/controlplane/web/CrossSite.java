package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites from logging a browser in under a name that they chose (login CSRF), where no session and thus no CSRF value is there yet. The
 * ways through identity providers are bound to the browser that began them by {@link SignInRoutes#COOKIE}.
 */
final class CrossSite {

    private static final Set<String> OWN = Set.of("same-origin", "none");

    /**
     * Takes JSON only, which a page of another origin cannot send without being asked back (Fetch, CORS-safelisted request-header), and nothing
     * that a browser says comes from elsewhere. What is no browser says nothing about that.
     *
     * @throws Problem 415 for another type of body, 403 for another site's request
     */
    static void refuse(Context request) {
        if (!isOwn(request)) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "this request comes from another site's page; open the control plane itself to log in");
        }
        String type = request.contentType();
        if (type == null
                || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw new Problem(Problem.Kind.UNSUPPORTED, "send this as Content-Type: application/json");
        }
    }

    /** The browser's own judgement (Fetch Metadata) goes before the names, which a proxy between may have changed. */
    private static boolean isOwn(Context request) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null) {
            return OWN.contains(site);
        }
        @Nullable String origin = request.header("Origin");
        return origin == null || origin.equalsIgnoreCase("https://" + request.header("Host"));
    }

    private CrossSite() {}
}
