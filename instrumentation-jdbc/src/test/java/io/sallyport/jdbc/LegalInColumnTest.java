package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mask makes of a value can be stored in a column of the same declaration: the database is the judge. */
class LegalInColumnTest {

    private static final String COLUMNS = " (c2 CHAR(2), c10 CHAR(10), v3 VARCHAR(3), v16 VARCHAR(16), v64 VARCHAR(64),"
            + " n42 NUMERIC(4,2), n10 NUMERIC(10,0), n92 NUMERIC(9,2), s SMALLINT, i INTEGER, b BIGINT,"
            + " d DATE, t TIMESTAMP, f DOUBLE PRECISION, o BOOLEAN)";

    private static final String ROW = " VALUES ('DE', 'ab@c.de', 'abc', '4111111111111111', 'ann@example.org', 99.99,"
            + " 9876543210, -1234567.89, 32767, 2147483647, 9223372036854775807, DATE '2024-05-17',"
            + " TIMESTAMP '2024-05-17 10:11:12', 12.5, true)";

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = TlsPostgres.start(directory);
    }

    private static UnderPolicy policy(String with) throws Exception {
        return new UnderPolicy("""
                version: 1
                mode: enforce
                default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
                keys: {k: {from: "env:K"}}
                mask:
                  - name: all
                    columns: ["secrets.*"]
                    with: %s
                """.formatted(with));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redact",
                "{hash: k}",
                "{fpe: k}",
                "{fixed: a fixed text that is long}",
                "{fixed: '123456'}",
                "{keepLast: 4}",
                "{keepFirst: 1}",
                "{bucket: 1000}",
                "email",
                "{truncate: year}",
                "'null'"
            })
    void everyMaskCanBeStoredInATwinOfItsColumn(String with) throws Exception {
        try (UnderPolicy policy = policy(with)) {
            try (Connection h2 = WovenProcess.connect("jdbc:h2:mem:legal")) {
                storesWhatItReads(h2, with);
            }
            try (Connection pg = connect()) {
                storesWhatItReads(pg, with);
            }
        }
    }

    private static Connection connect() throws SQLException {
        return WovenProcess.connect(server.url(), "user", server.user(), "password", server.password());
    }

    private static void storesWhatItReads(Connection connection, String with) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("DROP TABLE IF EXISTS secrets");
            s.execute("DROP TABLE IF EXISTS twin");
            s.execute("CREATE TABLE secrets" + COLUMNS);
            s.execute("CREATE TABLE twin" + COLUMNS);
            s.execute("INSERT INTO secrets" + ROW);
            try (ResultSet rows = s.executeQuery("SELECT * FROM secrets")) {
                ResultSetMetaData about = rows.getMetaData();
                assertThat(rows.next()).isTrue();
                for (int i = 1; i <= about.getColumnCount(); i++) {
                    Object masked = rows.getObject(i);
                    String column = about.getColumnName(i);
                    try (PreparedStatement store =
                            connection.prepareStatement("INSERT INTO twin (" + column + ") VALUES (?)")) {
                        store.setObject(1, masked);
                        assertThat(store.executeUpdate())
                                .as("%s of %s as %s", with, column, masked)
                                .isEqualTo(1);
                    }
                    if (masked instanceof String text && column.equalsIgnoreCase("c10")) {
                        assertThat(text).as("%s fills its CHAR", with).hasSize(10);
                    }
                }
            }
        }
    }

    @Test
    void aPseudonymInANarrowColumnIsRefusedWhenItComesBack() throws Exception {
        try (UnderPolicy policy = policy("{hash: k}");
                Connection pg = connect();
                Statement s = pg.createStatement()) {
            s.execute("DROP TABLE IF EXISTS secrets");
            s.execute("CREATE TABLE secrets" + COLUMNS);
            s.execute("INSERT INTO secrets" + ROW);
            for (String column : List.of("v16", "v3", "c10", "v64")) {
                String masked = UnderPolicy.row(pg, "SELECT " + column + " FROM secrets")
                        .get(0);
                try (PreparedStatement p = pg.prepareStatement("UPDATE secrets SET " + column + " = ?")) {
                    p.setString(1, masked);
                    org.assertj.core.api.Assertions.assertThatThrownBy(p::executeUpdate)
                            .as(column + " " + masked)
                            .isInstanceOf(SQLException.class)
                            .extracting(e -> ((SQLException) e).getSQLState())
                            .isEqualTo("42501");
                }
            }
        }
    }
}
