package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.web.Endpoint;
import io.sallyport.core.hold.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The published description and the routes are the same thing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    private static final Pattern KNOWN = Pattern.compile("known are \\[([^]]*)]");

    private Running server;
    private JsonNode document;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED);
        document = server.anyone().get("/openapi.json").expect(200);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private interface Visit {
        void operation(String method, String path, JsonNode operation);
    }

    private void each(Visit visit) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> !member.getKey().equals("parameters"))
                        .forEach(operation -> visit.operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue())));
    }

    private JsonNode schema(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void everyRouteIsInItWithItsRoleAndEverythingInItIsARoute() {
        Set<String> described = new TreeSet<>();
        each((method, path, operation) -> described.add(method + " " + path + " "
                + operation.path("x-role").asText("nobody") + " "
                + operation.path("x-role-may-be-limited-to-labels").asBoolean()));
        Set<String> served = new TreeSet<>();
        for (Endpoint route : server.controlPlane().endpoints()) {
            served.add(route.method() + " " + route.path() + " "
                    + (route.role() == null ? "nobody" : route.role().text()) + " " + route.scoped());
        }
        assertThat(described).isEqualTo(served);
    }

    @Test
    void everyPathParameterIsDescribed() {
        document.path("paths").properties().forEach(path -> {
            Set<String> wanted = new TreeSet<>();
            Matcher matcher = Pattern.compile("\\{(\\w+)}").matcher(path.getKey());
            while (matcher.find()) {
                wanted.add(matcher.group(1));
            }
            Set<String> described = new TreeSet<>();
            path.getValue()
                    .path("parameters")
                    .forEach(p -> described.add(p.path("name").asText()));
            assertThat(described).as(path.getKey()).isEqualTo(wanted);
        });
    }

    /** The server tells what it knows when it is sent something else. */
    @Test
    void bodiesHaveTheMembersThatTheServerTakes() {
        List<String> checked = new ArrayList<>();
        each((method, path, operation) -> {
            if (method.equals("GET") || method.equals("DELETE") || path.startsWith("/agent/")) {
                return;
            }
            String there = path.replace("{n}", "1").replaceAll("\\{[a-z]+}", "1");
            Api.Answer answer = server.admin().send(method, there, "{\"no-such-member\":1}");
            Matcher known = KNOWN.matcher(answer.text());
            JsonNode body = operation.at("/requestBody/content/application~1json/schema");
            Set<String> taken = new TreeSet<>();
            if (known.find()) {
                taken.addAll(List.of(known.group(1).split(", ")));
                checked.add(path);
            }
            assertThat(names(schema(body).path("properties")))
                    .as(method + " " + path)
                    .isEqualTo(taken);
        });
        assertThat(checked).hasSizeGreaterThan(12);
    }

    @Test
    void answersHaveTheMembersThatAreDescribed() {
        TestAgent agent = server.connectedAgent("orders");
        Ticket ticket = agent.submit(TestAgent.ticket());
        server.approver("alice")
                .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of("grantMinutes", 5))
                .expect(200);
        for (String path : List.of(
                "/api/v1/me",
                "/api/v1/overview",
                "/api/v1/workloads",
                "/api/v1/workloads/{id}",
                "/api/v1/approvals",
                "/api/v1/grants",
                "/api/v1/policy",
                "/api/v1/policy/versions",
                "/api/v1/audit")) {
            JsonNode answer =
                    server.admin().get(path.replace("{id}", agent.id())).expect(200);
            JsonNode schema =
                    document.path("paths").path(path).at("/get/responses/200/content/application~1json/schema");
            if (answer.isArray()) {
                assertThat(answer).as(path).isNotEmpty();
                answer = answer.get(0);
                schema = schema.path("items");
            }
            assertThat(names(schema(schema).path("properties"))).as(path).containsAll(names(answer));
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Matcher references = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(document.toString());
        int found = 0;
        while (references.find()) {
            assertThat(document.at(references.group(1)).isMissingNode())
                    .as(references.group(1))
                    .isFalse();
            found++;
        }
        assertThat(found).isGreaterThan(40);
    }
}
