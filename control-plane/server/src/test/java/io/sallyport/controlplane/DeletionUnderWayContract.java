package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.EnrollResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What somebody asks for while they are being deleted, on every store: nothing of it outlasts them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeletionUnderWayContract {

    private final Store store;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Running server;

    DeletionUnderWayContract(Store store) {
        this.store = store;
    }

    @BeforeAll
    void start() throws Exception {
        server = Running.on(store);
    }

    @AfterAll
    void stop() {
        threads.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    private Connection connection() throws SQLException {
        Connection connection = DriverManager.getConnection(
                store == Store.EMBEDDED
                        ? "jdbc:h2:file:" + server.data().toAbsolutePath().resolve("store")
                        : server.database());
        connection.setAutoCommit(false);
        return connection;
    }

    private boolean somebodyWaitsForALock() throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        store == Store.EMBEDDED
                                ? "select count(*) from information_schema.sessions where blocker_id is not null"
                                : "select count(*) from pg_stat_activity where datname = current_database()"
                                        + " and wait_event_type = 'Lock'")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    /** A tool that has joined as the person: it is the last thing that a deletion ends. */
    private String toolOf(Api person) {
        JsonNode login = begunLogin();
        confirm(person, login);
        String token = server.anyone()
                .post(
                        "/api/v1/device-logins/token",
                        Map.of("device", login.path("device").asText()))
                .expect(200)
                .path("token")
                .asText();
        EnrollResponse tool = server.enroll(token, "x", UUID.randomUUID().toString());
        return tool.workloadId();
    }

    private JsonNode begunLogin() {
        return server.anyone().post("/api/v1/device-logins", Map.of()).expect(201);
    }

    private static Api.Answer confirm(Api person, JsonNode login) {
        return person.post("/api/v1/device-logins/" + login.path("code").asText() + "/confirm", Map.of());
    }

    /** Deletes the person and, before the last of what is theirs has ended, has all of this asked for. */
    private List<Api.Answer> askedWhileDeleted(String name, String tool, List<Callable<Api.Answer>> requests)
            throws Exception {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.executeQuery("select id from workload where id = '" + tool + "' for update");
            Future<Api.Answer> deletion =
                    threads.submit(() -> server.admin().send("DELETE", "/api/v1/users/" + name, null));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::somebodyWaitsForALock);
            List<Future<Api.Answer>> asked = new ArrayList<>();
            requests.forEach(request -> asked.add(threads.submit(request)));
            // Who does not wait for the deletion is served meanwhile. The time only gives a wrong answer its chance.
            TimeUnit.SECONDS.sleep(2);
            connection.rollback();
            deletion.get().expectStatus(204);
            List<Api.Answer> answers = new ArrayList<>();
            for (Future<Api.Answer> one : asked) {
                answers.add(one.get());
            }
            return answers;
        }
    }

    @Test
    void nothingThatAnAdministratorMakesOutlastsThem() throws Exception {
        Api mallory = server.signedIn("mallory", List.of("admin")).at(server);
        Api pipeline = server.as(mallory.post("/api/v1/tokens", Map.of("name", "ci", "roles", List.of("admin")))
                .expect(201)
                .path("token")
                .asText());
        server.signedIn("bystander", List.of("admin"));
        String tool = toolOf(mallory);
        JsonNode login = begunLogin();
        Map<String, Object> token = Map.of("name", "left-behind", "roles", List.of("admin"));

        List<Api.Answer> answers = askedWhileDeleted(
                "mallory",
                tool,
                List.of(
                        () -> mallory.post("/api/v1/me/tokens", Map.of()),
                        () -> mallory.post("/api/v1/tokens", token),
                        () -> pipeline.post("/api/v1/tokens", token),
                        () -> mallory.post("/api/v1/join-tokens", Map.of("workload", "orders")),
                        () -> mallory.post("/api/v1/users", token),
                        () -> mallory.send("DELETE", "/api/v1/users/bystander", null),
                        () -> confirm(mallory, login)));

        assertThat(answers).extracting(Api.Answer::status).containsOnly(401);
        assertThat(server.admin().get("/api/v1/tokens").text()).doesNotContain("left-behind", "mallory");
        assertThat(server.admin().get("/api/v1/join-tokens").text()).doesNotContain("mallory");
        assertThat(server.admin().get("/api/v1/users").text())
                .contains("bystander")
                .doesNotContain("left-behind");
    }

    @Test
    void noVoteOutlastsWhoeverCastIt() throws Exception {
        Api trent = server.signedIn("trent", List.of("admin")).at(server);
        Api pipeline = server.as(
                trent.post("/api/v1/tokens", Map.of("name", "voting", "roles", List.of("approver", "breakglass")))
                        .expect(201)
                        .path("token")
                        .asText());
        String tool = toolOf(trent);
        TestAgent agent = server.connectedAgent("orders");
        Ticket first = needingTwo(agent);
        Ticket second = needingTwo(agent);
        Ticket third = needingTwo(agent);

        List<Api.Answer> answers = askedWhileDeleted(
                "trent",
                tool,
                List.of(
                        () -> trent.post(path(first) + "/approve", Map.of()),
                        () -> pipeline.post(path(second) + "/approve", Map.of()),
                        () -> pipeline.post(path(third) + "/break-glass", Map.of("reason", "INC-1"))));

        assertThat(answers).extracting(Api.Answer::status).containsOnly(401);
        for (Ticket ticket : List.of(first, second, third)) {
            JsonNode shown = server.admin().get(path(ticket)).expect(200);
            assertThat(shown.path("state").asText()).isEqualTo("waiting");
            assertThat(shown.path("decisions")).isEmpty();
        }
    }

    private static String path(Ticket ticket) {
        return "/api/v1/approvals/" + ticket.id();
    }

    private static Ticket needingTwo(TestAgent agent) {
        return agent.submit(
                TestAgent.ticket(UUID.randomUUID().toString(), List.of(), 2, false, Duration.ofMinutes(10)));
    }
}
