package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.agents.JoinTokens;
import io.sallyport.controlplane.agents.Workloads;
import io.sallyport.controlplane.approvals.Approvals;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.events.Tallies;
import io.sallyport.controlplane.events.TlsReport;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Scopes;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.store.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Overview, workloads, their encryption in transit, events, join tokens, audit. */
final class FleetRoutes {

    private final Workloads workloads;
    private final JoinTokens joinTokens;
    private final EventQuery events;
    private final TlsReport tls;
    private final Tallies tallies;
    private final Approvals approvals;
    private final Policies policies;
    private final AuditLog audit;
    private final Scopes scopes;
    private final HeavyReads heavy;

    FleetRoutes(
            Workloads workloads,
            JoinTokens joinTokens,
            EventQuery events,
            Tallies tallies,
            Approvals approvals,
            Policies policies,
            AuditLog audit,
            Scopes scopes,
            HeavyReads heavy) {
        this.workloads = workloads;
        this.joinTokens = joinTokens;
        this.events = events;
        this.tls = new TlsReport(events);
        this.tallies = tallies;
        this.approvals = approvals;
        this.policies = policies;
        this.audit = audit;
        this.scopes = scopes;
        this.heavy = heavy;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.get("/api/v1/overview", Role.VIEWER, this::overview).forScopedRoles(),
                Endpoint.get(
                                "/api/v1/workloads",
                                Role.VIEWER,
                                (request, person) -> request.json(workloads.list(scopes.of(person, Role.VIEWER))))
                        .forScopedRoles(),
                Endpoint.get(
                                "/api/v1/workloads/{id}",
                                Role.VIEWER,
                                (request, person) -> request.json(workloads.get(reached(request, person, Role.VIEWER))))
                        .forScopedRoles(),
                Endpoint.post("/api/v1/workloads/{id}/revoke", Role.ADMIN, this::revoke)
                        .forScopedRoles(),
                Endpoint.get(
                                "/api/v1/tls",
                                Role.VIEWER,
                                (request, person) -> request.json(tls.lines(scopes.of(person, Role.VIEWER))))
                        .forScopedRoles(),
                Endpoint.get("/api/v1/events", Role.VIEWER, this::events).forScopedRoles(),
                Endpoint.get("/api/v1/join-tokens", Role.ADMIN, (request, person) -> request.json(joinTokens.list())),
                Endpoint.post("/api/v1/join-tokens", Role.ADMIN, this::joinToken),
                Endpoint.delete("/api/v1/join-tokens/{id}", Role.ADMIN, this::voidJoinToken),
                Endpoint.get("/api/v1/audit", Role.AUDITOR, this::audit));
    }

    private record Overview(
            Workloads.Count workloads,
            long waiting,
            long policyVersion,
            String mode,
            List<Tallies.Minute> lastHour,
            Tallies.Totals totals) {}

    private record Events(List<?> events, @Nullable Long next) {}

    private record Revoke(@Nullable String reason) {}

    private record NewJoinToken(
            @Nullable String workload,
            @Nullable Map<String, String> labels,
            @Nullable List<String> groups,
            @Nullable Long ttlMinutes,
            @Nullable Integer uses) {}

    private void overview(Context request, Person person) {
        Scope scope = scopes.of(person, Role.VIEWER);
        Policies.InForce policy = policies.inForce();
        request.json(new Overview(
                workloads.count(scope),
                approvals.waiting(scope),
                policy.version(),
                policy.mode(),
                tallies.lastHour(scope),
                tallies.totals(scope)));
    }

    private void revoke(Context request, Person person) {
        String id = reached(request, person, Role.ADMIN);
        workloads.revoke(person, id, Bodies.read(request, Revoke.class).reason());
        request.json(workloads.get(id));
    }

    /** The workload of the address, for people whose role covers it; for others it does not exist, or is not theirs to change. */
    private String reached(Context request, Person person, Role role) {
        String id = request.pathParam("id");
        if (scopes.reaches(person, role, id)) {
            return id;
        }
        throw scopes.reaches(person, Role.VIEWER, id)
                ? new Problem(Problem.Kind.FORBIDDEN, "this needs the role " + role.text() + " over this workload")
                : new Problem(Problem.Kind.NOT_FOUND, "there is no workload of that id");
    }

    private void events(Context request, Person person) {
        int limit = Bodies.limit(request, 100, 1000);
        EventQuery.Filter filter = new EventQuery.Filter(
                Bodies.number(request, "before"),
                limit,
                request.queryParam("workload"),
                request.queryParam("type"),
                request.queryParam("verdict"),
                request.queryParam("target"),
                request.queryParam("q"),
                Bodies.time(request, "firstSince"));
        Scope scope = scopes.of(person, Role.VIEWER);
        boolean search = filter.text() != null || filter.target() != null || filter.firstSince() != null;
        EventQuery.Page found =
                search ? heavy.run(person, () -> events.find(filter, scope)) : events.find(filter, scope);
        request.json(new Events(found.events(), found.next()));
    }

    private void joinToken(Context request, Person person) {
        NewJoinToken body = Bodies.read(request, NewJoinToken.class);
        request.status(201)
                .json(joinTokens.create(
                        person, body.workload(), body.labels(), body.groups(), body.ttlMinutes(), body.uses()));
    }

    private void voidJoinToken(Context request, Person person) {
        joinTokens.makeVoid(person, request.pathParam("id"));
        request.status(204);
    }

    private void audit(Context request, Person person) {
        request.json(audit.list(Bodies.number(request, "before"), Bodies.limit(request, 100, 1000)));
    }
}
