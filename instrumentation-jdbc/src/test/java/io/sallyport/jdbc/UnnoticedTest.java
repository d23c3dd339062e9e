package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.MockMakers;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Statements that touch nothing masked return, and fail, as they do without us, whatever is masked elsewhere. */
class UnnoticedTest {

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: approve}
            mask:
              - name: ssn
                columns: [people.ssn]
                with: redact
            guard:
              - name: no-drop-elsewhere
                when: {kind: [drop], tables: {write: [elsewhere]}}
                then: deny
            """;

    private UnderPolicy policy;
    private Connection connection;

    @BeforeEach
    void open() throws Exception {
        policy = new UnderPolicy(POLICY);
        connection = WovenProcess.connect("jdbc:h2:mem:unnoticed");
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE people (id INT PRIMARY KEY, ssn VARCHAR)");
            s.execute("INSERT INTO people VALUES (1, '123-45-6789')");
            s.execute("CREATE ALIAS add_one AS 'int addOne(int x) { return x + 1; }'");
            s.execute("CREATE ALIAS root FOR 'java.lang.Math.sqrt'");
            s.execute("CREATE ALIAS number_of FOR \"java.lang.Integer.parseInt\"");
            s.execute("CREATE SEQUENCE numbers START WITH 7");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        policy.close();
    }

    private List<String> row(String sql) throws SQLException {
        return UnderPolicy.row(connection, sql);
    }

    @Test
    void callsThatOnlyComputeReturnWhatTheyCompute() throws SQLException {
        assertThat(row("CALL 1 + 1")).containsExactly("2");
        assertThat(row("CALL UPPER('a')")).containsExactly("A");
        assertThat(row("SELECT add_one(4)")).containsExactly("5");
        assertThat(row("CALL add_one(4)")).containsExactly("5");
        assertThat(row("CALL root(9)")).containsExactly("3.0");
        assertThat(row("SELECT number_of('3')")).containsExactly("3");
        assertThat(row("SELECT number_of(n) FROM (VALUES ('3')) AS v (n)")).containsExactly("3");
        assertThat(row("CALL NEXT VALUE FOR numbers")).containsExactly("7");
        try (CallableStatement call = connection.prepareCall("{? = call abs(-5)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.execute();
            assertThat(call.getInt(1)).isEqualTo(5);
            assertThat(call.wasNull()).isFalse();
        }
    }

    @Test
    void aCallThatReadsAMaskedColumnIsMasked() throws Exception {
        policy.change(POLICY.replace("opaque: approve", "opaque: allow"));
        assertThat(row("CALL UPPER((SELECT ssn FROM people))").toString()).doesNotContain("6789");
        assertThat(row("CALL (SELECT ssn FROM people)").toString()).doesNotContain("6789");
    }

    @Test
    void anAliasThatDoesMoreThanComputeIsNotCalledUnseen() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE ALIAS clock AS 'long clock() { return System.nanoTime(); }'");
            assertThatThrownBy(() -> s.execute("CALL clock()"))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
        }
    }

    @Test
    void severalQueriesInOneTextShowWhatTheyRead() throws SQLException {
        assertThat(row("SELECT 1; SELECT 2")).containsExactly("1");
        assertThat(row("SELECT ssn FROM people; SELECT 2").toString()).doesNotContain("6789");
        try (Statement s = connection.createStatement()) {
            assertThatThrownBy(() -> s.executeUpdate("SELECT 1; SELECT 2")).hasMessageContaining("SELECT 1");
        }
    }

    /** As migrations at the start of an application do. */
    @Test
    void whatATableThatWasJustMadeComputesByDefaultIsShown() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE made (id INT DEFAULT NEXTVAL('numbers'), name VARCHAR DEFAULT lower('ANN'), n INT,"
                    + " twice INT GENERATED ALWAYS AS (n + n))");
            s.execute("INSERT INTO made (n) VALUES (2)");
        }
        assertThat(row("SELECT id, name, twice FROM made")).containsExactly("7", "ann", "4");
    }

    /** As mocks of tests do, and results that were read before. */
    @Test
    void aProxyThatKnowsNoStatementShowsWhatItsHandlerSays() throws Exception {
        ResultSet made = (ResultSet) Proxy.newProxyInstance(
                WovenProcess.APPLICATION, new Class<?>[] {ResultSet.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getString")) {
                        return "its own";
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        assertThat(made.getString(1)).isEqualTo("its own");
    }

    /** A question in the midst of it would take the matcher, and be the call that the answer is for. */
    @ParameterizedTest
    @ValueSource(strings = {MockMakers.SUBCLASS, MockMakers.PROXY})
    void aMockIsAskedNothingWhileATestTellsItWhatToAnswer(String maker) throws SQLException {
        Connection mock = mock(Connection.class, withSettings().mockMaker(maker));
        PreparedStatement statement =
                mock(PreparedStatement.class, withSettings().mockMaker(maker));
        ResultSet rows = mock(ResultSet.class, withSettings().mockMaker(maker));
        DatabaseMetaData about = mock(DatabaseMetaData.class, withSettings().mockMaker(maker));
        when(mock.prepareStatement(any(String.class))).thenReturn(statement);
        when(mock.getMetaData()).thenReturn(about);
        when(about.getTables(any(), any(), any(), any())).thenReturn(rows);
        when(statement.executeQuery()).thenReturn(rows);
        when(rows.getString(anyInt())).thenReturn("its own");
        doThrow(SQLFeatureNotSupportedException.class).when(mock).commit();
        doThrow(IllegalStateException.class).when(mock).rollback();

        ResultSet read = mock.prepareStatement("SELECT 1").executeQuery();
        assertThat(read.getString(1)).isEqualTo("its own");
        assertThat(mock.getMetaData().getTables("a", "b", "c", null)).isSameAs(rows);
        assertThatThrownBy(mock::commit).isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(mock::rollback).isInstanceOf(IllegalStateException.class);
        verify(mock).prepareStatement("SELECT 1");
        verify(mock).getMetaData();
        verify(mock).commit();
        verify(mock).rollback();
        verifyNoMoreInteractions(mock);
        verify(about).getTables("a", "b", "c", null);
        verifyNoMoreInteractions(about);
    }

    /** Asked about itself it would have to connect, for transactions in which nothing is read or written. */
    @Test
    void aLazyConnectionOpensNothingBeforeItsFirstStatement() throws SQLException {
        AtomicInteger opened = new AtomicInteger();
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:lazy");
        DataSource source = new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                opened.incrementAndGet();
                return super.getConnection();
            }
        };
        LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy();
        lazy.setTargetDataSource(source);
        lazy.setDefaultAutoCommit(true);
        lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try (Connection waiting = lazy.getConnection()) {
            waiting.setAutoCommit(false);
            waiting.setReadOnly(true);
            waiting.rollback();
            waiting.commit();
            assertThat(opened).hasValue(0);
            waiting.setReadOnly(false);
            try (Statement s = waiting.createStatement()) {
                s.execute("CREATE TABLE people (ssn VARCHAR)");
                s.execute("INSERT INTO people VALUES ('123-45-6789')");
            }
            assertThat(UnderPolicy.row(waiting, "SELECT ssn FROM people").toString())
                    .doesNotContain("6789");
            assertThat(opened).hasValue(1);
        }
    }

    /** Pools and frameworks make proxies over all interfaces of a driver's class; ours is among them. */
    @Test
    void aProxyOverADriversInterfacesIsAskedForNothingOfOurs() throws SQLException {
        Set<String> asked = new HashSet<>();
        Connection proxy = (Connection) Proxy.newProxyInstance(
                WovenProcess.APPLICATION, connection.getClass().getInterfaces(), (self, method, arguments) -> {
                    asked.add(method.getName());
                    return method.invoke(connection, arguments);
                });
        try (Statement s = proxy.createStatement();
                ResultSet rows = s.executeQuery("SELECT ssn FROM people")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).doesNotContain("6789");
        }
        proxy.prepareStatement("SELECT 1").close();
        proxy.setAutoCommit(true);
        assertThat(asked)
                .contains("createStatement", "prepareStatement", "setAutoCommit")
                .noneMatch(name -> name.contains("sallyport"));
    }

    @Test
    void aMisspeltStatementIsTheServersToRefuse() throws SQLException {
        try (Statement s = connection.createStatement()) {
            assertThatThrownBy(() -> s.execute("SELEC 1"))
                    .isInstanceOf(SQLSyntaxErrorException.class)
                    .hasMessageContaining("SELEC 1");
        }
    }

    @Test
    void aScriptWithoutDataShowsTheSchema() throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet script = s.executeQuery("SCRIPT NODATA NOPASSWORDS NOSETTINGS TABLE people")) {
            StringBuilder text = new StringBuilder();
            while (script.next()) {
                text.append(script.getString(1));
            }
            assertThat(text.toString()).contains("CREATE MEMORY TABLE", "SSN");
        }
        assertThat(row("SCRIPT SIMPLE TABLE people").toString()).doesNotContain("6789");
    }
}
