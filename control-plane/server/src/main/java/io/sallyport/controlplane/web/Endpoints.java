package io.sallyport.controlplane.web;

import io.javalin.http.HandlerType;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Scopes;
import java.util.ArrayList;
import java.util.List;

/** Every HTTP route of the control plane, with the role that it demands. The agents' WebSocket is the only one beside it. */
public final class Endpoints {

    private final List<Endpoint> table;

    Endpoints(
            PeopleRoutes people,
            SignInRoutes signIn,
            DeviceLoginRoutes deviceLogins,
            ApprovalRoutes approvals,
            PolicyRoutes policy,
            FleetRoutes fleet,
            SessionRoutes sessions,
            Metrics metrics,
            AgentRoutes agents,
            LiveStream stream,
            Scopes scopes,
            Access access) {
        Dashboard dashboard = new Dashboard();
        List<Endpoint> all = new ArrayList<>();
        all.addAll(fleet.table());
        all.addAll(sessions.table());
        all.addAll(people.table());
        all.addAll(signIn.table());
        all.addAll(deviceLogins.table());
        all.addAll(approvals.table());
        all.addAll(policy.table());
        all.addAll(metrics.table());
        all.addAll(agents.table());
        all.add(Endpoint.get(
                        "/api/v1/stream",
                        Role.VIEWER,
                        (request, person) -> stream.open(
                                request,
                                access.stillHolds(request),
                                workload -> scopes.reaches(person, Role.VIEWER, workload)))
                .forScopedRoles());
        all.add(Endpoint.open(HandlerType.GET, "/", dashboard::index));
        all.add(Endpoint.open(HandlerType.GET, "/assets/*", dashboard::asset));
        all.add(Endpoint.open(HandlerType.GET, "/favicon.ico", dashboard::icon));
        table = List.copyOf(all);
    }

    public List<Endpoint> table() {
        return table;
    }
}
