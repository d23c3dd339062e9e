package io.sallyport.controlplane.siem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.Wire;
import org.junit.jupiter.api.Test;

class EcsEventTest {

    @Test
    void anEventHasTheFieldsOfTheCommonSchema() throws Exception {
        JsonNode recorded = Wire.json().readTree("""
                {"id":7,"workload":{"id":"w1","name":"shop"},"sequence":3,"received":"2026-11-22T10:15:31Z",
                 "at":"2026-11-22T10:15:30Z","type":"DECISION","session":"s","call":"c","target":"jdbc:postgresql://db/orders",
                 "summary":"drop","detail":"DROP TABLE t","verdict":"deny","rules":["no-drop"],"rows":-1,"micros":1500,
                 "thread":"main","trace":"4bf92f3577b34da6a3ce929d0e0e4736","user":"ann","error":null}""");
        JsonNode ecs = EcsEvent.of(recorded);
        assertThat(ecs.at("/@timestamp").asText()).isEqualTo("2026-11-22T10:15:30Z");
        assertThat(ecs.at("/event/kind").asText()).isEqualTo("event");
        assertThat(ecs.at("/event/category/0").asText()).isEqualTo("database");
        assertThat(ecs.at("/event/type/0").asText()).isEqualTo("denied");
        assertThat(ecs.at("/event/outcome").asText()).isEqualTo("failure");
        assertThat(ecs.at("/event/action").asText()).isEqualTo("drop");
        assertThat(ecs.at("/event/duration").asLong()).isEqualTo(1_500_000);
        assertThat(ecs.at("/rule/name/0").asText()).isEqualTo("no-drop");
        assertThat(ecs.at("/service/name").asText()).isEqualTo("shop");
        assertThat(ecs.at("/trace/id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(ecs.at("/user/name").asText()).isEqualTo("ann");
        assertThat(ecs.at("/sallyport/detail").asText()).isEqualTo("DROP TABLE t");
        assertThat(ecs.path("error").isMissingNode()).isTrue();
    }
}
