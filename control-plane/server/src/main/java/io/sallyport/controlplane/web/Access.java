package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.people.ApiTokens;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Sessions;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.secrets.BearerText;
import io.sallyport.controlplane.secrets.Secrets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Finds out who makes a request and whether they may. Thread-safe. */
final class Access {

    static final String CSRF_HEADER = "X-Sallyport-CSRF";

    /** What the dashboard asks for by itself while nobody is at it; such requests keep no session alive. */
    static final String UNATTENDED_HEADER = "X-Sallyport-Unattended";

    private final Sessions sessions;
    private final ApiTokens tokens;

    private final RequestBudget persons;
    private final RequestBudget addresses;

    /** @param addresses for requests that nobody has signed in for */
    Access(Sessions sessions, ApiTokens tokens, RequestBudget persons, RequestBudget addresses) {
        this.persons = persons;
        this.addresses = addresses;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    /** @throws Problem 429 for an address that asks too much without anybody having signed in */
    void anyone(Context request) {
        addresses.take(CallerAddress.of(request));
    }

    /**
     * @param scoped whether a role over some workloads is enough
     * @param signedIn whether an API token is not
     * @throws Problem 401 without a person, 429 for one who asks too much, 403 without the role or, for a session, without its CSRF value
     */
    Person require(Context request, Role role, boolean scoped, boolean signedIn) {
        Person person = identify(request);
        persons.take(person.name());
        if (scoped ? !person.has(role) : !person.hasEverywhere(role)) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "this needs the role " + role.text() + (scoped ? "" : " for the whole fleet")
                            + "; ask an administrator for it");
        }
        if (signedIn && !person.hasSignedIn()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN, "no API token does this; sign in at the dashboard, and do it there");
        }
        return person;
    }

    private Person identify(Context request) {
        try {
            return bySomething(request);
        } catch (Problem e) {
            if (e.kind() == Problem.Kind.UNAUTHENTICATED) {
                anyone(request);
            }
            throw e;
        }
    }

    private Person bySomething(Context request) {
        if (request.header("Authorization") != null) {
            return byToken(request)
                    .orElseThrow(() -> new Problem(
                            Problem.Kind.UNAUTHENTICATED,
                            "the API token is not valid or has expired; ask an administrator for a new one"));
        }
        Sessions.Session session = session(request)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.UNAUTHENTICATED, "log in, or send an API token as Authorization: Bearer"));
        requireCsrf(request, session);
        return session.person();
    }

    /** The session of the request's cookie. */
    Optional<Sessions.Session> session(Context request) {
        String cookie = request.cookie(SessionCookie.NAME);
        if (cookie == null) {
            return Optional.empty();
        }
        boolean unattended =
                request.header(UNATTENDED_HEADER) != null || request.path().equals(LiveStream.PATH);
        return unattended ? sessions.look(cookie) : sessions.find(cookie);
    }

    /** @throws Problem 401 when whoever made this request is not there any more, or does not reach what they reached then */
    void requireStill(Context request, Person then) {
        if (!stillHolds(request, then).getAsBoolean()) {
            throw Standing.ended();
        }
    }

    /** Tells, later and on any thread, whether whoever made this request is still there and reaches what they reached then. */
    BooleanSupplier stillHolds(Context request, Person then) {
        BearerText bearer = BearerText.fromHeader(request.header("Authorization"), BearerText.API_TOKEN);
        if (bearer != null) {
            return () -> tokens.find(bearer).filter(then::reachesAs).isPresent();
        }
        String cookie = String.valueOf(request.cookie(SessionCookie.NAME));
        return () -> sessions.look(cookie)
                .map(Sessions.Session::person)
                .filter(then::reachesAs)
                .isPresent();
    }

    private Optional<Person> byToken(Context request) {
        BearerText text = BearerText.fromHeader(request.header("Authorization"), BearerText.API_TOKEN);
        return text == null ? Optional.empty() : tokens.find(text);
    }

    private static void requireCsrf(Context request, Sessions.Session session) {
        if (request.method() == HandlerType.GET || request.method() == HandlerType.HEAD) {
            return;
        }
        @Nullable String sent = request.header(CSRF_HEADER);
        if (sent == null || !Secrets.matches(sent, Secrets.hash(session.csrf()))) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN, "the header " + CSRF_HEADER + " is missing or old; load the page again");
        }
    }
}
