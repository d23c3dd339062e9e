package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.testing.GateFixture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No credential of a statement is in any event of it, in whatever server's syntax and whatever dialect it is read by. */
class CredentialStatementsTest {

    private static final String POLICY = """
        version: 1
        mode: enforce
        default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
        guard:
          - {name: rights, when: {privilege: true}, then: deny}
        """;

    private final StandardSqlReader reader = new StandardSqlReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER USER app PASSWORD 'hunter2'",
                "ALTER ROLE app WITH LOGIN ENCRYPTED PASSWORD 'hunter2' VALID UNTIL 'infinity'",
                "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'u', password 'hunter2')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2' PUBLICATION p",
                "SET SESSION app.token = 'hunter2'",
                "SET app.token TO hunter2",
                // H2
                "ALTER USER app SET PASSWORD 'hunter2'",
                "CREATE USER app PASSWORD 'hunter2' ADMIN",
                "CREATE USER app SALT 'hunter2' HASH 'hunter2'",
                // MySQL, MariaDB
                "CREATE USER 'app'@'%' IDENTIFIED BY 'hunter2'",
                "CREATE USER app IDENTIFIED BY PASSWORD '*hunter2'",
                "ALTER USER app IDENTIFIED WITH mysql_native_password BY 'hunter2' REPLACE 'hunter2'",
                "ALTER USER app IDENTIFIED BY \"hunter2\" REPLACE \"hunter2\" RETAIN CURRENT PASSWORD",
                "CREATE USER app IDENTIFIED VIA ed25519 USING PASSWORD('hunter2')",
                "CREATE USER app IDENTIFIED VIA ed25519 USING PASSWORD(\"hunter2\")",
                "GRANT ALL ON *.* TO app IDENTIFIED BY 'hunter2' WITH GRANT OPTION",
                "SET PASSWORD = 'hunter2'",
                "SET PASSWORD = \"hunter2\"",
                "SET PASSWORD FOR 'app'@'%' = PASSWORD('hunter2')",
                "SET PASSWORD FOR app = PASSWORD(\"hunter2\")",
                "SET PASSWORD FOR app TO 'hunter2'",
                "CHANGE MASTER TO MASTER_USER='u', MASTER_PASSWORD='hunter2'",
                "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = \"hunter2\"",
                "START SLAVE USER='u' PASSWORD='hunter2'",
                // Oracle
                "CREATE USER scott IDENTIFIED BY hunter2 DEFAULT TABLESPACE users",
                "ALTER USER scott IDENTIFIED BY hunter2",
                "ALTER USER scott IDENTIFIED BY \"hunter2\" REPLACE hunter2",
                "ALTER USER scott IDENTIFIED BY VALUES 'S:hunter2'",
                "GRANT CONNECT TO scott, tom IDENTIFIED BY hunter2, hunter2",
                "CREATE DATABASE LINK far CONNECT TO scott IDENTIFIED BY hunter2 USING 'far'",
                "CREATE ROLE r IDENTIFIED BY hunter2",
                "SET ROLE r IDENTIFIED BY hunter2",
                "ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY hunter2",
                // SQL Server
                "CREATE LOGIN app WITH PASSWORD = 'hunter2' MUST_CHANGE, CHECK_EXPIRATION = ON",
                "ALTER LOGIN app WITH PASSWORD = N'hunter2' OLD_PASSWORD = N'hunter2'",
                "ALTER LOGIN app WITH PASSWORD = \"hunter2\" OLD_PASSWORD = \"hunter2\"",
                "CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'hunter2'",
                "OPEN SYMMETRIC KEY k DECRYPTION BY PASSWORD = 'hunter2'",
                "CREATE CREDENTIAL c WITH IDENTITY = 'u', SECRET = 'hunter2'",
                "CREATE APPLICATION ROLE r WITH PASSWORD = 'hunter2'",
                "EXEC sp_addlogin 'app', 'hunter2'",
                "EXEC sp_setapprole 'r', \"hunter2\"",
                // SQLite
                "PRAGMA key = 'hunter2'",
                "PRAGMA key = \"hunter2\"",
                "PRAGMA rekey = hunter2",
                "PRAGMA key(hunter2)",
                "ATTACH 'a.db' AS a KEY 'hunter2'",
                "ATTACH DATABASE 'a.db' AS a KEY \"hunter2\"",
                // in an argument, a list of settings, or a value
                "SELECT * FROM dblink('host=h password=hunter2', 'SELECT 1') AS t(a int)",
                "SELECT dblink_connect('c', 'host=h password=hunter2')",
                "ALTER SUBSCRIPTION s CONNECTION 'host=h password=hunter2'",
                "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD 'hunter2')",
                "COPY t FROM 's3://b/k' CREDENTIALS 'aws_access_key_id=hunter2;aws_secret_access_key=hunter2'",
                "COPY t FROM 's3://b/k' ACCESS_KEY_ID 'hunter2' SECRET_ACCESS_KEY 'hunter2'",
                "SELECT set_config('app.token', 'hunter2', false)",
                "INSERT INTO settings VALUES ('smtp.password', 'hunter2')",
                "INSERT INTO t (a) VALUES ('https://u:hunter2@h/')",
                "INSERT INTO t (a) VALUES ('{\"apiKey\": \"hunter2\"}')",
                "SELECT a FROM t WHERE b = 1 /* password=hunter2 */ -- hunter2",
                "/*+ token=hunter2 */ SELECT 1",
                // in the middle of a script, in a comment, and cut off
                "SELECT 1; ALTER USER scott IDENTIFIED BY hunter2",
                "ALTER /* hunter2 */ USER scott IDENTIFIED BY hunter2 -- hunter2",
                "ALTER USER scott IDENTIFIED BY 'hunter2",
            })
    void ofAStatementNothingSecretIsWrittenDown(String sql) throws Exception {
        for (Dialect dialect : Dialect.values()) {
            for (String shown : events(dialect, sql)) {
                assertThat(shown).as("%s by %s", sql, dialect).doesNotContainIgnoringCase("hunter2");
            }
        }
    }

    @Test
    void columnsThatAreCalledSoKeepTheirStatementsReadable() throws Exception {
        for (String sql : List.of(
                "SELECT password FROM users WHERE password IS NOT NULL",
                "CREATE TABLE users (id INT, password VARCHAR(20))",
                "ALTER TABLE users ADD COLUMN password TEXT",
                "UPDATE users SET password = other, secret = key WHERE id = tail",
                "SELECT a FROM t WHERE key = secret ORDER BY replace")) {
            assertThat(reader.read(Dialect.POSTGRESQL, sql, Catalogue.EMPTY)
                            .shape()
                            .replace("?", "20"))
                    .as(sql)
                    .isEqualTo(sql);
        }
    }

    private List<String> events(Dialect dialect, String sql) throws Exception {
        SqlCommand command = new SqlCommand(
                Policies.postgres(),
                "s1",
                new Caller("main", "shop.Orders.find:7", false),
                reader.read(dialect, sql, Catalogue.EMPTY),
                List.of(),
                TransactionState.AUTOCOMMIT);
        List<String> shown = new ArrayList<>();
        try (GateFixture fixture = new GateFixture(Policies.load(POLICY.replace("deny}", "alert}")))) {
            try {
                fixture.admit(command).failed(new java.sql.SQLException("cannot: " + sql, "42000"));
            } catch (io.sallyport.core.verdict.RefusedException refused) {
                shown.add(refused.getMessage());
            }
            fixture.events.all().forEach(event -> shown.add(event.toString()));
        }
        return shown;
    }
}
