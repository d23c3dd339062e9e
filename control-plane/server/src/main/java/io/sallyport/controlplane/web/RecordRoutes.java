package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.agents.Workloads;
import io.sallyport.controlplane.events.ChainCheck;
import io.sallyport.controlplane.events.Shapes;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Scopes;
import java.util.List;

/** What is stored of recordings, verified anew, and which statements they hold. */
final class RecordRoutes {

    private final Workloads workloads;
    private final ChainCheck check;
    private final Shapes shapes;
    private final Scopes scopes;
    private final HeavyReads heavy;

    RecordRoutes(Workloads workloads, ChainCheck check, Shapes shapes, Scopes scopes, HeavyReads heavy) {
        this.heavy = heavy;
        this.workloads = workloads;
        this.check = check;
        this.shapes = shapes;
        this.scopes = scopes;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.get("/api/v1/workloads/{id}/recordings", Role.VIEWER, this::recordings)
                        .forScopedRoles(),
                Endpoint.get("/api/v1/shapes", Role.VIEWER, this::shapes).forScopedRoles());
    }

    private void recordings(Context request, Person person) {
        String id = request.pathParam("id");
        if (!scopes.reaches(person, Role.VIEWER, id) || workloads.summary(id).isEmpty()) {
            throw new Problem(Problem.Kind.NOT_FOUND, "there is no workload of that id");
        }
        request.json(heavy.run(person, () -> check.of(id)));
    }

    private void shapes(Context request, Person person) {
        request.json(shapes.find(
                request.queryParam("workload"),
                Bodies.time(request, "firstSince"),
                Bodies.limit(request, 100, 1000),
                scopes.of(person, Role.VIEWER)));
    }
}
