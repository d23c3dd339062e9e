package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.policy.TlsRequirement;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    @BeforeEach
    @AfterEach
    void reset() {
        GATE.reset();
    }

    @Test
    void aRefusedConnectIsRefusedAgain() {
        GATE.denies = c -> c instanceof ConnectCommand;
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> WovenProcess.connect("jdbc:h2:mem:none"))
                    .isExactlyInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
        }
        assertThat(GATE.asked).hasSize(2);
    }

    @Test
    void sqlInAUrlIsASideDoorInEverySpelling() {
        for (String url :
                List.of("jdbc:h2:mem:a;INIT=CREATE TABLE x(i INT)", "jdbc:h2:mem:a;init=RUNSCRIPT FROM 'x'")) {
            assertThatThrownBy(() -> WovenProcess.connect(url))
                    .hasMessageContaining("h2:INIT")
                    .hasMessageNotContaining("CREATE");
        }
        assertThatThrownBy(() -> WovenProcess.connect("jdbc:h2:mem:a", "Init", "CREATE TABLE x(i INT)"))
                .hasMessageContaining("h2:INIT");
        assertThat(GATE.asked).isEmpty();
    }

    @Test
    void settingsThatAreNoStringsAreJudgedAsTheDriverReadsThem() throws SQLException {
        String sql = "CREATE TABLE x(i INT)";
        Properties value = new Properties();
        value.put("INIT", new StringBuilder(sql));
        Properties name = new Properties();
        name.put(new StringBuilder("INIT"), sql);
        Properties hidden = new Properties() {
            @Override
            public Set<String> stringPropertyNames() {
                return Set.of();
            }
        };
        hidden.setProperty("INIT", sql);
        Object[] asked = {"", 0};
        Properties changing = new Properties();
        changing.put("INIT", new Object() {
            @Override
            public String toString() {
                asked[1] = (int) asked[1] + 1;
                return (int) asked[1] > 1 ? sql : "";
            }
        });
        Driver h2 = WovenProcess.driver(WovenProcess.driverOf("jdbc:h2:mem:a"));
        for (Properties settings : List.of(value, name, hidden)) {
            assertThatThrownBy(() -> h2.connect("jdbc:h2:mem:a", settings)).hasMessageContaining("h2:INIT");
        }
        try (Connection c = h2.connect("jdbc:h2:mem:a", changing);
                Statement s = c.createStatement()) {
            assertThatThrownBy(() -> s.executeQuery("SELECT * FROM x")).hasMessageContaining("\"X\" not found");
        } catch (SQLException refused) {
            assertThat(refused.getMessage()).contains("h2:INIT");
        }
    }

    @Test
    void aPasswordThatIsAnArrayStaysOne() throws SQLException {
        Properties info = new Properties();
        info.put("user", "sa");
        info.put("password", "secret".toCharArray());
        Driver h2 = WovenProcess.driver(WovenProcess.driverOf("jdbc:h2:mem:secret"));
        try (Connection keeper = WovenProcess.connect("jdbc:h2:mem:secret", "user", "sa", "password", "secret");
                Connection c = h2.connect("jdbc:h2:mem:secret", info)) {
            assertThat(c.isValid(1) && keeper.isValid(1)).isTrue();
        }
    }

    @Test
    void aSideDoorThatThePolicyListsIsOpen() throws SQLException {
        GATE.allowedSettings = Set.of("h2:INIT");
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:a;INIT=CREATE TABLE x(i INT)");
                Statement s = c.createStatement()) {
            s.executeQuery("SELECT * FROM x").close();
        }
    }

    @Test
    void aPlainRemoteDatabaseIsRefusedWhereTlsIsDemandedAndAnInProcessOneIsExempt() throws SQLException {
        GATE.tls = new TlsRequirement(
                TlsRequirement.Level.REQUIRE, "TLSv1.2", List.of(), Set.of(TlsRequirement.Exemption.IN_MEMORY));
        assertThatThrownBy(() -> WovenProcess.connect("jdbc:h2:tcp://db.example:9092/~/x"))
                .hasMessageContaining("rule tls");
        WovenProcess.connect("jdbc:h2:mem:b").close();
    }

    @Test
    void aWrapperThatNobodyKnowsIsDecidedAndMaskedOnce() throws Exception {
        GATE.masksByLabel = Map.of("name", new io.sallyport.core.mask.ColumnMask() {
            @Override
            public String rule() {
                return "mark";
            }

            @Override
            public Object apply(Object value, Class<?> requested) {
                return value + "!";
            }
        });
        try (Connection physical = WovenProcess.connect("jdbc:h2:mem:w");
                Connection wrapper = (Connection) WovenProcess.APPLICATION
                        .loadClass("io.sallyport.jdbc.sample.Wrappers")
                        .getMethod("wrap", Connection.class)
                        .invoke(null, physical);
                Statement s = wrapper.createStatement()) {
            s.execute("CREATE TABLE t (name VARCHAR(10))");
            s.execute("INSERT INTO t VALUES ('one')");
            try (ResultSet rows = s.executeQuery("SELECT name FROM t")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("one!");
                assertThat(rows.getString("name")).isEqualTo("one!");
            }
        }
        assertThat(GATE.statements()).hasSize(3);
        assertThat(GATE.asked).filteredOn(ConnectCommand.class::isInstance).hasSize(1);
    }

    @Test
    void aDataSourceThatOpensConnectionsItselfIsDecidedOnce() throws Exception {
        DataSource source = (DataSource) WovenProcess.APPLICATION
                .loadClass("org.h2.jdbcx.JdbcDataSource")
                .getConstructor()
                .newInstance();
        source.getClass().getMethod("setURL", String.class).invoke(source, "jdbc:h2:mem:source");
        try (Connection c = source.getConnection();
                Statement s = c.createStatement()) {
            GATE.denySql("DROP");
            assertThatThrownBy(() -> s.execute("DROP TABLE t")).hasMessageContaining("not today");
        }
        assertThat(GATE.asked).filteredOn(ConnectCommand.class::isInstance).hasSize(1);
    }

    @Test
    void aConnectionThatNoDriverHandedOutIsDecidedAtItsFirstStatement() throws Exception {
        Class<?> type = WovenProcess.APPLICATION.loadClass("org.h2.jdbc.JdbcConnection");
        Connection direct = (Connection)
                type.getConstructor(String.class, java.util.Properties.class, String.class, Object.class, boolean.class)
                        .newInstance("jdbc:h2:mem:direct", new java.util.Properties(), "sa", "", false);
        assertThat(GATE.asked).isEmpty();
        GATE.denySql("DROP");
        try (Statement s = direct.createStatement()) {
            assertThatThrownBy(() -> s.execute("DROP TABLE t")).hasMessageContaining("Refused by Sallyport");
        }
        assertThat(GATE.asked.get(0)).isInstanceOf(ConnectCommand.class);
        assertThat(GATE.asked.get(0).target().url()).isEqualTo("jdbc:h2:mem:direct");
        direct.close();
    }
}
