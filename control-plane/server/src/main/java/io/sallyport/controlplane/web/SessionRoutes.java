package io.sallyport.controlplane.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Scopes;
import io.sallyport.controlplane.sessions.CallSession;
import io.sallyport.controlplane.sessions.CallSessions;
import io.sallyport.controlplane.store.Scope;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions of calls: list, timeline, export, stop. */
final class SessionRoutes {

    private final CallSessions sessions;
    private final EventQuery events;
    private final SessionExports exports;
    private final Scopes scopes;
    private final HeavyReads heavy;

    SessionRoutes(CallSessions sessions, EventQuery events, SessionExports exports, Scopes scopes, HeavyReads heavy) {
        this.heavy = heavy;
        this.sessions = sessions;
        this.events = events;
        this.exports = exports;
        this.scopes = scopes;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.get("/api/v1/sessions", Role.VIEWER, this::list).forScopedRoles(),
                Endpoint.get(
                                "/api/v1/sessions/{id}",
                                Role.VIEWER,
                                (request, person) -> request.json(seen(request, person, Role.VIEWER)))
                        .forScopedRoles(),
                Endpoint.get("/api/v1/sessions/{id}/events", Role.VIEWER, this::timeline)
                        .forScopedRoles(),
                Endpoint.get("/api/v1/sessions/{id}/export", Role.VIEWER, this::export)
                        .forScopedRoles(),
                Endpoint.post("/api/v1/sessions/{id}/stop", Role.ADMIN, this::stop)
                        .forScopedRoles());
    }

    private record Found(
            List<CallSession> sessions, @Nullable Long next) {}

    private record Timeline(
            List<ObjectNode> events, @Nullable Long next) {}

    private record Stop(@Nullable String reason) {}

    private void list(Context request, Person person) {
        int limit = Bodies.limit(request, 100, 1000);
        String text = request.queryParam("q");
        CallSessions.Filter filter = new CallSessions.Filter(
                Bodies.number(request, "before"),
                limit,
                request.queryParam("workload"),
                request.queryParam("notable"),
                text);
        Scope scope = scopes.of(person, Role.VIEWER);
        boolean search = text != null && !text.isBlank();
        List<CallSession> found =
                search ? heavy.run(person, () -> sessions.find(filter, scope)) : sessions.find(filter, scope);
        request.json(new Found(
                found, found.size() < limit ? null : found.get(found.size() - 1).id()));
    }

    private CallSession seen(Context request, Person person, Role role) {
        String id = request.pathParam("id");
        if (!id.matches("[0-9]{1,18}")) {
            throw new Problem(Problem.Kind.NOT_FOUND, "there is no session of that id");
        }
        CallSession session = sessions.get(Long.parseLong(id), scopes.of(person, Role.VIEWER));
        if (!scopes.reaches(person, role, session.workload().id())) {
            throw new Problem(Problem.Kind.FORBIDDEN, "this needs the role " + role.text() + " over this workload");
        }
        return session;
    }

    private void timeline(Context request, Person person) {
        CallSession session = seen(request, person, Role.VIEWER);
        int limit = Bodies.limit(request, 500, 1000);
        Long after = Bodies.number(request, "after");
        EventQuery.Page found =
                events.ofSession(session.workload().id(), session.session(), after == null ? 0 : after, limit);
        request.json(new Timeline(found.events(), found.next()));
    }

    private void stop(Context request, Person person) {
        Stop body = Bodies.read(request, Stop.class);
        CallSession session = seen(request, person, Role.ADMIN);
        sessions.stop(person, session, body.reason());
        request.json(sessions.get(session.id(), scopes.of(person, Role.VIEWER)));
    }

    private void export(Context request, Person person) throws IOException {
        String format = request.queryParam("format");
        exports.send(request, person, seen(request, person, Role.VIEWER), format == null ? "jsonl" : format);
    }
}
