package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which line of the application a statement that simply passes is attributed to. */
class CallSiteTest {

    private static final String HERE = CallSiteTest.class.getName() + ".";

    private JdbcConnectionPool pool;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        WovenProcess.GATE.reset();
        pool = JdbcConnectionPool.create("jdbc:h2:mem:callsite", "", "");
        connection = pool.getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        pool.dispose();
    }

    private static Caller caller() {
        return WovenProcess.GATE.last().caller();
    }

    private static void fromOnePlace(PreparedStatement statement) throws SQLException {
        statement.executeQuery().close();
    }

    private static void fromAnother(PreparedStatement statement) throws SQLException {
        statement.executeQuery().close();
    }

    @Test
    void theFirstExecutionOfAShapeIsAttributedToItsOwnLine() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT 101 AS a")) {
            fromOnePlace(s);
        }

        assertThat(caller().callSite()).startsWith(HERE + "fromOnePlace:");
    }

    @Test
    void laterExecutionsCarryTheSampleAndSaySo() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT 102 AS b")) {
            fromOnePlace(s);
            fromAnother(s);
        }

        assertThat(caller().callSite()).startsWith(HERE + "fromOnePlace:");
        assertThat(caller().sampled()).isTrue();
    }

    @Test
    void every256thExecutionIsASampleOfItsOwn() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT 103 AS c")) {
            fromOnePlace(s);
            for (int i = 0; i < 255; i++) {
                fromAnother(s);
            }
            assertThat(caller().callSite()).startsWith(HERE + "fromOnePlace:");
            fromAnother(s);
        }

        assertThat(caller().callSite()).startsWith(HERE + "fromAnother:");
    }
}
