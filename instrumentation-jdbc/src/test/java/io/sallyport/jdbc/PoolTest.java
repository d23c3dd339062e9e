package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.ConnectCommand;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through HikariCP: by driver URL, and by a data source class that opens connections itself. */
class PoolTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    private AutoCloseable pool;

    @BeforeEach
    void reset() {
        GATE.reset();
    }

    @AfterEach
    void close() throws Exception {
        GATE.reset();
        if (pool != null) {
            pool.close();
        }
    }

    @Test
    void statementsThroughAPoolAreDecidedAndMaskedOnce() throws Exception {
        DataSource source = hikari("jdbcUrl", "jdbc:h2:mem:pool1", "driverClassName", "org.h2.Driver");
        check(source);
    }

    @Test
    void statementsThroughADriversOwnDataSourceAreDecidedAndMaskedOnce() throws Exception {
        DataSource source =
                hikari("dataSourceClassName", "org.h2.jdbcx.JdbcDataSource", "dataSource.url", "jdbc:h2:mem:pool2");
        check(source);
        assertThat(GATE.asked).filteredOn(ConnectCommand.class::isInstance).hasSize(1);
    }

    private void check(DataSource source) throws SQLException {
        GATE.masksByLabel = Map.of("name", new Doubling());
        try (Connection c = source.getConnection();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE t (id INT, name VARCHAR(20))");
            s.execute("INSERT INTO t VALUES (1, 'one')");
            try (PreparedStatement p = c.prepareStatement("SELECT id, name FROM t WHERE id = ?")) {
                p.setInt(1, 1);
                try (ResultSet rows = p.executeQuery()) {
                    rows.next();
                    assertThat(rows.getString("name")).isEqualTo("one!");
                    assertThat(rows.getString(2)).isEqualTo("one!");
                    assertThat(rows.getInt(1)).isEqualTo(1);
                }
            }
            GATE.denySql("DROP");
            assertThatThrownBy(() -> s.execute("DROP TABLE t"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
            assertThatThrownBy(() -> s.execute("DROP TABLE t"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
        }
        assertThat(GATE.statements())
                .containsExactly(
                        "CREATE TABLE t (id INT, name VARCHAR(20))",
                        "INSERT INTO t VALUES (1, 'one')",
                        "SELECT id, name FROM t WHERE id = ?",
                        "DROP TABLE t",
                        "DROP TABLE t");
        try (Connection again = source.getConnection()) {
            assertThat(again.isValid(1))
                    .as("a refusal does not cost the pool its connection")
                    .isTrue();
        }
    }

    /** Shows when a value is masked twice. */
    private static final class Doubling implements io.sallyport.core.mask.ColumnMask {
        @Override
        public String rule() {
            return "doubling";
        }

        @Override
        public Object apply(Object value, Class<?> requested) {
            return value + "!";
        }
    }

    private DataSource hikari(String... settings) throws Exception {
        Properties properties = new Properties();
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        properties.setProperty("maximumPoolSize", "1");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(WovenProcess.APPLICATION);
        try {
            Class<?> config = WovenProcess.APPLICATION.loadClass("com.zaxxer.hikari.HikariConfig");
            Class<?> source = WovenProcess.APPLICATION.loadClass("com.zaxxer.hikari.HikariDataSource");
            Object made = source.getConstructor(config)
                    .newInstance(config.getConstructor(Properties.class).newInstance(properties));
            pool = (AutoCloseable) made;
            return (DataSource) made;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
