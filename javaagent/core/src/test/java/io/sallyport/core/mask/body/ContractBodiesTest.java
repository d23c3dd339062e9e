package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.mask.cli.MaskCommand;
import io.sallyport.core.testing.JsonCases;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies judged by what a masked one may not hold and must still hold, however it is written ({@code mask/bodies/contract.jsonl} tells the format). */
class ContractBodiesTest {

    static List<JsonNode> bodies() {
        return JsonCases.read("/mask/bodies/contract.jsonl");
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
