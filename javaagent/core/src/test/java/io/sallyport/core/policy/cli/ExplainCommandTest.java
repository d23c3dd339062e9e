package io.sallyport.core.policy.cli;

import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.analysis;
import static io.sallyport.core.policy.Policies.load;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The output format, over analyses given by the test; what statements mean is the reader's matter. */
class ExplainCommandTest {

    private static final SqlFacts DESTROYS = new SqlFacts(true, false, true, false, false, false, true, false);

    private static SqlAnalysis select(OutputItem... items) {
        return analysis(
                StatementKind.READ,
                SqlFacts.NONE,
                List.of(new TableUse(null, "users", TableUse.Access.READ)),
                new Lineage(List.of(items), true, List.of()));
    }

    private static OutputItem column(String name) {
        return new OutputItem.Column(name, Set.of(new ColumnOrigin(null, "users", name)), true);
    }

    private static JsonNode explain(String policy, SqlAnalysis analysis, String line) throws IOException {
        SqlReader reader = (dialect, sql, catalogue) -> analysis;
        return new ExplainCommand(reader, load("version: 1\n" + policy), NOON).line(new ObjectMapper().readTree(line));
    }

    @Test
    void theLineHasTheContractsFieldsInTheContractsOrder() throws IOException {
        SqlAnalysis drop = analysis(
                StatementKind.DROP,
                DESTROYS,
                List.of(new TableUse("app", "users", TableUse.Access.WRITE)),
                Lineage.NONE);
        JsonNode out = explain(
                "guard: [{name: no-drop, when: {kind: drop}, then: deny}]",
                drop,
                "{\"id\":7,\"dialect\":\"postgresql\",\"sql\":\"DROP TABLE app.users\"}");
        assertThat(out)
                .hasToString("{\"id\":7,\"kind\":\"drop\",\"kinds\":[\"drop\"],\"risk\":\"low\",\"facts\":{"
                        + "\"destructive\":true,\"unboundedWrite\":false,\"ddl\":true,\"privilege\":false,"
                        + "\"fileOrOsAccess\":false,\"multi\":false,\"writes\":true,\"opaque\":false,"
                        + "\"copiesSensitive\":false},\"tables\":[\"app.users\"],\"masked\":[],\"maskAll\":false,"
                        + "\"lineage\":\"exact\",\"decision\":\"deny\",\"mode\":\"enforce\",\"rules\":[\"no-drop\"],"
                        + "\"parser\":\"tree\"}");
    }

    @Test
    void theColumnsOfTheLineReplaceThoseOfThePolicy() throws IOException {
        String policy = "mask: [{name: m, columns: [users.email]}]";
        SqlAnalysis analysis = select(column("id"), column("email"), column("phone"));
        assertThat(explain(policy, analysis, "{\"sql\":\"q\"}").get("masked")).hasToString("[1]");
        assertThat(explain(policy, analysis, "{\"sql\":\"q\",\"sensitive\":[\"users.phone\"]}")
                        .get("masked"))
                .hasToString("[2]");
        assertThat(explain(policy, analysis, "{\"sql\":\"q\",\"sensitive\":[]}").get("masked"))
                .hasToString("[]");
    }

    @Test
    void aStarOverAMaskedTableMasksAnUnknownNumberOfColumns() throws IOException {
        SqlAnalysis analysis = select(column("email"), new OutputItem.Star(null, "users"));
        JsonNode out = explain("", analysis, "{\"sql\":\"q\",\"sensitive\":[\"users.email\"]}");
        assertThat(out.get("maskAll").asBoolean()).isTrue();
        assertThat(out.get("masked")).hasToString("[0]");
        JsonNode other = explain("", analysis, "{\"sql\":\"q\",\"sensitive\":[\"orders.email\"]}");
        assertThat(other.get("maskAll").asBoolean()).isFalse();
    }

    @Test
    void withoutExactLineageColumnsThatCannotBeShownClearAreMasked() throws IOException {
        SqlAnalysis analysis = analysis(
                StatementKind.READ,
                SqlFacts.NONE,
                List.of(new TableUse(null, "users", TableUse.Access.READ)),
                Lineage.UNKNOWN);
        JsonNode out = explain("", analysis, "{\"sql\":\"q\",\"sensitive\":[\"users.email\"]}");
        assertThat(out.get("maskAll").asBoolean()).isTrue();
        assertThat(out.get("lineage").asText()).isEqualTo("conservative");
    }

    @Test
    void rulesInObserveModeAreExplainedAsIfTheyTookEffect() throws IOException {
        JsonNode out =
                explain("mode: observe\nguard: [{name: a, then: deny}]", select(column("id")), "{\"sql\":\"q\"}");
        assertThat(out.get("decision").asText()).isEqualTo("deny");
        assertThat(out.get("mode").asText()).isEqualTo("observe");
    }

    @Test
    void rulesAboutAnyDatabaseCountUnlessTheLineNamesATarget() throws IOException {
        String policy =
                "targets:\n  - {name: a, jdbc: 'jdbc:postgresql://a/x'}\n  - {name: b, jdbc: 'jdbc:postgresql://b/x'}\n"
                        + "guard: [{name: g, target: a, then: deny}]";
        assertThat(explain(policy, select(column("id")), "{\"sql\":\"q\"}")
                        .get("decision")
                        .asText())
                .isEqualTo("deny");
        assertThat(explain(policy, select(column("id")), "{\"sql\":\"q\",\"target\":\"b\"}")
                        .get("decision")
                        .asText())
                .isEqualTo("allow");
    }

    @Test
    void schemaAndViewsReachTheReader() throws IOException {
        List<Catalogue> seen = new ArrayList<>();
        SqlReader reader = (dialect, sql, catalogue) -> {
            assertThat(dialect).isEqualTo(Dialect.MYSQL);
            seen.add(catalogue);
            return select(column("id"));
        };
        new ExplainCommand(reader, load("version: 1"), NOON)
                .line(new ObjectMapper()
                        .readTree("{\"dialect\":\"mysql\",\"sql\":\"q\",\"schema\":{\"Users\":[\"ID\",\"email\"]},"
                                + "\"views\":[\"CREATE VIEW v AS SELECT 1\"]}"));
        assertThat(seen.get(0).tables()).containsEntry("users", List.of("id", "email"));
        assertThat(seen.get(0).views()).containsExactly("CREATE VIEW v AS SELECT 1");
    }

    @Test
    void aLineThatIsWrongYieldsAnErrorAndKeepsItsId() throws IOException {
        SqlAnalysis any = select(column("id"));
        assertThat(explain("", any, "{\"id\":\"x\",\"dialect\":\"postgres\",\"sql\":\"q\"}"))
                .hasToString("{\"id\":\"x\",\"error\":\"'dialect' is one of postgresql, mysql, tsql, oracle, h2,"
                        + " sqlite, generic\"}");
        assertThat(explain("", any, "{\"id\":1}")).hasToString("{\"id\":1,\"error\":\"'sql' must be text\"}");
        assertThat(explain("", any, "[]").has("error")).isTrue();
        assertThat(explain("", any, "{\"sql\":\"q\",\"sensitive\":[\"email\"]}").has("error"))
                .isTrue();
        assertThat(explain("", any, "{\"sql\":\"q\",\"schema\":[1]}").has("error"))
                .isTrue();
    }
}
