package io.sallyport.controlplane.web;

import io.javalin.http.HandlerType;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

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
            RecordRoutes records,
            Metrics metrics,
            HealthRoutes health,
            AgentRoutes agents,
            LiveStream stream,
            Scopes scopes,
            Access access) {
        Dashboard dashboard = new Dashboard();
        List<Endpoint> all = new ArrayList<>();
        all.addAll(fleet.table());
        all.addAll(sessions.table());
        all.addAll(records.table());
        all.addAll(people.table());
        all.addAll(signIn.table());
        all.addAll(deviceLogins.table());
        all.addAll(approvals.table());
        all.addAll(policy.table());
        all.addAll(metrics.table());
        all.addAll(health.table());
        all.addAll(agents.table());
        all.add(Endpoint.get(
                        LiveStream.PATH,
                        Role.VIEWER,
                        (request, person) -> stream.open(
                                request,
                                access.stillHolds(request, person),
                                workload -> scopes.reaches(person, Role.VIEWER, workload)))
                .forScopedRoles());
        all.add(Endpoint.uncounted(HandlerType.GET, "/", dashboard::index));
        all.add(Endpoint.uncounted(HandlerType.GET, "/assets/*", dashboard::asset));
        all.add(Endpoint.uncounted(HandlerType.GET, "/favicon.ico", dashboard::icon));
        AtomicReference<byte[]> description = new AtomicReference<>(new byte[0]);
        all.add(Endpoint.uncounted(
                HandlerType.GET,
                "/openapi.json",
                request -> request.contentType("application/json").result(description.get())));
        table = List.copyOf(all);
        description.set(new OpenApi(table).text());
    }

    public List<Endpoint> table() {
        return table;
    }
}
