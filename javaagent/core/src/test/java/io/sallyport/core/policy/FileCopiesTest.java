package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement that writes a masked column into a file is refused unless the policy decides about such copies itself. */
class FileCopiesTest {

    private static final String MASKS =
            "version: 1\nmode: enforce\ndefault: {jdbc: allow, opaque: allow, unmatched: allow}\n"
                    + "mask: [{name: contact, columns: [customers.email]%s}]\n";

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    POSTGRESQL | COPY customers TO '/tmp/x'
                    POSTGRESQL | COPY (SELECT email FROM customers) TO PROGRAM 'cat > /tmp/x'
                    MYSQL | SELECT email FROM customers INTO OUTFILE '/tmp/x'
                    MYSQL | SELECT email INTO DUMPFILE '/tmp/x' FROM customers LIMIT 1
                    H2 | SCRIPT TO '/tmp/x.sql'
                    H2 | SCRIPT SIMPLE TO '/tmp/x.sql' COMPRESSION GZIP
                    H2 | SCRIPT TO '/tmp/x.sql' TABLE orders, customers
                    H2 | SCRIPT TO '/tmp/x.sql' SCHEMA public
                    H2 | BACKUP TO '/tmp/x.zip'
                    H2 | CALL CSVWRITE('/tmp/x.csv', 'SELECT * FROM customers')
                    H2 | SELECT CSVWRITE('/tmp/x.csv', 'SELECT email AS e FROM customers')
                    H2 | CALL CSVWRITE('/tmp/x.csv', ?)
                    H2 | CALL CSVWRITE('/tmp/x.csv', CONCAT('SELECT * FROM ', 'customers'))
                    H2 | SELECT FILE_WRITE(email, '/tmp/x') FROM customers
                    SQLITE | VACUUM INTO '/tmp/x.db'
                    SQLITE | VACUUM main INTO '/tmp/x.db'
                    SQLITE | backup to /tmp/x.db
                    SQLITE | backup main to '/tmp/x.db'
                    """)
    void aMaskedColumnDoesNotLeaveForAFile(Dialect dialect, String sql) {
        Decision decision = decide(MASKS.formatted(""), dialect, sql);

        assertThat(decision.verdict()).isInstanceOf(Verdict.Deny.class);
        assertThat(decision.rules()).containsExactly("contact");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    POSTGRESQL | COPY orders TO '/tmp/x'
                    POSTGRESQL | COPY customers (id, name) TO '/tmp/x'
                    POSTGRESQL | COPY customers FROM '/tmp/x'
                    POSTGRESQL | VACUUM customers
                    MYSQL | SELECT name FROM customers INTO OUTFILE '/tmp/x'
                    H2 | SCRIPT NODATA TO '/tmp/x.sql'
                    H2 | SCRIPT TO '/tmp/x.sql' TABLE orders
                    H2 | CALL CSVWRITE('/tmp/x.csv', 'SELECT * FROM orders')
                    H2 | CALL CSVWRITE('/tmp/x.csv', 'SELECT id, name FROM customers')
                    H2 | CREATE TABLE t AS SELECT email FROM customers
                    SQLITE | VACUUM
                    SQLITE | VACUUM main
                    """)
    void whatHasNoMaskedColumnGoes(Dialect dialect, String sql) {
        assertThat(decide(MASKS.formatted(""), dialect, sql).verdict()).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void aGuardAboutCopiesDecides() {
        String copy = "COPY customers TO '/tmp/x'";
        String asked = MASKS.formatted("") + "guard: [{name: dump, when: {copiesSensitive: true}, then: %s}]";

        assertThat(decide(asked.formatted("allow"), Dialect.POSTGRESQL, copy).verdict())
                .isInstanceOf(Verdict.Allow.class);
        assertThat(decide(asked.formatted("approve"), Dialect.POSTGRESQL, copy).verdict())
                .isInstanceOf(Verdict.Hold.class);
        assertThat(decide(asked.formatted("deny"), Dialect.POSTGRESQL, copy).rules())
                .containsExactly("dump");
        assertThat(decide(asked.formatted("allow, mode: observe"), Dialect.POSTGRESQL, copy)
                        .rules())
                .containsExactly("contact");
    }

    @Test
    void aMaskThatDoesNotStandRefusesNothing() {
        String copy = "COPY customers TO '/tmp/x'";

        assertThat(decide(MASKS.formatted(", mode: observe"), Dialect.POSTGRESQL, copy)
                        .verdict())
                .isInstanceOf(Verdict.Allow.class);
        assertThat(decide(
                                MASKS.formatted(", unless: {callSite: [\"" + Policies.class.getName() + "\", \"**\"]}"),
                                Dialect.POSTGRESQL,
                                copy)
                        .verdict())
                .isInstanceOf(Verdict.Allow.class);
    }

    private static Decision decide(String policy, Dialect dialect, String sql) {
        CompiledPolicy compiled = Policies.load(policy);
        return compiled.decide(
                Policies.sql(Policies.postgres(), new StandardSqlReader().read(dialect, sql.strip(), Catalogue.EMPTY)),
                Policies.NOBODY,
                Policies.NOON);
    }
}
