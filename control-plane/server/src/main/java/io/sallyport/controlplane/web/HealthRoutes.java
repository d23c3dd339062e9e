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
        if (!store.answers()) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "the store does not answer, or not on every connection; look at the database, this goes on by itself when it is back");
        }
        request.json(Map.of("status", "ok", "version", Version.text()));
    }
}
