package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.agents.DeviceLogins;
import io.sallyport.controlplane.agents.JoinTokens;
import io.sallyport.controlplane.people.LoginThrottle;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logins of tools, RFC 8628 in spirit: the tool begins and fetches, the person looks and confirms. */
final class DeviceLoginRoutes {

    private final DeviceLogins logins;
    private final LoginThrottle throttle;

    DeviceLoginRoutes(DeviceLogins logins, LoginThrottle throttle) {
        this.logins = logins;
        this.throttle = throttle;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.open(HandlerType.POST, "/api/v1/device-logins", this::begin),
                Endpoint.open(HandlerType.POST, "/api/v1/device-logins/token", this::fetch),
                Endpoint.get("/api/v1/device-logins/{code}", Role.VIEWER, this::show)
                        .forScopedRoles(),
                Endpoint.post("/api/v1/device-logins/{code}/confirm", Role.VIEWER, this::confirm)
                        .forScopedRoles()
                        .forTheSignedIn());
    }

    /** @param page where the person confirms, below the control plane's address */
    private record Begun(String device, String code, String page, long interval, long expiresIn) {}

    private record Device(@Nullable String device) {}

    private void begin(Context request) {
        DeviceLogins.Begun begun = logins.begin(request.ip(), CallerAddress.of(request));
        request.status(201)
                .json(new Begun(
                        begun.device(),
                        begun.code(),
                        "/#/device/" + begun.code(),
                        DeviceLogins.INTERVAL.toSeconds(),
                        DeviceLogins.CONFIRMABLE.toSeconds()));
    }

    private void fetch(Context request) {
        String device = Bodies.read(request, Device.class).device();
        Optional<JoinTokens.Created> token = guessed(request, () -> logins.fetch(device == null ? "" : device));
        request.status(token.isPresent() ? 200 : 202).json(token.isPresent() ? token.get() : Map.of());
    }

    private void show(Context request, Person person) {
        request.json(guessed(request, () -> logins.show(request.pathParam("code"))));
    }

    private void confirm(Context request, Person person) {
        request.json(guessed(request, () -> {
            logins.confirm(person, request.pathParam("code"));
            return Map.of();
        }));
    }

    /** Guessing codes is slowed down like guessing passwords. */
    private <T> T guessed(Context request, Supplier<T> look) {
        String key = "device " + CallerAddress.of(request);
        throttle.check(key);
        try {
            return look.get();
        } catch (Problem e) {
            if (e.kind() == Problem.Kind.NOT_FOUND) {
                throttle.failed(key);
            }
            throw e;
        }
    }
}
