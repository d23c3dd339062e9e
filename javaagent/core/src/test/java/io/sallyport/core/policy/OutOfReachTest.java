package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.sql.TargetCatalogue;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A statement that puts a masked value where no mask reaches it (a file, the texts of the schema, another server, code) is refused
 * unless the policy decides about such copies itself.
 */
class OutOfReachTest {

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
                    SQLITE | ATTACH (SELECT email FROM customers) AS z
                    SQLITE | UPDATE sqlite_master SET sql = replace(sql, 'email', 'x')
                    SQLITE | UPDATE main.sqlite_schema SET sql = ''
                    POSTGRESQL | UPDATE pg_attribute SET attname = 'x' WHERE attname = 'email'
                    POSTGRESQL | UPDATE pg_catalog.pg_class SET relname = 'x'
                    H2 | CREATE CONSTANT k VALUE (SELECT email FROM customers LIMIT 1)
                    H2 | CREATE SEQUENCE s START WITH (SELECT LENGTH(email) FROM customers LIMIT 1)
                    H2 | ALTER SEQUENCE s RESTART WITH (SELECT LENGTH(email) FROM customers LIMIT 1)
                    H2 | CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY (START WITH (SELECT LENGTH(email) FROM customers)))
                    H2 | COMMENT ON TABLE orders IS (SELECT email FROM customers LIMIT 1)
                    H2 | CREATE LINKED TABLE l ('', 'jdbc:h2:mem:other', '', '', 'X')
                    H2 | CREATE TRIGGER r BEFORE UPDATE ON customers FOR EACH ROW CALL 'a.B'
                    MYSQL | CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://other/d/t'
                    MYSQL | SELECT last_insert_id(length(email)) FROM customers
                    MYSQL | ALTER TABLE customers ENGINE = CONNECT TABLE_TYPE = CSV FILE_NAME = '/tmp/x'
                    """)
    void aMaskedColumnStaysInReach(Dialect dialect, String sql) {
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
                    SQLITE | ATTACH '/tmp/x.db' AS z
                    SQLITE | SELECT * FROM sqlite_master
                    SQLITE | UPDATE customers SET name = 'x' WHERE id = 1
                    H2 | CREATE CONSTANT k VALUE 1
                    H2 | CREATE SEQUENCE s START WITH 5
                    H2 | ALTER SEQUENCE s RESTART WITH (SELECT MAX(id) + 1 FROM customers)
                    H2 | COMMENT ON COLUMN customers.email IS 'how to write'
                    H2 | CREATE TRIGGER r BEFORE UPDATE ON orders FOR EACH ROW CALL 'a.B'
                    H2 | SET @x = (SELECT email FROM customers LIMIT 1)
                    MYSQL | CREATE TABLE t (a INT) ENGINE=InnoDB
                    MYSQL | UPDATE orders SET id = last_insert_id(id + 1)
                    MYSQL | ALTER TABLE customers ENGINE = Aria
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

    @Test
    void aProgramInsideTheEngineGetsNoMaskedValue() {
        TargetCatalogue target = new TargetCatalogue();
        StandardSqlReader reader = new StandardSqlReader();
        target.changedBy(reader.read(Dialect.H2, "CREATE ALIAS send FOR 'a.B.send'", target.current()));

        assertThat(decide(Dialect.H2, "SELECT send(email) FROM customers", target.current()))
                .isInstanceOf(Verdict.Deny.class);
        assertThat(decide(Dialect.H2, "SELECT id FROM customers WHERE send('x' || email) = 1", target.current()))
                .isInstanceOf(Verdict.Deny.class);
        assertThat(decide(Dialect.H2, "SELECT send(name) FROM customers", target.current()))
                .isInstanceOf(Verdict.Allow.class);
        assertThat(decide(Dialect.H2, "SELECT upper(email) FROM customers", target.current()))
                .isInstanceOf(Verdict.Allow.class);
    }

    private static Verdict decide(Dialect dialect, String sql, Catalogue catalogue) {
        return Policies.load(MASKS.formatted(""))
                .decide(
                        Policies.sql(Policies.postgres(), new StandardSqlReader().read(dialect, sql, catalogue)),
                        Policies.NOBODY,
                        Policies.NOON)
                .verdict();
    }

    private static Decision decide(String policy, Dialect dialect, String sql) {
        CompiledPolicy compiled = Policies.load(policy);
        return compiled.decide(
                Policies.sql(Policies.postgres(), new StandardSqlReader().read(dialect, sql.strip(), Catalogue.EMPTY)),
                Policies.NOBODY,
                Policies.NOON);
    }
}
