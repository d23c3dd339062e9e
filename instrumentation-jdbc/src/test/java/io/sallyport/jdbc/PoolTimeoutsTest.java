package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What approvers, and the log, are told of a pool that is less patient than the call that waits. */
class PoolTimeoutsTest {

    private static final ClassLoader APPLICATION = WovenProcess.applicationWith(
            "h2-",
            "HikariCP",
            "slf4j-api",
            "commons-dbcp2",
            "commons-pool2",
            "commons-logging",
            "tomcat-jdbc",
            "tomcat-juli",
            "c3p0",
            "mchange-commons-java");

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            guard:
              - {name: ask, when: {kind: [delete]}, then: approve, approval: {wait: 60s}}
            """;

    private final List<Ticket> tickets = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void register() throws ClassNotFoundException {
        Class.forName("org.h2.Driver", true, APPLICATION);
    }

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    /** Pools, with a setting that is over before the call's minute and one that is not. */
    enum Setting {
        HIKARI_BORROWING(
                "Hikari", Map.of("setConnectionTimeout", 7_000L), "connectionTimeout = 7 s: other callers fail"),
        HIKARI_LEAK(
                "Hikari",
                Map.of("setConnectionTimeout", 90_000L, "setLeakDetectionThreshold", 2_500L),
                "leakDetectionThreshold = 2500 ms: the pool reports a leak"),
        HIKARI_LIFE(
                "Hikari",
                Map.of("setConnectionTimeout", 90_000L, "setMaxLifetime", 30_000L),
                "maxLifetime = 30 s: the connection has outlived its time"),
        DBCP_ABANDONED(
                "Dbcp2",
                Map.of("setRemoveAbandonedOnBorrow", true, "setRemoveAbandonedTimeout", 7),
                "removeAbandonedTimeout = 7 s: the pool closes the connection under this call"),
        DBCP_NOT_ABANDONED("Dbcp2", Map.of("setRemoveAbandonedTimeout", 7), ""),
        DBCP_BORROWING("Dbcp2", Map.of("setMaxWaitMillis", 7_000L), "maxWaitMillis = 7 s"),
        TOMCAT_ABANDONED(
                "TomcatJdbc",
                Map.of("setRemoveAbandoned", true, "setRemoveAbandonedTimeout", 7, "setMaxWait", 90_000),
                "removeAbandonedTimeout = 7 s: the pool closes"),
        TOMCAT_BORROWING("TomcatJdbc", Map.of(), "maxWait = 30 s"),
        C3P0_UNRETURNED(
                "C3p0",
                Map.of("setUnreturnedConnectionTimeout", 7),
                "unreturnedConnectionTimeout = 7 s: the pool closes the connection under this call"),
        C3P0_PATIENT("C3p0", Map.of("setUnreturnedConnectionTimeout", 61), "");

        final String adapter;
        final Map<String, Object> set;
        final String said;

        Setting(String adapter, Map<String, Object> set, String said) {
            this.adapter = adapter;
            this.set = set;
            this.said = said;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutThatIsOverBeforeTheWaitIsToldWithItsPool(Setting setting) throws Exception {
        UnderPolicy policy = new UnderPolicy(
                POLICY,
                new HoldRoom(
                        Governed.desk(tickets, new Outcome.Approved(List.of("ann"), "", false)), Clock.systemUTC()));
        DataSource source = source(setting);
        try (Connection c = source.getConnection();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE IF NOT EXISTS t (id INT)");
            s.execute("DELETE FROM t");
            s.execute("DELETE FROM t WHERE id = 1");
        } finally {
            source.getClass().getMethod("close").invoke(source);
        }

        assertThat(tickets).hasSize(2);
        List<String> warned = WovenProcess.GATE.alarms;
        if (setting.said.isEmpty()) {
            assertThat(tickets).noneMatch(t -> t.message().contains("pool"));
            assertThat(warned).isEmpty();
        } else {
            assertThat(tickets)
                    .allSatisfy(t ->
                            assertThat(t.message()).contains("may wait 60 s").contains(setting.said));
            assertThat(warned).hasSize(1).first().asString().contains(setting.said);
        }
        assertThat(policy.events.stream().filter(e -> e.type() == Event.Type.HOLD))
                .hasSize(2);
    }

    private static DataSource source(Setting setting) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("url", "jdbc:h2:mem:timeouts");
        settings.setProperty("user", "");
        settings.setProperty("password", "");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(APPLICATION);
        try {
            Object adapter = APPLICATION
                    .loadClass("io.sallyport.jdbc.sample.pool." + setting.adapter)
                    .getConstructor()
                    .newInstance();
            @SuppressWarnings("unchecked")
            DataSource source = ((Function<Properties, DataSource>) adapter).apply(settings);
            if (setting.adapter.equals("TomcatJdbc")) {
                set(source, "setDriverClassName", "org.h2.Driver");
            }
            for (Map.Entry<String, Object> each : setting.set.entrySet()) {
                set(source, each.getKey(), each.getValue());
            }
            return source;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void set(Object source, String setter, Object value) throws ReflectiveOperationException {
        Class<?> type = value instanceof Long ? long.class : value instanceof Integer ? int.class : value.getClass();
        Method method = Arrays.stream(source.getClass().getMethods())
                .filter(m -> m.getName().equals(setter))
                .filter(m -> m.getParameterCount() == 1)
                .filter(m -> m.getParameterTypes()[0] == type || m.getParameterTypes()[0] == boolean.class)
                .findFirst()
                .orElseThrow();
        method.invoke(source, value);
    }
}
