package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.ApiTokens;
import io.sallyport.controlplane.people.PasswordThrottle;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Sessions;
import io.sallyport.controlplane.people.Users;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Database;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Login, users and API tokens. */
final class PeopleRoutes {

    private final Users users;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final PasswordThrottle throttle;
    private final AuditLog audit;
    private final Database database;
    private final Access access;

    PeopleRoutes(
            Users users,
            Sessions sessions,
            ApiTokens tokens,
            PasswordThrottle throttle,
            AuditLog audit,
            Database database,
            Access access) {
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.throttle = throttle;
        this.audit = audit;
        this.database = database;
        this.access = access;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.open(HandlerType.POST, "/api/v1/login", this::login),
                Endpoint.post("/api/v1/logout", Role.VIEWER, this::logout).forScopedRoles(),
                Endpoint.get("/api/v1/me", Role.VIEWER, this::me).forScopedRoles(),
                Endpoint.get(
                                "/api/v1/me/tokens",
                                Role.VIEWER,
                                (request, person) -> request.json(tokens.listOwn(person)))
                        .forScopedRoles(),
                Endpoint.post("/api/v1/me/tokens", Role.VIEWER, this::createOwnToken)
                        .forScopedRoles()
                        .forTheSignedIn(),
                Endpoint.delete("/api/v1/me/tokens/{id}", Role.VIEWER, this::deleteOwnToken)
                        .forScopedRoles(),
                Endpoint.get("/api/v1/users", Role.ADMIN, (request, person) -> request.json(users.list())),
                Endpoint.post("/api/v1/users", Role.ADMIN, this::createUser),
                Endpoint.delete("/api/v1/users/{name}", Role.ADMIN, this::deleteUser),
                Endpoint.get("/api/v1/tokens", Role.ADMIN, (request, person) -> request.json(tokens.list())),
                Endpoint.post("/api/v1/tokens", Role.ADMIN, this::createToken),
                Endpoint.delete("/api/v1/tokens/{id}", Role.ADMIN, this::deleteToken));
    }

    private record OwnToken(@Nullable Long ttlMinutes) {}

    private record Login(@Nullable String user, @Nullable String password) {}

    /**
     * @param roles role names, wherever they hold
     * @param grants the same with their reach, {@code approver@team=payments}
     * @param csrf what a session's changing requests carry; {@code null} for an API token, which needs none
     */
    private record Me(
            String user,
            List<String> roles,
            List<String> grants,
            List<String> groups,
            @Nullable String csrf) {}

    private record NewUser(
            @Nullable String name,
            @Nullable String password,
            @Nullable List<String> roles,
            @Nullable List<String> groups) {}

    private record NewToken(
            @Nullable String name,
            @Nullable List<String> roles,
            @Nullable List<String> groups,
            @Nullable Long ttlMinutes) {}

    private void login(Context request) {
        Login login = Bodies.read(request, Login.class);
        CrossSite.refuse(request);
        String name = Clip.text(login.user(), 100);
        String password = login.password() == null ? "" : login.password();
        Optional<Person> person;
        try (PasswordThrottle.Attempt attempt = throttle.begin(name, CallerAddress.of(request))) {
            person = authenticated(attempt, name, password);
        }
        if (person.isEmpty()) {
            database.run(tx -> audit.write(tx, "anyone", "login.failed", name, "from " + request.ip()));
            throw new Problem(Problem.Kind.UNAUTHENTICATED, "user or password is wrong");
        }
        Sessions.Opened opened = sessions.open(person.get());
        database.run(tx -> audit.write(tx, name, "login", name, "from " + request.ip()));
        SessionCookie.set(request, opened);
        request.json(me(person.get(), opened.csrf()));
    }

    private Optional<Person> authenticated(PasswordThrottle.Attempt attempt, String name, String password) {
        try {
            Optional<Person> person = users.authenticate(name, password);
            person.ifPresent(found -> attempt.succeeded());
            return person;
        } catch (RuntimeException e) {
            attempt.withdrawn();
            throw e;
        }
    }

    private void logout(Context request, Person person) {
        String cookie = request.cookie(SessionCookie.NAME);
        if (cookie != null) {
            sessions.close(cookie);
        }
        SessionCookie.clear(request);
        request.json(me(person, null));
    }

    private void me(Context request, Person person) {
        String csrf = request.header("Authorization") != null
                ? null
                : access.session(request).map(Sessions.Session::csrf).orElse(null);
        request.json(me(person, csrf));
    }

    private void createUser(Context request, Person person) {
        NewUser body = Bodies.read(request, NewUser.class);
        request.status(201).json(users.create(person, body.name(), body.password(), body.roles(), body.groups()));
    }

    private void deleteUser(Context request, Person person) {
        users.delete(person, request.pathParam("name"));
        request.status(204);
    }

    private void createToken(Context request, Person person) {
        NewToken body = Bodies.read(request, NewToken.class);
        request.status(201).json(tokens.create(person, body.name(), body.roles(), body.groups(), body.ttlMinutes()));
    }

    private void createOwnToken(Context request, Person person) {
        request.status(201)
                .json(tokens.createOwn(
                        person, Bodies.read(request, OwnToken.class).ttlMinutes()));
    }

    private void deleteOwnToken(Context request, Person person) {
        tokens.deleteOwn(person, request.pathParam("id"));
        request.status(204);
    }

    private void deleteToken(Context request, Person person) {
        tokens.delete(person, request.pathParam("id"));
        request.status(204);
    }

    private static Me me(Person person, @Nullable String csrf) {
        return new Me(person.name(), person.roleNames(), person.grantTexts(), person.groups(), csrf);
    }
}
