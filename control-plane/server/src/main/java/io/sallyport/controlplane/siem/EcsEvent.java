package io.sallyport.controlplane.siem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.protocol.Wire;
import org.jspecify.annotations.Nullable;

/**
 * An event in Elastic Common Schema 8.17. What the schema has no field for stands below {@code sallyport}, by the record's own names.
 */
final class EcsEvent {

    private static final String VERSION = "8.17.0";

    private EcsEvent() {}

    /** @param event as the API has it */
    static ObjectNode of(JsonNode event) {
        String type = event.path("type").asText();
        String verdict = text(event, "verdict");
        String target = event.path("target").asText();
        ObjectNode ecs = Wire.json().createObjectNode();
        ecs.put("@timestamp", event.path("at").asText());
        ecs.putObject("ecs").put("version", VERSION);
        ObjectNode about = ecs.putObject("event");
        about.put("id", event.path("id").asText());
        about.put("module", "sallyport");
        about.put("dataset", "sallyport.record");
        about.put("kind", type.equals("ALARM") ? "alert" : "event");
        about.put("action", action(type, event));
        about.putArray("category").add(target.startsWith("http") ? "web" : "database");
        about.putArray("type").add(kind(type, verdict));
        about.put("outcome", outcome(type, verdict));
        about.put("ingested", event.path("received").asText());
        put(about, "reason", text(event, "reason"));
        if (event.hasNonNull("sequence")) {
            about.put("sequence", event.path("sequence").asLong());
        }
        if (event.path("micros").asLong(-1) >= 0) {
            about.put("duration", event.path("micros").asLong() * 1_000);
        }
        ecs.putObject("service")
                .put("name", event.path("workload").path("name").asText())
                .put("id", event.path("workload").path("id").asText());
        if (!target.isEmpty()) {
            ecs.putObject("destination").put("address", target);
        }
        if (event.path("rules").size() > 0) {
            ecs.putObject("rule").set("name", event.path("rules"));
        }
        if (text(event, "trace") != null) {
            ecs.putObject("trace").put("id", text(event, "trace"));
        }
        if (text(event, "user") != null) {
            ecs.putObject("user").put("name", text(event, "user"));
        }
        if (text(event, "error") != null) {
            ecs.putObject("error").put("message", text(event, "error"));
        }
        if (text(event, "thread") != null) {
            ecs.putObject("process").putObject("thread").put("name", text(event, "thread"));
        }
        ObjectNode own = ecs.putObject("sallyport");
        event.fields().forEachRemaining(member -> {
            if (!member.getValue().isNull() && !member.getKey().equals("workload")) {
                own.set(member.getKey(), member.getValue());
            }
        });
        return ecs;
    }

    private static String action(String type, JsonNode event) {
        String summary = event.path("summary").asText();
        return type.equals("DECISION") && !summary.isEmpty() ? summary : type.toLowerCase(java.util.Locale.ROOT);
    }

    private static String kind(String type, @Nullable String verdict) {
        return switch (type) {
            case "OPEN" -> "deny".equals(verdict) ? "denied" : "connection";
            case "CLOSE" -> "end";
            case "ERROR" -> "error";
            case "DECISION", "OUTCOME" -> "deny".equals(verdict) ? "denied" : "access";
            default -> "info";
        };
    }

    private static String outcome(String type, @Nullable String verdict) {
        if (type.equals("ERROR") || "deny".equals(verdict)) {
            return "failure";
        }
        return "hold".equals(verdict) || type.equals("ALARM") ? "unknown" : "success";
    }

    private static void put(ObjectNode into, String name, @Nullable String value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    private static @Nullable String text(JsonNode event, String member) {
        JsonNode value = event.path(member);
        return value.isTextual() && !value.asText().isEmpty() ? value.asText() : null;
    }
}
