package io.sallyport.core.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sallyport.core.policy.BuiltInPolicies;
import io.sallyport.core.policy.PolicyLoader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the loader know the same keys and words. */
class PolicySchemaTest {

    private static final JsonNode SCHEMA = read();

    private static JsonNode read() {
        try (InputStream in = PolicyLoader.class.getResourceAsStream("policy-schema.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode definition(Shape shape) {
        return shape == Shape.POLICY
                ? SCHEMA
                : SCHEMA.at("/$defs/" + shape.name().toLowerCase());
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void everyMappingHasTheSameKeysInBoth(Shape shape) {
        JsonNode definition = definition(shape);
        assertThat(names(definition.path("properties"))).isEqualTo(new TreeSet<>(shape.keys()));
        assertThat(texts(definition.path("required"))).isEqualTo(new TreeSet<>(shape.required()));
        assertThat(definition.path("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void everyChoiceHasTheSameWordsInBoth() {
        Map<String, Words<?>> choices = Map.ofEntries(
                Map.entry("mode", Vocabulary.MODE),
                Map.entry("defaultWord", Vocabulary.DEFAULT),
                Map.entry("then", Vocabulary.THEN),
                Map.entry("kind", Vocabulary.KIND),
                Map.entry("level", Vocabulary.LEVEL),
                Map.entry("exemption", Vocabulary.EXEMPTION),
                Map.entry("minVersion", Vocabulary.MIN_VERSION),
                Map.entry("recordLevel", Vocabulary.RECORD_LEVEL),
                Map.entry("onFull", Vocabulary.ON_FULL),
                Map.entry("durability", Vocabulary.DURABILITY),
                Map.entry("onWrite", Vocabulary.ON_WRITE),
                Map.entry("reason", Vocabulary.REASON),
                Map.entry("moment", Vocabulary.MOMENT),
                Map.entry("per", Vocabulary.PER),
                Map.entry("truncateUnit", Vocabulary.TRUNCATE),
                Map.entry("day", Vocabulary.DAY),
                Map.entry("plainFunction", Vocabulary.PLAIN));
        choices.forEach((name, words) -> assertThat(texts(SCHEMA.at("/$defs/" + name + "/enum")))
                .as(name)
                .isEqualTo(new TreeSet<>(words.all())));
    }

    @Test
    void theSchemaDefinesNothingThatTheLoaderDoesNotKnow() {
        Set<String> known = new TreeSet<>(Set.of(
                "mode",
                "defaultWord",
                "then",
                "kind",
                "level",
                "exemption",
                "minVersion",
                "recordLevel",
                "onFull",
                "durability",
                "onWrite",
                "reason",
                "moment",
                "per",
                "truncateUnit",
                "day",
                "plainFunction",
                "detector"));
        Stream.of(Shape.values())
                .filter(s -> s != Shape.POLICY)
                .forEach(s -> known.add(s.name().toLowerCase()));
        assertThat(names(SCHEMA.path("$defs"))).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("validPolicies")
    void aPolicyThatTheLoaderAcceptsIsValidBySchema(String yaml) throws IOException {
        assertThat(new SchemaCheck(SCHEMA).complaints(new YAMLMapper().readTree(yaml)))
                .isEmpty();
    }

    static List<String> validPolicies() throws IOException {
        List<String> policies = new ArrayList<>(
                BuiltInPolicies.names().stream().map(BuiltInPolicies::yaml).toList());
        try (InputStream in = PolicyLoader.class.getResourceAsStream("contract-policy.yaml")) {
            policies.add(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return policies;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: enforce",
                "version: 2",
                "version: 1\ngaurd: []",
                "version: 1\nguard: [{name: a}]",
                "version: 1\nguard: [{name: a, then: dney}]",
                "version: 1\nguard: [{name: a, then: deny, when: {}}]",
                "version: 1\nmask: [{name: a}]",
                "version: 1\nmask: [{name: a, columns: [t.c], with: {keepFirst: 1, keepLast: 1}}]",
                "version: 1\ntls: [{target: a}]",
            })
    void aPolicyThatTheLoaderRefusesForItsShapeIsInvalidBySchema(String yaml) throws IOException {
        assertThat(new SchemaCheck(SCHEMA).complaints(new YAMLMapper().readTree(yaml)))
                .isNotEmpty();
    }
}
