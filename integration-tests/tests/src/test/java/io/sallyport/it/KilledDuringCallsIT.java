package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL while a real driver's calls are on their way, at whatever moment: what the database has committed is held against what the control plane has. The
 * moments are drawn, and nothing depends on which they are.
 */
@ExtendWith(Postgres.class)
class KilledDuringCallsIT {

    private static final int ROUNDS = Boolean.getBoolean("sallyport.soak") ? 200 : 20;
    private static final int CONNECTIONS = 3;
    private static final int LONGEST_MILLIS = 250;
    private static final String POLICY = "version: 1\nmode: enforce\n";

    @Test
    void everyCommittedRowHasItsRecordOnce(TlsPostgres postgres, @TempDir Path directory) throws Exception {
        postgres.execute("CREATE TABLE written (name text)");
        Random moments = new Random();
        try (Plane plane = Plane.start(directory, POLICY)) {
            for (int round = 1; round <= ROUNDS; round++) {
                try (ChildJvm workload = plane.governing(writing(postgres, "round" + round), "spool")
                        .start()) {
                    workload.awaitLine("writing", Plane.LIMIT);
                    Thread.sleep(moments.nextInt(LONGEST_MILLIS));
                    workload.kill();
                }
            }
            Set<String> committed = committed(postgres);
            try (Console next = Console.start(plane.governing(Console.sql(postgres), "spool"))) {
                assertThat(next.ask("run", "SELECT 1")).containsExactly("row | 1");
                await("records of all that was committed")
                        .atMost(Plane.LIMIT)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> new HashSet<>(written(plane.events())).containsAll(committed));
            }
            List<JsonNode> events = plane.events();
            List<String> decided = written(events);
            assertThat(decided).doesNotHaveDuplicates();
            // Of each connection one call at most was on its way: recorded, and not done.
            assertThat(decided.size() - committed.size()).isBetween(0, ROUNDS * CONNECTIONS);
            assertThat(events.stream()
                            .filter(Plane.event("RESULT", "insert", "written"))
                            .map(e -> e.path("call").asText()))
                    .doesNotHaveDuplicates();
            assertThat(events).noneMatch(e -> e.path("type").asText().equals("ALARM"));
        }
    }

    private static ChildJvm.Builder writing(TlsPostgres postgres, String name) {
        return ChildJvm.builder()
                .classPath(Probe.classPath())
                .env("DB_URL", postgres.url() + "?sslmode=require")
                .env("DB_USER", postgres.user())
                .env("DB_PASSWORD", postgres.password())
                .run("io.example.probe.WriteLoop", name, String.valueOf(CONNECTIONS));
    }

    /** What is in the table once the server has noticed that nobody is there, so that nothing is added any more. */
    private static Set<String> committed(TlsPostgres postgres) throws SQLException {
        await("the end of the killed workloads' connections")
                .atMost(Plane.LIMIT)
                .until(
                        () -> postgres.query(
                                "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + postgres.user() + "'"),
                        "0"::equals);
        Set<String> names = new HashSet<>();
        try (Connection connection = postgres.ungoverned();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM written")) {
            while (rows.next()) {
                assertThat(names.add(rows.getString(1))).isTrue();
            }
        }
        return names;
    }

    /** The rows that the control plane has a decision about. */
    private static List<String> written(List<JsonNode> events) {
        return events.stream()
                .filter(Plane.event("DECISION", "insert", "written"))
                .map(e -> e.path("values").asText().replace("'", ""))
                .toList();
    }
}
