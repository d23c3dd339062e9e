package io.sallyport.core.policy.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The part of JSON Schema 2020-12 that the published schema uses; an unknown keyword is an error. */
final class SchemaCheck {

    private static final Set<String> SAYS_NOTHING = Set.of("$schema", "$id", "title", "description", "$defs");

    private final JsonNode root;

    SchemaCheck(JsonNode root) {
        this.root = root;
    }

    List<String> complaints(JsonNode value) {
        List<String> complaints = new ArrayList<>();
        check(root, value, "", complaints);
        return complaints;
    }

    private boolean valid(JsonNode schema, JsonNode value) {
        List<String> complaints = new ArrayList<>();
        check(schema, value, "", complaints);
        return complaints.isEmpty();
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> into) {
        schema.fields().forEachRemaining(keyword -> {
            if (!SAYS_NOTHING.contains(keyword.getKey())
                    && !holds(schema, keyword.getKey(), keyword.getValue(), value)) {
                into.add(at + " " + keyword.getKey());
            }
        });
        if (value.isObject()) {
            value.fields().forEachRemaining(member -> {
                JsonNode property = schema.path("properties").path(member.getKey());
                JsonNode others = schema.path("additionalProperties");
                if (!property.isMissingNode()) {
                    check(property, member.getValue(), at + "/" + member.getKey(), into);
                } else if (others.isObject()) {
                    check(others, member.getValue(), at + "/" + member.getKey(), into);
                }
            });
        }
        if (value.isArray() && schema.has("items")) {
            value.forEach(item -> check(schema.get("items"), item, at + "/-", into));
        }
    }

    private boolean holds(JsonNode schema, String keyword, JsonNode wanted, JsonNode value) {
        return switch (keyword) {
            case "$ref" -> valid(root.at(wanted.asText().substring(1)), value);
            case "type" -> type(wanted, value);
            case "const" -> wanted.equals(value);
            case "enum" -> contains(wanted, value);
            case "pattern" ->
                !value.isTextual()
                        || Pattern.compile(wanted.asText())
                                .matcher(value.asText())
                                .find();
            case "minLength" -> !value.isTextual() || value.asText().length() >= wanted.asInt();
            case "minimum" -> !value.isNumber() || value.asDouble() >= wanted.asDouble();
            case "maximum" -> !value.isNumber() || value.asDouble() <= wanted.asDouble();
            case "exclusiveMinimum" -> !value.isNumber() || value.asDouble() > wanted.asDouble();
            case "minItems" -> !value.isArray() || value.size() >= wanted.asInt();
            case "minProperties" -> !value.isObject() || value.size() >= wanted.asInt();
            case "maxProperties" -> !value.isObject() || value.size() <= wanted.asInt();
            case "required" -> !value.isObject() || all(wanted, name -> value.has(name.asText()));
            case "dependentRequired" -> !value.isObject() || dependents(wanted, value);
            case "anyOf" -> count(wanted, value) >= 1;
            case "oneOf" -> count(wanted, value) == 1;
            case "properties", "items" -> true;
            case "additionalProperties" -> wanted.isObject() || !value.isObject() || known(schema, value);
            default -> throw new IllegalStateException("unknown keyword " + keyword);
        };
    }

    private static boolean known(JsonNode schema, JsonNode value) {
        for (var it = value.fieldNames(); it.hasNext(); ) {
            if (!schema.path("properties").has(it.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean dependents(JsonNode wanted, JsonNode value) {
        for (var it = wanted.fields(); it.hasNext(); ) {
            var rule = it.next();
            if (value.has(rule.getKey()) && !all(rule.getValue(), name -> value.has(name.asText()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean all(JsonNode items, java.util.function.Predicate<JsonNode> test) {
        for (JsonNode item : items) {
            if (!test.test(item)) {
                return false;
            }
        }
        return true;
    }

    private long count(JsonNode schemas, JsonNode value) {
        long n = 0;
        for (JsonNode schema : schemas) {
            n += valid(schema, value) ? 1 : 0;
        }
        return n;
    }

    private static boolean contains(JsonNode words, JsonNode value) {
        // A word such as off may reach a validator as a boolean; editors read YAML 1.2, where it is text.
        return !all(words, word -> !word.equals(value));
    }

    private static boolean type(JsonNode wanted, JsonNode value) {
        if (wanted.isArray()) {
            return !all(wanted, one -> !type(one, value));
        }
        return switch (wanted.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("unknown type " + wanted);
        };
    }
}
