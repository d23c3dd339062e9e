package io.sallyport.controlplane.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sallyport.controlplane.people.Role;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The API's description, {@code openapi.yaml}, served as {@code /openapi.json}. What is said there of roles comes from the routes themselves and
 * cannot differ from what they demand.
 */
final class OpenApi {

    private final byte[] text;

    /** @param routes every one; a route that the document lacks keeps the control plane from starting */
    OpenApi(List<Endpoint> routes) {
        ObjectNode document = read();
        for (Endpoint route : routes) {
            String method = route.method().name().toLowerCase(Locale.ROOT);
            if (!(document.path("paths").path(route.path()).path(method) instanceof ObjectNode operation)) {
                throw new IllegalStateException("openapi.yaml lacks " + route.method() + " " + route.path());
            }
            secure(operation, route);
        }
        text = Wire.write(document).getBytes(StandardCharsets.UTF_8);
    }

    private static void secure(ObjectNode operation, Endpoint route) {
        Role role = route.role();
        var security = operation.putArray("security");
        if (role != null) {
            if (!route.signedIn()) {
                security.addObject().putArray("bearer");
            }
            security.addObject().putArray("session");
            operation.put("x-role", role.text());
            operation.put("x-role-may-be-limited-to-labels", route.scoped());
        }
    }

    byte[] text() {
        return text;
    }

    private static ObjectNode read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
            return (ObjectNode) new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is damaged: openapi.yaml cannot be read", e);
        }
    }
}
