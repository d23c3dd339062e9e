package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import org.jspecify.annotations.Nullable;

/**
 * One route.
 *
 * @param path with parameters in braces
 * @param role what a person needs; {@code null} where nobody is asked who they are
 * @param counted whether requests count against the address that they come from, where nobody is asked who they are
 * @param scoped whether the role may be limited to some workloads, because the route looks at the workload itself
 * @param signedIn whether an API token is not enough: what a person does here is nobody's who only has a secret that somebody made
 */
public record Endpoint(
        HandlerType method,
        String path,
        @Nullable Role role,
        boolean counted,
        boolean scoped,
        boolean signedIn,
        Action action) {

    /** What a route does for a person. */
    @FunctionalInterface
    public interface Action {
        void run(Context request, Person person) throws Exception;
    }

    /** A stand-in for the person where none is asked for. */
    private static final Person ANYONE = new Person("", java.util.Set.of(), java.util.List.of(), "");

    static Endpoint open(HandlerType method, String path, Handler handler) {
        return new Endpoint(method, path, null, true, false, false, (request, person) -> handler.handle(request));
    }

    /** The same for what is one text for everyone, or has limits of its own. */
    static Endpoint uncounted(HandlerType method, String path, Handler handler) {
        return new Endpoint(method, path, null, false, false, false, (request, person) -> handler.handle(request));
    }

    static Endpoint get(String path, Role role, Action action) {
        return new Endpoint(HandlerType.GET, path, role, true, false, false, action);
    }

    static Endpoint post(String path, Role role, Action action) {
        return new Endpoint(HandlerType.POST, path, role, true, false, false, action);
    }

    static Endpoint put(String path, Role role, Action action) {
        return new Endpoint(HandlerType.PUT, path, role, true, false, false, action);
    }

    static Endpoint delete(String path, Role role, Action action) {
        return new Endpoint(HandlerType.DELETE, path, role, true, false, false, action);
    }

    /** The same for people whose role is limited to some workloads too. */
    Endpoint forScopedRoles() {
        return new Endpoint(method, path, role, counted, true, signedIn, action);
    }

    /** The same for nobody but people who have signed in. */
    Endpoint forTheSignedIn() {
        return new Endpoint(method, path, role, counted, scoped, true, action);
    }

    /** The action behind its check. */
    Handler guarded(Access access) {
        Role demanded = role;
        if (demanded == null) {
            return request -> {
                if (counted) {
                    access.anyone(request);
                }
                action.run(request, ANYONE);
            };
        }
        return request -> {
            Person person = access.require(request, demanded, scoped, signedIn);
            if (method != HandlerType.GET) {
                // Its sender decides how long a body takes to arrive, and may be deleted meanwhile.
                request.bodyAsBytes();
                access.requireStill(request, person);
            }
            action.run(request, person);
        };
    }
}
