package io.sallyport.core.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.core.policy.BuiltInPolicies;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.testing.JsonCases;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code explain} says of statements that were written from the contract alone ({@code sql/contract}). */
class ContractStatementsTest {

    private final ExplainCommand explain =
            new ExplainCommand(new StandardSqlReader(), BuiltInPolicies.starter(), Instant.EPOCH);

    static List<JsonNode> dangerous() {
        return JsonCases.read("/sql/contract/dangerous.jsonl");
    }

    static List<JsonNode> benign() {
        return JsonCases.read("/sql/contract/benign.jsonl");
    }

    static List<JsonNode> lineage() {
        List<JsonNode> lines = JsonCases.read("/sql/contract/lineage.jsonl");
        JsonNode catalogue = lines.get(0);
        return lines.stream()
                .skip(1)
                .<JsonNode>map(line -> ((ObjectNode) line).setAll((ObjectNode) catalogue))
                .toList();
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
