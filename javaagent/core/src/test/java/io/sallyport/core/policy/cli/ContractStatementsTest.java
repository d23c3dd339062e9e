package io.sallyport.core.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.core.policy.BuiltInPolicies;
import io.sallyport.core.sql.StandardSqlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code explain} says of statements that were written from the contract alone ({@code sql/contract}). */
class ContractStatementsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExplainCommand explain =
            new ExplainCommand(new StandardSqlReader(), BuiltInPolicies.starter(), Instant.EPOCH);

    static List<JsonNode> dangerous() throws IOException {
        return lines("dangerous");
    }

    static List<JsonNode> benign() throws IOException {
        return lines("benign");
    }

    static List<JsonNode> lineage() throws IOException {
        List<JsonNode> lines = lines("lineage");
        JsonNode catalogue = lines.get(0);
        return lines.stream()
                .skip(1)
                .<JsonNode>map(line -> ((ObjectNode) line).setAll((ObjectNode) catalogue))
                .toList();
    }

    private static List<JsonNode> lines(String name) throws IOException {
        try (InputStream in = ContractStatementsTest.class.getResourceAsStream("/sql/contract/" + name + ".jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(ContractStatementsTest::parsed)
                    .toList();
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    @ParameterizedTest
    @MethodSource({"dangerous", "benign"})
    void kindAndFactsAreThoseThatTheirAuthorExpects(JsonNode given) {
        JsonNode said = explain.line(given);
        JsonNode expected = given.get("expect");
        if (expected.has("kind")) {
            assertThat(said.get("kind")).as("%s", given).isEqualTo(expected.get("kind"));
        }
        for (Map.Entry<String, JsonNode> fact : expected.path("facts").properties()) {
            assertThat(said.get("facts").get(fact.getKey()))
                    .as("%s of %s", fact.getKey(), given)
                    .isEqualTo(fact.getValue());
        }
    }

    @ParameterizedTest
    @MethodSource("lineage")
    void positionsThatCarryASensitiveValueAreMaskedAndNoOthers(JsonNode given) {
        assertThat(explain.line(given).get("masked")).as("%s", given).isEqualTo(given.get("masked"));
    }
}
