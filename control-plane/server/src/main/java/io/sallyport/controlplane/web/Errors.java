package io.sallyport.controlplane.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.sallyport.controlplane.Fault;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.StoreFault;
import io.sallyport.protocol.Wire;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every failure as {@code {"error", "details"}} with the right status. */
final class Errors {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private record Body(String error, List<?> details) {}

    static void register(RoutesConfig routes) {
        routes.exception(Problem.class, (problem, request) -> {
            if (problem.kind() == Problem.Kind.UNAUTHENTICATED) {
                request.header("WWW-Authenticate", "Bearer");
            }
            if (problem.kind() == Problem.Kind.TOO_MANY) {
                request.header("Retry-After", "5");
            }
            write(request, problem.kind().status(), problem.getMessage(), problem.details());
        });
        routes.exception(
                HttpResponseException.class,
                (response, request) -> write(request, response.getStatus(), plain(response.getStatus()), List.of()));
        routes.exception(Exception.class, (failure, request) -> fail(request, failure));
    }

    /** Javalin has no handler for an {@link Error} that knows the request, and leaves it without an answer. */
    static Handler answered(Handler handler) {
        return request -> {
            try {
                handler.handle(request);
            } catch (Error e) {
                fail(request, e);
            }
        };
    }

    private static void fail(Context request, Throwable failure) {
        StoreFault fault = StoreFault.of(failure);
        if (fault != null) {
            write(request, 503, away(fault), List.of());
            return;
        }
        String incident = Secrets.identifier();
        LOG.error("incident {}: {} {} failed: {}", incident, request.method(), request.path(), Fault.of(failure));
        write(
                request,
                500,
                "this failed inside the control plane; its log has the reason under incident " + incident,
                List.of());
    }

    static void write(Context request, int status, String error, List<?> details) {
        request.status(status);
        request.contentType("application/json");
        request.result(Wire.write(new Body(error, details)));
    }

    private static String away(StoreFault fault) {
        return switch (fault) {
            case AWAY -> "the control plane's store does not answer; try again, and tell its operator if that lasts";
            case CANNOT_WRITE ->
                "the control plane's store cannot write, as there is no room on its disk or that fails; try again, and tell its operator if that lasts";
        };
    }

    private static String plain(int status) {
        return switch (status) {
            case 404 -> "there is nothing at this address";
            case 405 -> "this address does not take that method";
            case 413 -> "the body is too large";
            default -> "the request cannot be served";
        };
    }

    private Errors() {}
}
