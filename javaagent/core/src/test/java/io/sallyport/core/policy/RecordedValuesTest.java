package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.record.Event;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.testing.GateFixture;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters and literals are in the record where no masked column can meet them, as a keyed hash where one can, and never where they may be a credential. */
class RecordedValuesTest {

    private static final String MASKED = """
            version: 1
            mode: enforce
            mask:
              - {name: contact, columns: [users.email, users.phone], with: redact}
            guard:
              - {name: no-purge, when: {kind: [delete], tables: {write: [audit]}}, then: deny}
            """;
    private static final String RUNS_CODE = MASKED + "default: {opaque: allow}\n";
    private static final Catalogue SCHEMA = new Catalogue(
            Map.of(
                    "users", List.of("id", "name", "email", "phone", "password"),
                    "orders", List.of("id", "user_id", "status", "total", "note")),
            List.of("CREATE VIEW people AS SELECT id, email AS mail, name FROM users"));

    private final StandardSqlReader reader = new StandardSqlReader();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                // where no table can hold a masked column, everything is shown
                "SELECT * FROM orders WHERE id = ? AND note LIKE 'x%' LIMIT 5 → 7, 'x%', 5",
                "UPDATE orders SET status = ?, total = total + 1 WHERE id IN (?, 2) → 7, 1, 8, 2",
                "INSERT INTO orders (id, note) VALUES (?, 'it''s') → 7, 'it''s'",
                // beside a masked column, what stands against another column for certain
                "SELECT name FROM users WHERE id = ? → 7",
                "SELECT email FROM users WHERE id = ? LIMIT ? → 7, 8",
                "SELECT name FROM users WHERE id BETWEEN ? AND ? → 7, 8",
                "SELECT name FROM users WHERE id NOT IN (?, ?) → 7, 8",
                "INSERT INTO users (id, email, name) VALUES (?, ?, ?) → 7, #, 9",
                "UPDATE users SET name = ?, email = ? WHERE id = ? → 7, #, 9",
                "UPDATE users SET name = 'Ann', email = 'ann@x.org' WHERE id = 7 → 'Ann', #, 7",
                "SELECT o.total FROM orders o JOIN users u ON u.id = o.user_id WHERE u.email = ? AND o.status = ? → #, 8",
                // the masked column itself, in whatever clothes
                "SELECT id FROM users WHERE email = ? → #",
                "SELECT id FROM users WHERE ? = email → #",
                "SELECT id FROM users WHERE lower(email) = lower(?) → #",
                "SELECT id FROM users WHERE coalesce(email, name) = ? → #",
                "SELECT id FROM users WHERE email || name = ? → #",
                "SELECT id FROM users WHERE name = ? || email → #",
                "SELECT id FROM users WHERE (email, id) = (?, ?) → #, #",
                "SELECT id FROM users WHERE email LIKE '%@x.org' → #",
                "SELECT id FROM users WHERE email IN (?, 'a@x.org') → #, #",
                "SELECT id FROM users WHERE email NOT IN (?, 'a@x.org') → #, #",
                "SELECT id FROM (SELECT id, email AS m FROM users) x WHERE m = ? → #",
                "WITH x (i, m) AS (SELECT id, email FROM users) SELECT i FROM x WHERE m = ? AND i = ? → #, #",
                "SELECT id FROM people WHERE mail = ? → #",
                "SELECT id FROM people WHERE name = ? AND mail = ? → #, #",
                "INSERT INTO users VALUES (?, ?, ?, ?, ?) → #, #, #, #, #",
                "INSERT INTO users (email) SELECT ? → #",
                "SELECT CASE WHEN email = ? THEN ? END FROM users → #, #",
                // credentials are not even hashed
                "UPDATE users SET password = ? WHERE id = ? → …, 8",
                "INSERT INTO accounts (id, login, pass) VALUES (1, 'bob', 'x') → 1, 'bob', …",
                "INSERT INTO wp_users (id, user_pass) VALUES (?, ?) → 7, …",
                "UPDATE accounts SET login = 'bob' WHERE PASS = 'hunter2' → 'bob', …",
                "UPDATE accounts SET pin = '0815', otp = '123456', cvv = '123', kennwort = 'x', passwort = 'y' → …, …, …, …, …",
                "UPDATE accounts SET pin_hash = 'x', pass2 = 'y', authorization = 'z' → …, …, …",
                "INSERT INTO trips (passenger, compass, spin, pass_count, passport, option, pin_date) VALUES ('a', 'b', 'c', 4, 'e', 'f', 'g')"
                        + " → 'a', 'b', 'c', 4, 'e', 'f', 'g'",
                "SELECT id FROM users WHERE id = ? AND password = 'x' → 7, …",
                "SELECT crypt(?, 'salt') FROM orders → …",
                "INSERT INTO orders (note) VALUES (pgp_sym_encrypt(?, 'key')) → …",
                "ALTER USER app PASSWORD 'hunter2' → …",
                "ALTER USER app PASSWORD ? → …",
                "CREATE ROLE app LOGIN PASSWORD 'hunter2' → …",
                "SET app.secret = 'hunter2' → …",
            })
    void ofAStatement(String sql, String expected) throws Exception {
        long marks = sql.chars().filter(c -> c == '?').count();
        Object[] bound = IntStream.range(0, (int) marks).mapToObj(i -> 7 + i).toArray();

        String recorded = recorded(MASKED, sql, bound);

        if (expected.strip().startsWith("…")) {
            assertThat(
                            recorded == null
                                    ? ""
                                    : recorded.replace("…", "")
                                            .replace(", ", "")
                                            .replaceAll("^8$", ""))
                    .isEmpty();
        } else {
            assertThat(String.valueOf(recorded).replaceAll("hmac:[0-9a-f]{16}", "#"))
                    .isEqualTo(expected.strip());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "DO $$ BEGIN NULL; END $$ → DO $$ BEGIN DELETE FROM users; END $$",
                "SELECT query_to_xml('SELECT 1', true, true, '') → SELECT query_to_xml('SELECT email FROM users', true, true, '')",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1' → CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM users'",
                "COPY orders TO '/tmp/a' → COPY orders TO '/tmp/b'",
                "SELECT dblink('host=a password=hunter2', 'SELECT 1') → SELECT dblink('host=a password=hunter2', 'SELECT 2')",
            })
    void whatALiteralRunsOrNamesIsOneHashThatTellsProgramsApart(String one, String other) throws Exception {
        String hash = recorded(RUNS_CODE, one.strip());

        assertThat(hash).matches("hmac:[0-9a-f]{16}").isEqualTo(recorded(RUNS_CODE, one.strip() + " -- again"));
        assertThat(recorded(RUNS_CODE, other.strip()))
                .matches("hmac:[0-9a-f]{16}")
                .isNotEqualTo(hash);
    }

    @Test
    void whatIsBoundBesideCodeIsLeftOut() throws Exception {
        assertThat(recorded(RUNS_CODE, "SELECT query_to_xml('SELECT 1', ?, true, '')", true))
                .matches("hmac:[0-9a-f]{16}, …");
    }

    @Test
    void thePasswordOfAServerThatIsMadeIsNotEvenHashed() throws Exception {
        String server = "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'a', password 'hunter2')";

        assertThat(recorded(RUNS_CODE, server))
                .matches("hmac:[0-9a-f]{16}")
                .isEqualTo(recorded(RUNS_CODE, server.replace("hunter2", "hunter3")))
                .isNotEqualTo(recorded(RUNS_CODE, server.replace("'a'", "'b'")));
    }

    @Test
    void equalValuesHaveEqualHashesAndOthersOthers() throws Exception {
        String sql = "SELECT id FROM users WHERE email = ?";
        String first = recorded(MASKED, sql, "a@x.org");

        assertThat(recorded(MASKED, sql, "a@x.org")).isEqualTo(first);
        assertThat(recorded(MASKED, "SELECT id FROM users WHERE email = 'a@x.org'"))
                .isEqualTo(first);
        assertThat(recorded(MASKED, sql, "b@x.org")).isNotEqualTo(first);
    }

    @Test
    void whatADetectorFindsInAColumnWithoutAMaskIsHashed() throws Exception {
        String policy = "version: 1\nmask: [{name: cards, detect: [CREDIT_CARD], with: redact}]";

        assertThat(recorded(policy, "UPDATE orders SET note = ?, status = ?", "4111 1111 1111 1111", "open"))
                .matches("hmac:[0-9a-f]{16}, 'open'");
        assertThat(recorded(policy, "UPDATE orders SET note = ?", 4111111111111111L))
                .matches("hmac:[0-9a-f]{16}");
    }

    private static final String TOKEN =
            "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0".repeat(8) + ".c2lnbmF0dXJl";

    @Test
    void aTokenThatIsLongerThanWhatIsShownOfAValueIsNotShownInPart() throws Exception {
        String policy = "version: 1\nmask: [{name: tokens, detect: [JWT], with: redact}]";
        for (String rules : List.of(policy, MASKED)) {
            for (String text : List.of(TOKEN, "x".repeat(40) + " " + TOKEN)) {
                assertThat(recorded(rules, "UPDATE orders SET note = '" + text + "' WHERE id = 7"))
                        .isEqualTo("…, 7");
                assertThat(recorded(rules, "UPDATE orders SET note = ?", text)).isEqualTo("…");
            }
        }
    }

    @Test
    void whatADetectorFindsBehindTheShownPartOfALiteralHidesIt() throws Exception {
        String policy = "version: 1\nmask: [{name: cards, detect: [CREDIT_CARD], with: redact}]";
        String longText = "paid with ".repeat(20) + "4111 1111 1111 1111";
        assertThat(recorded(policy, "UPDATE orders SET note = '" + longText + "'"))
                .matches("hmac:[0-9a-f]{16}");
        assertThat(recorded(policy, "UPDATE orders SET note = ?", longText)).matches("hmac:[0-9a-f]{16}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":\"hunter2\",\"name\":\"password\"}",
                "<property value='hunter2' name='password'/>",
                "password=hunter2 host=db",
                "jdbc:postgresql://db/x?user=a&password=hunter2",
                "Server=db;User Id=sa;Pwd=hunter2;",
                "https://app:hunter2@db.internal/x",
                "https://hunter2@git.internal/x",
                "{\"user\": \"a\", \"apiKey\" : \"hunter2\"}",
                "{\\\"password\\\":\\\"hunter2\\\"}",
                "<client_secret>hunter2</client_secret>",
                "Authorization: hunter2",
                "Cookie: SID=hunter2",
                "Basic aHVudGVyMjp4",
                "basic aHVudGVyMjpodW50ZXIy",
                "Bearer hunter2hunter2hunter2",
                "aws_access_key_id=hunter2;aws_secret_access_key=hunter2",
                "key AKIAhunter2HUNTER2222",
                "ghp_hunter2hunter2hunter2hunter2hunter2",
                "xoxb-hunter2-hunter2-hunter2",
                "sk_live_hunter2hunter2hunter2",
                "-----BEGIN RSA PRIVATE KEY-----hunter2",
                "pem\\\\n-----BEGIN PRIVATE KEY-----\\\\nhunter2",
            })
    void aCredentialInAValueOfAnyColumnIsLeftOutWhateverThePolicyDetects(String text) throws Exception {
        assertThat(recorded(MASKED, "UPDATE orders SET note = ?", text)).isEqualTo("…");
        assertThat(recorded(MASKED, "UPDATE orders SET note = '" + text.replace("'", "''") + "' WHERE id = 7"))
                .satisfiesAnyOf(
                        shown -> assertThat(shown).isEqualTo("…, 7"),
                        shown -> assertThat(shown).isNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10:42:17",
                "a note: nothing of interest",
                "https://shop.example/orders?id=7",
                "basic things, of course",
                "Basic plan",
                "risk-free and skilled",
                "x > 7 and y = 8"
            })
    void whatOnlyLooksALittleLikeOneIsShown(String text) throws Exception {
        assertThat(recorded(MASKED, "UPDATE orders SET note = ?", text)).isEqualTo("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "INSERT INTO settings (name, val) VALUES (?, ?) → smtp.password → hunter2 → 'smtp.password', …",
                "INSERT INTO settings (val, name) VALUES (?, ?) → hunter2 → oauth.client-secret → …, 'oauth.client-secret'",
                "MERGE INTO settings USING (VALUES (?, ?)) v (n, w) ON name = n WHEN MATCHED THEN UPDATE SET val = w → api_key → hunter2 → 'api_key', …",
                "UPDATE settings SET val = ? WHERE name = ? → hunter2 → the smtp password → …, 'the smtp password'",
                "INSERT INTO settings (name, val) VALUES (?, ?) → x'password → hunter2 → 'x''password', …",
                // each may be the other's
                "INSERT INTO settings (name, val) VALUES (?, ?) → token → my-secret-7 → …, …",
                "INSERT INTO settings (name, val) VALUES ($1, $2) → smtp.password → hunter2 → 'smtp.password', …",
                // however long the name
                "INSERT INTO settings (name, val) VALUES (?, ?) → spring.security.oauth2.client.registration.google.client-secret → hunter2 → 'spring.security.oauth2.client.registration.google.client-secret', …",
                "UPDATE settings SET val = 'hunter2', a = ?, b = ? WHERE name = 'spring.security.oauth2.client.registration.google.client-secret' → 1 → 2 → …, …, …, 'spring.security.oauth2.client.registration.google.client-secret'",
                // literals, before and behind
                "INSERT INTO settings (name, val, a, b) VALUES ('the smtp password', 'hunter2', ?, ?) → 1 → 2 → 'the smtp password', …, …, …",
                "UPDATE settings SET val = 'hunter2', a = ?, b = ? WHERE name = 'smtp.password' → 1 → 2 → …, …, …, 'smtp.password'",
                "UPDATE settings SET a = 'hunter2', val = ? WHERE name = ? → hunter2 → db.passphrase → …, …, 'db.passphrase'",
                // none
                "INSERT INTO settings (name, val) VALUES (?, ?) → compass → north → 'compass', 'north'",
                "INSERT INTO settings (name, val) VALUES (?, ?) → DB_PASS → hunter2 → 'DB_PASS', …",
                "INSERT INTO settings (name, val) VALUES (?, ?) → mail.pass → hunter2 → 'mail.pass', …",
                "INSERT INTO settings (name, val) VALUES (?, ?) → authorization → hunter2 → 'authorization', …",
                "INSERT INTO settings (name, val) VALUES (?, ?) → Kennwort → hunter2 → 'Kennwort', …",
                "INSERT INTO settings (name, val) VALUES (?, ?) → a boarding pass → north → 'a boarding pass', 'north'",
                "INSERT INTO settings (name, val) VALUES (?, ?) → he asked where his token had gone to → x → 'he asked where his token had gone to', 'x'",
            })
    void whatStandsBesideACredentialsNameIsLeftOut(String sql, String first, String second, String expected)
            throws Exception {
        assertThat(recorded(MASKED, sql, first, second)).isEqualTo(expected);
    }

    @Test
    void ofABatchTheRowsWithoutACredentialsNameAreShown() throws Exception {
        List<List<Object>> sets = List.of(List.of("db.passphrase", "hunter2"), List.of("x", "y"));

        assertThat(event(MASKED, command("INSERT INTO settings (name, val) VALUES (?, ?)", sets))
                        .values())
                .isEqualTo("('db.passphrase', …), ('x', 'y')");
    }

    @Test
    void valuesHaveTheTextOfTheirType() throws Exception {
        Object[] bound = {
            null, true, -42L, Long.MIN_VALUE, new BigDecimal("1.50"), LocalDate.of(2026, 11, 28), 'c', "ü ✓ 😀"
        };
        assertThat(recorded(MASKED, "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)", bound))
                .isEqualTo("NULL, TRUE, -42, -9223372036854775808, 1.50, '2026-11-28', 'c', 'ü ✓ 😀'");
    }

    @Test
    void whatHasNoTextIsNamedByItsKindAndTheApplicationsCodeIsNotRun() throws Exception {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("asked for its text");
            }
        };
        assertThat(recorded(
                        MASKED,
                        "INSERT INTO orders VALUES (?, ?, ?)",
                        new byte[16],
                        new ByteArrayInputStream(new byte[0]),
                        hostile))
                .isEqualTo("<16 bytes>, <ByteArrayInputStream>, <>");
    }

    @Test
    void longValuesAndLongBatchesAreCut() throws Exception {
        assertThat(recorded(MASKED, "UPDATE orders SET note = ?", "x".repeat(10_000)))
                .isEqualTo("'" + "x".repeat(64) + "…'");

        List<List<Object>> sets = IntStream.range(0, 10_000)
                .mapToObj(i -> List.<Object>of(i, "é".repeat(200)))
                .toList();
        String batch = event(MASKED, command("INSERT INTO orders (id, note) VALUES (?, ?)", sets))
                .values();
        assertThat(batch).startsWith("(0, 'é").endsWith("…)").contains("), (1, 'é");
        assertThat(batch.length()).isLessThan(1024);
    }

    @Test
    void aParameterWhosePlaceIsNotKnownIsHashed() throws Exception {
        assertThat(recorded(MASKED, "SELECT name FROM users WHERE id = $1", 7)).matches("hmac:[0-9a-f]{16}");
    }

    @Test
    void aRefusedCallsValuesAreInItsDecision() throws Exception {
        try (GateFixture fixture = new GateFixture(Policies.load(MASKED))) {
            fixture.refused(command("DELETE FROM audit WHERE id = ?", List.of(List.of(7))));

            Event decision = fixture.events.only(Event.Type.DECISION);
            assertThat(decision.verdict()).isEqualTo("deny");
            assertThat(decision.values()).isEqualTo("7");
        }
    }

    @Test
    void atLevelDecisionsNoValueIsRecorded() throws Exception {
        String policy = MASKED + "record: {level: decisions}";
        try (GateFixture fixture = new GateFixture(Policies.load(policy))) {
            fixture.refused(command("DELETE FROM audit WHERE id = ?", List.of(List.of(7))));

            assertThat(fixture.events.only(Event.Type.DECISION).values()).isNull();
        }
    }

    @Test
    void theResultHasTheCircumstancesAndNotTheValues() throws Exception {
        try (GateFixture fixture = new GateFixture(Policies.load(MASKED))) {
            fixture.admit(command("SELECT total FROM orders WHERE id = ?", List.of(List.of(7))))
                    .completed(1);

            assertThat(fixture.events.only(Event.Type.DECISION).transaction()).isEqualTo("open");
            assertThat(fixture.events.only(Event.Type.RESULT).transaction()).isEqualTo("open");
            assertThat(fixture.events.only(Event.Type.RESULT).values()).isNull();
        }
    }

    private String recorded(String policy, String sql, Object... bound) throws Exception {
        return event(policy, command(sql, bound.length == 0 ? List.of() : List.of(Arrays.asList(bound))))
                .values();
    }

    private static Event event(String policy, SqlCommand command) throws Exception {
        try (GateFixture fixture = new GateFixture(Policies.load(policy))) {
            fixture.admit(command);
            return fixture.events.only(Event.Type.DECISION);
        }
    }

    private SqlCommand command(String sql, List<List<Object>> sets) {
        return new SqlCommand(
                Policies.postgres(),
                "s1",
                new Caller("main", "shop.Orders.find:7", false),
                reader.read(Dialect.POSTGRESQL, sql, SCHEMA),
                sets,
                TransactionState.IN_TRANSACTION);
    }
}
