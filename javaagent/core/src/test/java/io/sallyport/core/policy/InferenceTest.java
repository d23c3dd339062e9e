package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InferenceTest {
    private static final CompiledPolicy POLICY = Policies.load("""
            version: 1
            mask:
              - {name: pii, columns: [customers.email, customers.ssn]}
            guard:
              - {name: no-guessing, when: {inference: true}, then: deny}
            """);
    private static final Catalogue SCHEMA = new Catalogue(
            Map.of(
                    "customers", List.of("id", "name", "email", "ssn", "city"),
                    "orders", List.of("id", "customer_id", "total", "email_sent")),
            List.of("CREATE VIEW reachable AS SELECT id, city FROM customers WHERE email <> ''"));

    private final SqlReader reader = new StandardSqlReader();

    static Stream<String> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(InferenceTest.class.getResourceAsStream("inference.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    private boolean denied(String dialect, String sql, Catalogue catalogue) {
        var analysis = reader.read(Dialect.valueOf(dialect.toUpperCase(Locale.ROOT)), sql, catalogue);
        return POLICY.decide(Policies.sql(Policies.postgres(), analysis), Policies.NOBODY, Policies.NOON)
                        .verdict()
                instanceof Verdict.Deny;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMaskedColumnThatDecidesWhichRowsComeBackIsDeniedAndNothingElse(String line) {
        String[] fields = line.split("\\|", 3);

        assertThat(denied(fields[1], fields[2], SCHEMA)).isEqualTo(fields[0].equals("+"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withoutASchemaNoInferenceIsMissed(String line) {
        String[] fields = line.split("\\|", 3);

        if (fields[0].equals("+")) {
            assertThat(denied(fields[1], fields[2], Catalogue.EMPTY)).isTrue();
        }
    }

    @Test
    void whatAViewChoosesByIsNotItsReadersInference() {
        assertThat(denied("postgresql", "SELECT id FROM reachable WHERE city = 'X'", SCHEMA))
                .isFalse();
    }

    @Test
    void aClauseThatCannotBeReadCountsWhereItNamesAMaskedColumn() {
        assertThat(denied("oracle", "SELECT * FROM customers MODEL DIMENSION BY (ssn) MEASURES (id) RULES ()", SCHEMA))
                .isTrue();
    }
}
