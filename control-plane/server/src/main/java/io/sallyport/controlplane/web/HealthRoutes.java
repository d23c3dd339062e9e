package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.Version;
import io.sallyport.controlplane.store.StoreHealth;
import java.util.List;
import java.util.Map;

/** What balancers ask before they send somebody here. */
final class HealthRoutes {

    private final StoreHealth store;

    HealthRoutes(StoreHealth store) {
        this.store = store;
    }

    List<Endpoint> table() {
        return List.of(Endpoint.uncounted(HandlerType.GET, "/healthz", this::health));
    }

    private void health(Context request) {
        String trouble = store.trouble();
        if (trouble != null) {
            throw new Problem(Problem.Kind.UNAVAILABLE, trouble);
        }
        request.json(Map.of("status", "ok", "version", Version.text()));
    }
}
