package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.core.mask.cli.MaskCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies judged by what a masked one may not hold and must still hold, however it is written ({@code mask/bodies/contract.jsonl} tells the format). */
class ContractBodiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<JsonNode> bodies() throws IOException {
        try (InputStream in = ContractBodiesTest.class.getResourceAsStream("/mask/bodies/contract.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(ContractBodiesTest::parsed)
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

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void noSecretIsLeftAndAllElseIs(JsonNode given) {
        JsonNode out = MaskCommand.line(given);
        String why = given.get("why").textValue();
        String expected = given.get("outcome").textValue();
        String outcome = out.path("outcome").asText();
        assertThat(outcome).as("%s: %s", why, out).isIn("masked", "clear", "refused");
        if (!expected.equals("any")) {
            assertThat(outcome).as("%s: %s", why, out).isEqualTo(expected);
        }
        if (outcome.equals("refused")) {
            assertThat(out.get("body").isNull()).as(why).isTrue();
            return;
        }
        String body = out.get("body").textValue();
        assertThat(texts(given.get("secrets"))).as("%s: %s", why, body).noneMatch(body::contains);
        assertThat(texts(given.get("keep"))).as("%s: %s", why, body).allMatch(body::contains);
        if (expected.equals("clear")) {
            assertThat(body).as(why).isEqualTo(given.get("body").textValue());
        }
    }
}
