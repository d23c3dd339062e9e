package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.approvals.Approvals;
import io.sallyport.controlplane.approvals.BreakGlass;
import io.sallyport.controlplane.approvals.Grants;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The approvals inbox. */
final class ApprovalRoutes {

    private final Approvals approvals;
    private final Grants grants;
    private final BreakGlass breakGlass;
    private final Scopes scopes;

    ApprovalRoutes(Approvals approvals, Grants grants, BreakGlass breakGlass, Scopes scopes) {
        this.breakGlass = breakGlass;
        this.grants = grants;
        this.scopes = scopes;
        this.approvals = approvals;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.get("/api/v1/approvals", Role.VIEWER, this::list).forScopedRoles(),
                Endpoint.get(
                                "/api/v1/approvals/{id}",
                                Role.VIEWER,
                                (request, person) -> request.json(
                                        approvals.get(request.pathParam("id"), scopes.of(person, Role.VIEWER))))
                        .forScopedRoles(),
                Endpoint.post(
                                "/api/v1/approvals/{id}/approve",
                                Role.APPROVER,
                                (request, person) -> decide(request, person, true))
                        .forScopedRoles(),
                Endpoint.post(
                                "/api/v1/approvals/{id}/refuse",
                                Role.APPROVER,
                                (request, person) -> decide(request, person, false))
                        .forScopedRoles(),
                Endpoint.post("/api/v1/approvals/{id}/break-glass", Role.BREAKGLASS, this::breakGlass)
                        .forScopedRoles(),
                Endpoint.get(
                                "/api/v1/grants",
                                Role.VIEWER,
                                (request, person) -> request.json(grants.list(scopes.of(person, Role.VIEWER))))
                        .forScopedRoles(),
                Endpoint.delete("/api/v1/grants/{id}", Role.APPROVER, this::revoke)
                        .forScopedRoles());
    }

    /**
     * @param grantMinutes how long later calls are approved too, counted from now
     * @param grantFor {@code call} (equal calls) or {@code shape} (parameters may differ)
     */
    private record Vote(
            @Nullable String reason,
            @Nullable Boolean unmask,
            @Nullable Integer grantMinutes,
            @Nullable String grantFor) {}

    private record Emergency(@Nullable String reason) {}

    private void breakGlass(Context request, Person person) {
        request.json(breakGlass.approve(
                person,
                scopes.of(person, Role.VIEWER),
                scopes.of(person, Role.BREAKGLASS),
                request.pathParam("id"),
                Bodies.read(request, Emergency.class).reason()));
    }

    private void revoke(Context request, Person person) {
        grants.revoke(person, scopes.of(person, Role.APPROVER), request.pathParam("id"));
        request.status(204);
    }

    private void list(Context request, Person person) {
        String state = request.queryParam("state");
        request.json(approvals.list(
                state == null ? "all" : state, scopes.of(person, Role.VIEWER), Bodies.limit(request, 100, 1000)));
    }

    private void decide(Context request, Person person, boolean approve) {
        Vote vote = Bodies.read(request, Vote.class);
        request.json(approvals.decide(
                person,
                scopes.of(person, Role.VIEWER),
                scopes.of(person, Role.APPROVER),
                request.pathParam("id"),
                new Approvals.Vote(
                        approve,
                        vote.reason(),
                        Boolean.TRUE.equals(vote.unmask()),
                        Grants.Wish.of(vote.grantMinutes(), vote.grantFor()))));
    }
}
