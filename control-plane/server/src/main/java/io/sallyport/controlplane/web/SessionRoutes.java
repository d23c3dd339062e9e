package io.sallyport.controlplane.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.events.SignedExport;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Scopes;
import io.sallyport.controlplane.sessions.CallSession;
import io.sallyport.controlplane.sessions.CallSessions;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions of calls: list, timeline, export, stop. */
final class SessionRoutes {

    private static final int EXPORT_PAGE = 1000;

    private final CallSessions sessions;
    private final EventQuery events;
    private final SignedExport bundles;
    private final Scopes scopes;
    private final HeavyReads exports;

    /** @param exports not those of searches: an export takes as long as its receiver likes */
    SessionRoutes(CallSessions sessions, EventQuery events, SignedExport bundles, Scopes scopes, HeavyReads exports) {
        this.exports = exports;
        this.bundles = bundles;
        this.sessions = sessions;
        this.events = events;
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
        var found = sessions.find(
                new CallSessions.Filter(
                        Bodies.number(request, "before"),
                        limit,
                        request.queryParam("workload"),
                        request.queryParam("notable"),
                        request.queryParam("q")),
                scopes.of(person, Role.VIEWER));
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
        List<ObjectNode> found =
                events.ofSession(session.workload().id(), session.session(), after == null ? 0 : after, limit);
        request.json(new Timeline(
                found,
                found.size() < limit
                        ? null
                        : found.get(found.size() - 1).get("id").asLong()));
    }

    private void stop(Context request, Person person) {
        Stop body = Bodies.read(request, Stop.class);
        CallSession session = seen(request, person, Role.ADMIN);
        sessions.stop(person, session, body.reason());
        request.json(sessions.get(session.id(), scopes.of(person, Role.VIEWER)));
    }

    /** Signed, for whoever has to believe it without this control plane: {@code verify} of the agent's jar checks it. */
    private void bundle(Context request, Person person, CallSession session) throws IOException {
        request.res().setContentType("application/x-ndjson; charset=utf-8");
        request.res()
                .setHeader("Content-Disposition", "attachment; filename=\"session-" + session.id() + ".bundle.jsonl\"");
        Writer out = new OutputStreamWriter(request.res().getOutputStream(), StandardCharsets.UTF_8);
        bundles.write(session.workload().id(), session.workload().name(), session.session(), person.name(), out);
    }

    private void export(Context request, Person person) throws IOException {
        CallSession session = seen(request, person, Role.VIEWER);
        String format = request.queryParam("format");
        EventExport export = "bundle".equals(format) ? null : EventExport.of(format == null ? "jsonl" : format);
        exports.run(person, () -> {
            if (export == null) {
                bundle(request, person, session);
            } else {
                events(request, session, export);
            }
            return session;
        });
    }

    /** Written page by page, so that a long session needs no memory for all of it. */
    private void events(Context request, CallSession session, EventExport export) throws IOException {
        request.res().setContentType(export.contentType());
        request.res()
                .setHeader(
                        "Content-Disposition",
                        "attachment; filename=\"session-" + session.id() + "." + export.extension() + "\"");
        Writer out = new OutputStreamWriter(request.res().getOutputStream(), StandardCharsets.UTF_8);
        export.begin(out);
        long after = 0;
        List<ObjectNode> page;
        do {
            page = events.ofSession(session.workload().id(), session.session(), after, EXPORT_PAGE);
            for (ObjectNode event : page) {
                export.write(event, out);
                after = event.get("id").asLong();
            }
        } while (page.size() == EXPORT_PAGE);
        out.flush();
    }
}
