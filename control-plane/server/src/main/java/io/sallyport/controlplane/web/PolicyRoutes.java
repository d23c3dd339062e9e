package io.sallyport.controlplane.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.policy.PolicyChecker;
import io.sallyport.controlplane.policy.PolicyDryRun;
import io.sallyport.controlplane.policy.Stage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Policy versions. */
final class PolicyRoutes {

    private final Policies policies;
    private final PolicyDryRun dryRun;
    private final HeavyReads heavy;

    PolicyRoutes(Policies policies, PolicyDryRun dryRun, HeavyReads heavy) {
        this.policies = policies;
        this.dryRun = dryRun;
        this.heavy = heavy;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.get("/api/v1/policy", Role.VIEWER, (request, person) -> request.json(current()))
                        .forScopedRoles(),
                Endpoint.get("/api/v1/policy/versions", Role.VIEWER, (request, person) -> request.json(policies.list()))
                        .forScopedRoles(),
                Endpoint.get(
                                "/api/v1/policy/versions/{n}",
                                Role.VIEWER,
                                (request, person) -> request.json(policies.get(Bodies.pathNumber(request, "n"))))
                        .forScopedRoles(),
                Endpoint.post("/api/v1/policy/validate", Role.VIEWER, this::validate)
                        .forScopedRoles(),
                Endpoint.post("/api/v1/policy/dry-run", Role.VIEWER, this::tryOut),
                Endpoint.put("/api/v1/policy", Role.AUTHOR, this::save),
                Endpoint.post("/api/v1/policy/promote", Role.AUTHOR, this::promote),
                Endpoint.post("/api/v1/policy/rollback", Role.AUTHOR, this::rollback));
    }

    private record Text(@Nullable String yaml) {}

    private record Trial(@Nullable String yaml, @Nullable Integer calls) {}

    private record Save(
            @Nullable String yaml,
            @Nullable String comment,
            @Nullable Long base,
            @Nullable Map<String, String> stage) {}

    private record Promote(@Nullable Long version) {}

    /**
     * @param newest what a change has to be based on
     * @param staged newer versions that are on trial somewhere, newest first
     */
    private record Current(@JsonUnwrapped Policies.Version inForce, long newest, List<Policies.Listed> staged) {}

    private Current current() {
        Policies.Version inForce = policies.current();
        List<Policies.Listed> newer = policies.list().stream()
                .filter(version -> version.version() > inForce.version())
                .toList();
        return new Current(
                inForce, newer.isEmpty() ? inForce.version() : newer.get(0).version(), newer);
    }

    private record Rollback(
            @Nullable Long version, @Nullable String comment) {}

    private record Validation(boolean valid, List<PolicyChecker.Finding> errors) {}

    private void validate(Context request, Person person) {
        PolicyChecker.Result result =
                policies.check(required(Bodies.read(request, Text.class).yaml(), "yaml"));
        request.json(new Validation(result.valid(), result.errors()));
    }

    private void tryOut(Context request, Person person) {
        Trial body = Bodies.read(request, Trial.class);
        Integer calls = body.calls();
        String yaml = required(body.yaml(), "yaml");
        request.json(heavy.run(person, () -> dryRun.run(yaml, calls == null ? PolicyDryRun.MOST : calls)));
    }

    private void save(Context request, Person person) {
        Save body = Bodies.read(request, Save.class);
        long version = policies.save(
                person,
                required(body.yaml(), "yaml"),
                body.comment(),
                required(body.base(), "base"),
                body.stage() == null ? null : Stage.of(body.stage()));
        request.json(Map.of("version", version));
    }

    private void promote(Context request, Person person) {
        long version = required(Bodies.read(request, Promote.class).version(), "version");
        policies.promote(person, version);
        request.json(Map.of("version", version));
    }

    private void rollback(Context request, Person person) {
        Rollback body = Bodies.read(request, Rollback.class);
        long version = policies.rollback(person, required(body.version(), "version"), body.comment());
        request.json(Map.of("version", version));
    }

    private static <T> T required(@Nullable T value, String member) {
        if (value == null) {
            throw new Problem(Problem.Kind.INVALID, "the body needs the member " + member);
        }
        return value;
    }
}
