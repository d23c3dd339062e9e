package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.verdict.Gate;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An exception that the agent's code should never throw is a refusal where the policy enforces, and recorded where it observes. */
class OwnDefectsTest {

    private static final String SECRET = "4111111111111111";

    private interface Work {
        void run(Connection connection) throws Exception;
    }

    /** Under a gate that fails as none does: with an unchecked exception, when it is asked about a statement of a table {@code broken}. */
    private void under(String mode, Work work) throws Exception {
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: " + mode + "\n");
                Connection c = WovenProcess.connect("jdbc:h2:mem:defects");
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE IF NOT EXISTS broken (id INT)");
            s.execute("DELETE FROM broken");
            Gate real = WovenProcess.GATE.delegate;
            WovenProcess.GATE.delegate = (Gate) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Gate.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("admit") && isBroken((Command) arguments[0])) {
                            throw new IllegalStateException("it is " + SECRET);
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            work.run(c);
            assertThat(WovenProcess.GATE.checks).isNotEmpty().containsOnly("defect");
        }
    }

    private static boolean isBroken(Command command) {
        return command instanceof SqlCommand sql && sql.analysis().sql().contains("broken");
    }

    @Test
    void whereThePolicyEnforcesTheCallIsRefusedWithAnIncident() throws Exception {
        under("enforce", c -> {
            try (Statement s = c.createStatement();
                    PreparedStatement p = c.prepareStatement("INSERT INTO broken VALUES (?)")) {
                p.setInt(1, 1);
                for (Work work :
                        List.<Work>of(x -> s.execute("INSERT INTO broken VALUES (1)"), x -> p.executeUpdate(), x -> {
                            p.addBatch();
                            p.executeBatch();
                        })) {
                    assertThatThrownBy(() -> work.run(c))
                            .isExactlyInstanceOf(SQLException.class)
                            .hasMessageContaining("Refused by Sallyport")
                            .hasMessageContaining("incident")
                            .hasMessageNotContaining(SECRET)
                            .hasNoCause()
                            .satisfies(e ->
                                    assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
                }
            }
        });
    }

    @Test
    void whereThePolicyObservesTheCallGoesOnAndARecordSaysSo() throws Exception {
        under("observe", c -> {
            try (Statement s = c.createStatement();
                    PreparedStatement p = c.prepareStatement("INSERT INTO broken VALUES (?)")) {
                assertThat(s.executeUpdate("INSERT INTO broken VALUES (1)")).isEqualTo(1);
                p.setInt(1, 2);
                assertThat(p.executeUpdate()).isEqualTo(1);
                try (ResultSet rows = s.executeQuery("SELECT count(*) FROM broken")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(2);
                }
            }
        });
    }
}
