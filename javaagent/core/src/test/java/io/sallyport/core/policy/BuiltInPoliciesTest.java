package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.http;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HostSpelling;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.cli.ExplainCommand;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in policy does what the cases beside it say. */
class BuiltInPoliciesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<String> names() {
        return BuiltInPolicies.names();
    }

    static Stream<Arguments> cases() {
        return names().stream().flatMap(name -> lines(name).stream().map(line -> Arguments.of(name, line)));
    }

    private static List<String> lines(String name) {
        try (InputStream in = BuiltInPolicies.class.getResourceAsStream("builtin/" + name + ".cases.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void onlyTheStarterObserves(String name) {
        Mode expected = name.equals("starter") ? Mode.OBSERVE : Mode.ENFORCE;
        assertThat(BuiltInPolicies.load(name).mode()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void hasTenCasesOfEachSort(String name) {
        long clear = lines(name).stream()
                .filter(l -> l.contains("\"expect\": \"clear\""))
                .count();
        assertThat(clear).isGreaterThanOrEqualTo(10);
        assertThat(lines(name).size() - clear).isGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesWhatTheCaseSays(String name, String line) throws IOException {
        JsonNode expected = JSON.readTree(line);
        if (expected.has("http")) {
            request(name, expected);
        } else {
            statement(name, expected);
        }
    }

    private static void request(String name, JsonNode expected) {
        String[] call = expected.get("http").asText().split(" ");
        boolean whole = call[1].contains("://");
        URI uri = URI.create(whole ? call[1] : "https://h" + call[1]);
        Decision decision = BuiltInPolicies.load(name).decide(http(place(uri), call[0], uri.getPath()), NOBODY, NOON);
        switch (expected.get("expect").asText()) {
            case "deny" -> assertThat(decision.verdict()).isInstanceOf(Verdict.Deny.class);
            case "approve" -> assertThat(decision.verdict()).isInstanceOf(Verdict.Hold.class);
            default -> {
                assertThat(decision.verdict()).isInstanceOf(Verdict.Allow.class);
                assertThat(decision.wouldHave()).isNull();
            }
        }
        if (expected.has("rule")) {
            assertThat(decision.rules()).contains(expected.get("rule").asText());
        }
    }

    private static Target place(URI uri) {
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int port = uri.getScheme().equals("https") ? 443 : 80;
        List<Endpoint> endpoints =
                HostSpelling.of(host).stream().map(h -> new Endpoint(h, port)).toList();
        return new Target(
                Target.Protocol.HTTP,
                uri.getScheme(),
                endpoints,
                "",
                uri.getScheme() + "://" + uri.getHost() + uri.getPath());
    }

    private static void statement(String name, JsonNode expected) {
        JsonNode out = new ExplainCommand(new StandardSqlReader(), BuiltInPolicies.load(name), NOON).line(expected);
        boolean masked = out.get("maskAll").asBoolean() || !out.get("masked").isEmpty();
        switch (expected.get("expect").asText()) {
            case "mask" -> {
                assertThat(out.get("decision").asText()).isEqualTo("allow");
                assertThat(masked).isTrue();
            }
            case "clear" -> {
                assertThat(out.get("decision").asText()).as(out.toString()).isEqualTo("allow");
                assertThat(masked).as(out.toString()).isFalse();
            }
            default ->
                assertThat(out.get("decision").asText())
                        .as(out.toString())
                        .isEqualTo(expected.get("expect").asText());
        }
        if (expected.has("rule")) {
            assertThat(out.get("rules"))
                    .as(out.toString())
                    .anyMatch(r -> r.asText().equals(expected.get("rule").asText()));
        }
    }
}
