package io.sallyport.core.mask.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.core.mask.detect.Detectors;

/** {@code detect}: {@code {"id","value","context"}} becomes {@code {"id","entities":[…]}}. Thread-safe. */
public final class DetectCommand {
    private DetectCommand() {}

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
        JsonNode value = in.path("value");
        JsonNode context = in.path("context");
        if (!value.isValueNode() || value.isNull()) {
            return out.put("error", "\"value\" is missing or no text");
        }
        if (!context.isMissingNode() && !context.isNull() && !context.isTextual()) {
            return out.put("error", "\"context\" is no text");
        }
        ArrayNode entities = out.putArray("entities");
        detectors.entities(value.asText(), context.asText("")).forEach(entities::add);
        return out;
    }
}
