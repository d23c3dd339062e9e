package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.web.Endpoint;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
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
    void everyRouteIsInItWithItsRoleAndWhetherATokenIsEnoughAndEverythingInItIsARoute() {
        Set<String> described = new TreeSet<>();
        each((method, path, operation) -> described.add(method + " " + path + " "
                + operation.path("x-role").asText("nobody") + " "
                + operation.path("x-role-may-be-limited-to-labels").asBoolean() + " "
                + operation.path("security").toString().contains("bearer")));
        Set<String> served = new TreeSet<>();
        for (Endpoint route : server.controlPlane().endpoints()) {
            served.add(route.method() + " " + route.path() + " "
                    + (route.role() == null ? "nobody" : route.role().text()) + " " + route.scoped()
                    + " " + (route.role() != null && !route.signedIn()));
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
            // Signed in anew each time, for one of the routes is the logout.
            Api admin = server.signIn("admin", server.secret("admin-password")).at(server);
            Api.Answer answer = admin.send(method, there, "{\"no-such-member\":1}");
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
    void answersHaveTheMembersThatAreDescribedAtEveryDepth() {
        TestAgent agent = server.connectedAgent("orders");
        Ticket ticket = agent.submit(TestAgent.ticket());
        server.approver("alice")
                .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of("grantMinutes", 5))
                .expect(200);
        agent.events("s", 1, 2);
        agent.next(ServerMessage.EventsAck.class);
        String session = server.admin()
                .get("/api/v1/sessions?workload=" + agent.id())
                .expect(200)
                .at("/sessions/0/id")
                .asText();
        each((method, path, operation) -> {
            JsonNode schema = operation.at("/responses/200/content/application~1json/schema");
            boolean another = path.contains("{code}") || path.equals("/openapi.json");
            if (!method.equals("GET") || schema.isMissingNode() || another) {
                return;
            }
            String there = path.replace("/workloads/{id}", "/workloads/" + agent.id())
                    .replace("/approvals/{id}", "/approvals/" + ticket.id())
                    .replace("/sessions/{id}", "/sessions/" + session)
                    .replace("{n}", "1");
            JsonNode answer = server.admin().get(there).expect(200);
            boolean mayBeEmpty = path.equals("/api/v1/sign-in") || path.equals("/api/v1/tls");
            assertThat(mayBeEmpty || !answer.isArray() || !answer.isEmpty())
                    .as(path)
                    .isTrue();
            described(path, answer, schema);
        });
        described(
                "created user",
                server.admin()
                        .post(
                                "/api/v1/users",
                                Map.of("name", "described", "roles", List.of("viewer"), "groups", List.of()))
                        .expect(201),
                document.at("/components/schemas/CreatedUser"));
        described(
                "trial",
                server.admin()
                        .post(
                                "/api/v1/policy/dry-run",
                                Map.of("yaml", "version: 1\nmode: enforce\ndefault: {jdbc: deny}\n"))
                        .expect(200),
                document.at("/components/schemas/TrialReport"));
    }

    /** Every member is in the schema, and so are the members of what it holds. */
    private void described(String where, JsonNode value, JsonNode schemaOrReference) {
        JsonNode schema = schema(schemaOrReference);
        if (value.isArray()) {
            assertThat(schema.has("items")).as(where).isTrue();
            value.forEach(item -> described(where + "[]", item, schema.path("items")));
        } else if (value.isObject()) {
            value.properties().forEach(member -> {
                JsonNode of = schema.path("properties").path(member.getKey());
                JsonNode described = of.isMissingNode() ? schema.path("additionalProperties") : of;
                String name = where + "." + member.getKey();
                assertThat(described.isObject()).as(name).isTrue();
                described(name, member.getValue(), described);
            });
        }
    }

    @Test
    void noAnswerIsLeftOpen() {
        each((method, path, operation) -> operation
                .path("responses")
                .properties()
                .forEach(response -> {
                    JsonNode schema = response.getValue().at("/content/application~1json/schema");
                    if (!schema.isMissingNode() && !path.equals("/openapi.json")) {
                        closed(method + " " + path, schema);
                    }
                }));
        document.at("/components/schemas").properties().forEach(named -> closed(named.getKey(), named.getValue()));
    }

    private void closed(String where, JsonNode schema) {
        if (schema.path("type").asText().equals("object")) {
            assertThat(schema.has("properties") || schema.has("additionalProperties"))
                    .as(where)
                    .isTrue();
            schema.path("properties")
                    .properties()
                    .forEach(member -> closed(where + "." + member.getKey(), member.getValue()));
        } else if (schema.path("type").asText().equals("array")) {
            closed(where + "[]", schema.path("items"));
        } else {
            assertThat(schema.has("type") || schema.has("$ref")).as(where).isTrue();
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
