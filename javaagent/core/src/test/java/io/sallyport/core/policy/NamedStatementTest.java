package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StandardSqlReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that run what another statement named: nobody knows what they return, so all of it is masked. */
class NamedStatementTest {
    private static final CompiledPolicy POLICY = Policies.load("""
            version: 1
            default: {opaque: allow}
            mask:
              - {name: pii, columns: [customers.email]}
            """);

    @ParameterizedTest
    @CsvSource({
        "postgresql, EXECUTE p",
        "postgresql, EXECUTE p(1)",
        "postgresql, FETCH ALL FROM c",
        "mysql, EXECUTE p",
        "tsql, EXEC sp_executesql @q",
        "oracle, CALL report()",
    })
    void whatANamedStatementReturnsIsMasked(String dialect, String sql) {
        var analysis = new StandardSqlReader()
                .read(Dialect.valueOf(dialect.toUpperCase(java.util.Locale.ROOT)), sql, Catalogue.EMPTY);
        var obligations = POLICY.decide(Policies.sql(Policies.postgres(), analysis), Policies.NOBODY, Policies.NOON)
                .verdict()
                .obligationsOrNone();

        var masks = obligations.columns().bind(List.of(new ResultColumn("anything", null, null, null)));

        assertThat(masks).isNotNull();
        assertThat(masks[0].apply("ann@acme.com", String.class)).isNotEqualTo("ann@acme.com");
    }
}
