package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Sessions;
import io.sallyport.controlplane.people.SignInThrottle;
import io.sallyport.controlplane.signin.ExternalPerson;
import io.sallyport.controlplane.signin.OidcProvider;
import io.sallyport.controlplane.signin.PendingSignIn;
import io.sallyport.controlplane.signin.SamlProvider;
import io.sallyport.controlplane.signin.SignIn;
import io.sallyport.controlplane.signin.SignInException;
import io.sallyport.controlplane.signin.SignInSeal;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browser's way to an identity provider and back. Whatever happens ends on the dashboard: logged in, or on the login page with a word
 * that says why not; details are for the audit log, not for whoever holds the browser.
 */
final class SignInRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(SignInRoutes.class);

    /** The prefix binds it to this host and to TLS (RFC 6265bis, section 4.1.3.2). */
    static final String COOKIE = "__Host-sallyport_sign_in";

    private final SignIn signIn;
    private final Sessions sessions;
    /** One of each kind: where a provider is slow to answer, those of the other kind let people in all the same. */
    private final SignInThrottle oidcThrottle;

    private final SignInThrottle samlThrottle;
    private final AuditLog audit;
    private final Database database;

    SignInRoutes(SignIn signIn, Sessions sessions, AuditLog audit, Database database, Clock clock) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.oidcThrottle = new SignInThrottle(clock);
        this.samlThrottle = new SignInThrottle(clock);
        this.audit = audit;
        this.database = database;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.open(HandlerType.GET, "/api/v1/sign-in", request -> request.json(signIn.ways())),
                Endpoint.open(HandlerType.GET, "/sign-in/oidc/{provider}", this::beginOidc),
                Endpoint.open(HandlerType.GET, "/sign-in/oidc/{provider}/callback", this::finishOidc),
                Endpoint.open(HandlerType.GET, "/sign-in/saml/{provider}", this::beginSaml),
                Endpoint.open(HandlerType.POST, "/sign-in/saml/{provider}/acs", this::finishSaml),
                Endpoint.open(
                        HandlerType.GET,
                        "/sign-in/saml/{provider}/metadata",
                        request -> request.contentType("application/samlmetadata+xml")
                                .result(signIn.saml(request.pathParam("provider"))
                                        .ownMetadata())));
    }

    private void beginOidc(Context request) {
        OidcProvider provider = signIn.oidc(request.pathParam("provider"));
        guarded(request, oidcThrottle, provider.source(), () -> {
            PendingSignIn pending = signIn.seal().begin(provider.source());
            String there = provider.begin(pending).toString();
            remember(request, pending, SameSite.LAX);
            request.redirect(there, HttpStatus.FOUND);
            return false;
        });
    }

    private void finishOidc(Context request) {
        OidcProvider provider = signIn.oidc(request.pathParam("provider"));
        guarded(request, oidcThrottle, provider.source(), () -> {
            PendingSignIn pending =
                    signIn.seal().open(request.cookie(COOKIE), provider.source(), request.queryParam("state"));
            String code = request.queryParam("code");
            if (code == null || code.isEmpty()) {
                throw new SignInException(
                        SignInException.Reason.REFUSED,
                        "the provider said " + Clip.text(String.valueOf(request.queryParam("error")), 100));
            }
            return enter(request, provider.finish(code, request.queryParam("iss"), pending));
        });
    }

    private void beginSaml(Context request) {
        SamlProvider provider = signIn.saml(request.pathParam("provider"));
        guarded(request, samlThrottle, provider.source(), () -> {
            SamlProvider.Begun begun = provider.begin(signIn.seal().begin(provider.source()));
            // The answer is a form that the provider's page posts: only a cookie without SameSite goes with it.
            remember(request, begun.pending(), SameSite.NONE);
            request.redirect(begun.there().toString(), HttpStatus.FOUND);
            return false;
        });
    }

    private void finishSaml(Context request) {
        SamlProvider provider = signIn.saml(request.pathParam("provider"));
        guarded(request, samlThrottle, provider.source(), () -> {
            PendingSignIn pending =
                    signIn.seal().open(request.cookie(COOKIE), provider.source(), request.formParam("RelayState"));
            return enter(request, provider.finish(request.formParam("SAMLResponse"), pending));
        });
    }

    private boolean enter(Context request, ExternalPerson external) throws SignInException {
        Person person = signIn.admit(external);
        request.cookie(cookie("", 0, SameSite.LAX));
        SessionCookie.set(request, sessions.open(person));
        request.redirect("/", HttpStatus.SEE_OTHER);
        return true;
    }

    private void remember(Context request, PendingSignIn pending, SameSite sameSite) {
        request.cookie(cookie(signIn.seal().seal(pending), (int) SignInSeal.LIFE.toSeconds(), sameSite));
    }

    @FunctionalInterface
    private interface Step {
        /** @return whether somebody has signed in; not yet on the way to the provider */
        boolean run() throws SignInException;
    }

    private void guarded(Context request, SignInThrottle throttle, String source, Step step) {
        try (SignInThrottle.Attempt attempt = throttle.begin(CallerAddress.of(request))) {
            attempt(attempt, step);
        } catch (SignInException e) {
            LOG.info("sign-in through {} failed: {}", source, e.getMessage());
            database.run(tx -> audit.write(
                    tx, "anyone", "login.failed", source, Clip.text(e.getMessage(), 500) + ", from " + request.ip()));
            request.cookie(cookie("", 0, SameSite.LAX));
            request.redirect("/?sign-in=" + e.reason().name().toLowerCase(Locale.ROOT), HttpStatus.SEE_OTHER);
        }
    }

    /** An {@link Error} is a failure of whoever sent what led to it. */
    private static void attempt(SignInThrottle.Attempt attempt, Step step) throws SignInException {
        try {
            if (step.run()) {
                attempt.succeeded();
            } else {
                attempt.withdrawn();
            }
        } catch (RuntimeException e) {
            attempt.withdrawn();
            throw e;
        }
    }

    private static Cookie cookie(String value, int seconds, SameSite sameSite) {
        Cookie cookie = new Cookie(COOKIE, value);
        cookie.setPath("/");
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(true);
        cookie.setSameSite(sameSite);
        return cookie;
    }
}
