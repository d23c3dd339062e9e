package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.postgres;
import static io.sallyport.core.policy.Policies.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * By which ways of a statement a mask reaches a column, and by which it does not. Each begins with its dialect; {@code ¿} is a parameter
 * that is bound to the mask, {@code ?} any other.
 */
class WrittenMaskTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // What the ORMs make of bulk updates and upserts.
                "h2 UPDATE users SET email = CASE id WHEN ? THEN ¿ WHEN ? THEN ? ELSE email END WHERE id IN (?, ?)",
                "mysql UPDATE users u SET u.name = CASE WHEN u.id = ? THEN ? END, u.email = CASE WHEN u.id = ? THEN ¿ END",
                "postgresql MERGE INTO users t USING (SELECT CAST(? AS INT) id, CAST(¿ AS VARCHAR) email) s ON t.id = s.id"
                        + " WHEN MATCHED THEN UPDATE SET email = s.email",
                "tsql MERGE users AS t USING (SELECT ? AS id, ¿ AS email) AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT"
                        + " (id, email) VALUES (s.id, s.email);",
                "tsql MERGE users AS t USING s ON t.id = ? WHEN NOT MATCHED THEN INSERT (id, email) VALUES (?, ¿);",
                "h2 MERGE INTO users (id, email) KEY (id) VALUES (?, ¿)",
                "mysql INSERT INTO users (id, email) VALUES (?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), email = ¿",
                "mysql INSERT users (id, email) VALUES (?, ¿)",
                "mysql REPLACE users SET id = ?, email = ¿",
                "mysql REPLACE INTO users (id, email) SELECT ?, ¿",
                "postgresql INSERT INTO users (id, email) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = CASE WHEN true THEN ?"
                        + " END, email = ¿",
                // Sources.
                "postgresql UPDATE users SET email = x.v FROM (SELECT ¿::text v) x WHERE id = ?",
                "postgresql UPDATE users SET email = x.v FROM (VALUES (?, ¿)) x(i, v) WHERE id = x.i",
                "postgresql WITH x AS (SELECT ¿ v) UPDATE users SET email = x.v FROM x",
                "postgresql WITH x(i, v) AS (VALUES (?, ¿)) INSERT INTO users (id, email) SELECT i, v FROM x",
                "postgresql INSERT INTO users (id, email) WITH x AS (SELECT ¿ v) SELECT 1, v FROM x",
                "postgresql UPDATE users SET email = x.v FROM a JOIN b ON a.i = ? JOIN LATERAL (SELECT ¿ v) x ON true",
                "mysql UPDATE users JOIN (SELECT ¿ v) x SET users.email = x.v WHERE id = ?",
                "mysql UPDATE users u STRAIGHT_JOIN a ON a.i = ? STRAIGHT_JOIN (SELECT ¿ v) x SET u.email = x.v",
                "tsql UPDATE u SET email = x.v FROM users u JOIN a ON a.i = ? CROSS APPLY (SELECT ¿ v) x",
                "postgresql INSERT INTO users (id, email) (SELECT ?, ¿)",
                "postgresql INSERT INTO users (id, email) SELECT a.i, ? FROM a UNION ALL SELECT b.i, ¿ FROM b",
                "postgresql INSERT INTO users (id, name, email) SELECT a.*, ¿ FROM a",
                "tsql INSERT INTO users (id, name, email) SELECT TOP (1) *, ¿ FROM a",
                "postgresql INSERT INTO users (id, email) SELECT 1, v FROM (SELECT ¿ v, ? w) x",
                // Expressions.
                "postgresql UPDATE users SET (email, name) = (¿, ?)",
                "postgresql UPDATE users SET (name, email) = ROW (?, ¿)",
                "postgresql UPDATE users SET (email, name) = (SELECT ¿, ?)",
                "postgresql UPDATE users SET email = (SELECT ¿)",
                "postgresql UPDATE users SET email = JSON_VALUE(a, '$.e' DEFAULT ? ON EMPTY DEFAULT ¿ ON ERROR)",
                "postgresql UPDATE users SET email=¿||''",
                "postgresql UPDATE users SET flags=?|1, other=?&1, email=¿",
                "postgresql UPDATE users SET ok = (a ?? 'k'), fine = (a @?? '$.k'), any = (a ??| b), email = ¿",
                "postgresql UPDATE users SET seen = a IS NOT DISTINCT FROM b, email = ¿",
                "h2 UPDATE users SET name = TRIM(BOTH ' ' FROM ?), email = lower(¿)",
                "mysql UPDATE users SET name = CONVERT(? USING utf8mb4), offset = ?, email = ¿ LIMIT ?",
                "tsql INSERT INTO users (id, email) OUTPUT inserted.id INTO @t (id) VALUES (?, ¿)",
                "tsql UPDATE users SET output = ?, email = ¿ OUTPUT inserted.id WHERE id = ?",
                "mysql INSERT INTO users PARTITION (p0) (id, email) VALUES (?, ¿)",
                "mysql INSERT INTO users (users.id, users.email) VALUES (?, ¿)",
                "postgresql UPDATE users SET address.city = ?, email = ¿",
            })
    void aBoundMaskIsRefusedAndAnotherValueIsNot(String statement) {
        assertThat(verdict(statement, "***")).isInstanceOf(Verdict.Deny.class);
        assertThat(verdict(statement, "a@b.c")).isNotInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h2 UPDATE users SET name = ?2, email = ?1",
                "sqlite UPDATE users SET name = ?2, email = ?1",
                "sqlite UPDATE users SET email = :e, name = :n WHERE old = :e",
                "oracle UPDATE users SET email = :2, name = :1"
            })
    void numberedAndNamedParametersAreCountedAsTheirDriversDo(String statement) {
        assertThat(bound(statement, List.of("***", "a"))).isInstanceOf(Verdict.Deny.class);
        assertThat(bound(statement, List.of("a", "***"))).isNotInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql UPDATE users SET email = (¿::json)->>'email'",
                "postgresql UPDATE users SET email = r.email FROM json_populate_record(null::users, ¿::json) r WHERE users.id = ?",
                "postgresql INSERT INTO users (id, email) SELECT * FROM json_to_recordset(¿::json) AS x(id int, email text)",
                "mysql UPDATE users SET email = JSON_VALUE(¿, '$.email')",
                "mysql UPDATE users, JSON_TABLE(¿, '$[*]' COLUMNS (i INT PATH '$.id', s TEXT PATH '$.email')) j SET users.email = j.s"
            })
    void aMaskInADocumentIsRefusedWhereTheStatementTakesItOut(String statement) {
        for (String document : new String[] {
            "{\"email\":\"***\"}",
            "[{\"id\":1,\"email\": \"***\"}]",
            "{\"email\":\"\\u002a\\u002a\\u002A\"}",
            "<u><email>***</email></u>",
            "{a@b.c,***}"
        }) {
            assertThat(verdict(statement, document)).as(document).isInstanceOf(Verdict.Deny.class);
        }
        assertThat(verdict(statement, "{\"email\":\"a@b.c\",\"note\":\"** see *** below\"}"))
                .isNotInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql UPDATE users SET note = ? WHERE email = ¿",
                "postgresql UPDATE users SET name = (SELECT name FROM a WHERE mark = ¿)",
                "postgresql UPDATE users SET email = CASE WHEN note = ¿ THEN 'x' ELSE email END",
                "postgresql UPDATE users SET email = a.email FROM a JOIN b ON b.note = ¿ WHERE a.id = ?",
                "postgresql UPDATE users SET email = ? RETURNING coalesce(note, ¿)",
                "postgresql MERGE INTO users u USING a ON u.note = ¿ WHEN MATCHED AND u.note = ? THEN UPDATE SET email = ?",
                "postgresql INSERT INTO users (id, note, email) SELECT id, ¿, email FROM a WHERE b = ?",
                "postgresql WITH x AS (SELECT id FROM a WHERE note = ¿) UPDATE users SET email = ? FROM x",
                "mysql UPDATE users SET note = ¿, email = ? WHERE value = ? LIMIT ?",
                "mysql UPDATE users SET email = ? WHERE value = ¿",
                "mysql INSERT INTO users (id, note, email) VALUES (?, ¿, ?) ON DUPLICATE KEY UPDATE note = ¿",
                "h2 INSERT INTO users (note, email) SELECT ¿, ? FROM (SELECT id FROM a WHERE x = ?) y",
                // A document of another column, or one that is stored as it is.
                "postgresql INSERT INTO users (id, note, email) VALUES (?, ¿::jsonb, ?)"
            })
    void aMaskThatIsWrittenElsewhereIsNotRefused(String statement) {
        assertThat(verdict(statement, "***")).isNotInstanceOf(Verdict.Deny.class);
        assertThat(verdict(statement, "{\"note\":\"***\"}")).isNotInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql INSERT INTO users VALUES (?, ?, ¿)",
                "postgresql INSERT INTO users (id, email) VALUES (?, ¿)",
                "postgresql UPDATE users SET email = ¿"
            })
    void aDocumentThatIsStoredAsItIsIsNoMask(String statement) {
        assertThat(verdict(statement, "{\"note\":\"***\"}")).isNotInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql UPDATE users SET (email, name) = ('***', 'a')",
                "postgresql UPDATE users SET (email, name) = (SELECT '***', 'a')",
                "postgresql UPDATE users SET email = E'\\x2a\\052\\u002a'",
                "postgresql UPDATE users SET email = U&'\\002a\\002a\\+00002a'",
                "postgresql UPDATE users SET email = U&'!002a!002a!002a' UESCAPE '!'",
                "mysql UPDATE users SET email = '\\*\\*\\*'",
                "mysql UPDATE users SET email = 0x2a2a2a",
                "mysql UPDATE users SET email = X'2A2A2A', name = 'a'",
                "mysql UPDATE users SET email = _utf8mb4'***'",
                "sqlite UPDATE users SET email = \"***\"",
                "postgresql UPDATE users SET email = cast('***' AS varchar(3))",
                "postgresql UPDATE users SET email = '***'::varchar",
                "postgresql UPDATE users SET email = coalesce(null, '***')",
                "postgresql UPDATE users SET email = (SELECT '***')",
                "postgresql UPDATE users SET email = trim(upper('***'))",
                "postgresql UPDATE users SET email = CASE WHEN id = 1 THEN '***' ELSE email END",
                "mysql UPDATE users SET email = IF(1, '***', '')",
                "postgresql UPDATE users SET email = x.v FROM (VALUES ('***')) x(v) WHERE id = 1",
                "postgresql UPDATE users SET name = CASE WHEN id = 1 THEN 'a' END, email = '***'",
                "postgresql INSERT INTO users (id, email) SELECT id, '***' FROM a",
                "postgresql MERGE INTO users u USING (SELECT 1 id, '***' email) s ON u.id = s.id WHEN MATCHED THEN UPDATE SET email ="
                        + " s.email",
                "mysql UPDATE users JOIN (SELECT '***' v) x SET users.email = x.v",
                "tsql UPDATE users SET @v = email = N'***'"
            })
    void aMaskInTheTextIsRefused(String statement) {
        assertThat(verdict(statement, "")).isInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql UPDATE users SET email = regexp_replace(email, '^.*@', '***')",
                "postgresql UPDATE users SET email = substr(email, 1, 3) || '***'",
                "postgresql UPDATE users SET email = nullif(email, '***')",
                "postgresql UPDATE users SET email = trim('***' FROM email)",
                "postgresql UPDATE users SET email = lower(email) WHERE note IN ('***') AND name LIKE '***'",
                "postgresql UPDATE users SET email = a.email FROM a JOIN b ON b.note = '***'",
                "postgresql INSERT INTO users (id, note, email) SELECT id, '***', email FROM a",
                "postgresql INSERT INTO users (id, email) VALUES (1, 'a') RETURNING '***'",
                "mysql INSERT INTO users (id, note, email) VALUES (1, '***', 'a') ON DUPLICATE KEY UPDATE note = '***'",
                "h2 UPDATE users SET email = CASE WHEN note = '***' THEN 'x' ELSE email END"
            })
    void aTextThatIsWrittenElsewhereOrComputedWithIsNot(String statement) {
        assertThat(verdict(statement, "")).isNotInstanceOf(Verdict.Deny.class);
    }

    private static Verdict verdict(String statement, String value) {
        List<Object> parameters = new ArrayList<>();
        for (char c : statement.toCharArray()) {
            if (c == '¿' || c == '?') {
                parameters.add(c == '¿' ? value : "7");
            }
        }
        // What drivers make of ?? is no parameter.
        parameters.subList(0, 2 * (statement.split("\\?\\?", -1).length - 1)).clear();
        return bound(statement.replace('¿', '?'), parameters);
    }

    private static Verdict bound(String statement, List<Object> parameters) {
        int blank = statement.indexOf(' ');
        Dialect dialect = Dialect.valueOf(statement.substring(0, blank).toUpperCase(Locale.ROOT));
        SqlAnalysis analysis = new StandardSqlReader().read(dialect, statement.substring(blank + 1), Catalogue.EMPTY);
        return load("version: 1\ndefault: {opaque: allow}\nmask: [{name: m, columns: [users.email]}]")
                .decide(sql(postgres(), analysis, parameters.toArray()), NOBODY, NOON)
                .verdict();
    }
}
