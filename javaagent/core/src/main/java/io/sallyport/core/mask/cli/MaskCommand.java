package io.sallyport.core.mask.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.body.BodyMaskers;
import io.sallyport.core.mask.body.BodyRule;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code mask}: {@code {"id","contentType","body","rules":[{"key":K}|{"path":P}|{"detect":E}]}} becomes
 * {@code {"id","body","masked":n,"outcome":"masked|clear|refused","reason"}}.
 *
 * <p>Every rule redacts: text becomes asterisks (as many as it had characters, at most three), numbers become 0, truth values
 * {@code false}; {@code null} stays. So a client that expects a type still reads one, and containers keep their members; member
 * names change only where a detector finds something in them. A refused body comes back as {@code null}, with the reason.
 *
 * <p>The body is text, so a charset in {@code contentType} says nothing here. Thread-safe.
 */
public final class MaskCommand {
    private MaskCommand() {}

    /** One line with the built-in detectors. */
    public static JsonNode line(JsonNode in) {
        return line(in, Detectors.standard());
    }

    /** One line; what is wrong with it is told in {@code error}, nothing is thrown. */
    public static JsonNode line(JsonNode in, Detectors detectors) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        if (in.has("id")) {
            out.set("id", in.get("id"));
        }
        JsonNode body = in.path("body");
        if (!body.isTextual()) {
            return out.put("error", "\"body\" is missing or no text");
        }
        List<BodyRule> rules;
        try {
            rules = rules(in.path("rules"), detectors);
        } catch (IllegalArgumentException wrong) {
            return out.put("error", wrong.getMessage());
        }
        return mask(out, in.path("contentType").asText(""), body.textValue(), rules, detectors);
    }

    private static List<BodyRule> rules(JsonNode nodes, Detectors detectors) {
        if (!nodes.isArray()) {
            throw new IllegalArgumentException("\"rules\" is missing or no list");
        }
        List<BodyRule> rules = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (node.size() != 1) {
                throw new IllegalArgumentException("a rule has exactly one of \"key\", \"path\" and \"detect\"");
            }
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            rules.add(rule("rule " + (rules.size() + 1), only.getKey(), only.getValue(), detectors));
        }
        return rules;
    }

    private static BodyRule rule(String name, String kind, JsonNode value, Detectors detectors) {
        if (kind.equals("detect")) {
            Set<String> entities = new java.util.LinkedHashSet<>();
            (value.isArray() ? value : List.of(value)).forEach(entity -> entities.add(entity.asText()));
            for (String entity : entities) {
                if (!detectors.knows(entity)) {
                    throw new IllegalArgumentException("no detector is named " + entity);
                }
            }
            return new BodyRule.Detect(name, entities, MaskingFunctions.redact());
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + kind + "\" is no text");
        }
        return switch (kind) {
            case "key" -> new BodyRule.Key(name, value.textValue(), MaskingFunctions.redact());
            case "path" -> new BodyRule.Path(name, value.textValue(), MaskingFunctions.redact());
            default -> throw new IllegalArgumentException("a rule has exactly one of \"key\", \"path\" and \"detect\"");
        };
    }

    private static JsonNode mask(
            ObjectNode out, String contentType, String body, List<BodyRule> rules, Detectors detectors) {
        BodyMasker masker = BodyMaskers.plan(rules, detectors).masker(unencoded(contentType));
        if (masker == null) {
            return out.put("body", body).put("masked", 0).put("outcome", "clear");
        }
        ByteArrayOutputStream masked = new ByteArrayOutputStream(body.length());
        try {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            masker.update(bytes, 0, bytes.length, masked);
            masker.finish(masked);
        } catch (BodyRefusedException refused) {
            return refused(out, refused.reason());
        } catch (IOException | RuntimeException failed) {
            return refused(out, "the body could not be masked");
        }
        return out.put("body", masked.toString(StandardCharsets.UTF_8))
                .put("masked", masker.masked())
                .put("outcome", masker.masked() > 0 ? "masked" : "clear");
    }

    private static JsonNode refused(ObjectNode out, String reason) {
        return out.putNull("body").put("masked", 0).put("outcome", "refused").put("reason", reason);
    }

    private static String unencoded(String contentType) {
        return contentType.replaceAll("(?i);\\s*charset\\s*=\\s*(\"[^\"]*\"|[^;]*)", "");
    }
}
