package io.sallyport.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.configuration.AddressRanges;
import io.sallyport.controlplane.configuration.Configuration;
import io.sallyport.controlplane.configuration.ConfigurationFile;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A control plane under test, in this process, on a port and a store of its own. */
final class Running implements AutoCloseable {

    /** One more that its certificate is for. */
    static final String NAME = "control.internal";

    private final Path data;
    private final String database;
    private final Clock clock;
    private final URI elsewhere;
    private final Configuration configuration;
    private final Map<List<Object>, String> own = new ConcurrentHashMap<>();
    private final AddressRanges trustedProxies;
    private ControlPlane controlPlane;

    /** A control plane in a process of its own. */
    static Running elsewhere(Path data, URI address) {
        return new Running(data, address);
    }

    private Running(Path data, URI address) {
        this.data = data;
        this.database = null;
        this.clock = Clock.systemUTC();
        this.elsewhere = address;
        this.configuration = Configuration.NONE;
        this.trustedProxies = AddressRanges.NONE;
    }

    private Running(Path data, String database, Clock clock, Configuration configuration) {
        this(data, database, clock, configuration, AddressRanges.NONE);
    }

    private Running(
            Path data, String database, Clock clock, Configuration configuration, AddressRanges trustedProxies) {
        this.trustedProxies = trustedProxies;
        this.data = data;
        this.database = database;
        this.clock = clock;
        this.elsewhere = null;
        this.configuration = configuration;
        start();
    }

    static Running on(Store store) throws Exception {
        return on(store, Clock.systemUTC());
    }

    static Running on(Store store, Clock clock) throws Exception {
        return on(store, clock, Configuration.NONE);
    }

    static Running on(Store store, Clock clock, Configuration configuration) throws Exception {
        return new Running(store.newDirectory(), store.newDatabase(), clock, configuration);
    }

    /** On an empty directory and a database that the test brings. */
    static Running on(Path data, String database) {
        return new Running(data, database, Clock.systemUTC(), Configuration.NONE);
    }

    /** Behind proxies at these addresses. */
    static Running behind(AddressRanges proxies, Clock clock) throws Exception {
        return new Running(Store.EMBEDDED.newDirectory(), null, clock, Configuration.NONE, proxies);
    }

    /** The settings file's text, as an operator writes it. */
    static Configuration settings(String yaml) throws IOException {
        Path file = Files.createTempFile("settings", ".yaml");
        Files.writeString(file, yaml);
        return ConfigurationFile.read(file);
    }

    /** What an operator starts after putting a backup in place: another directory, the same settings. */
    Running restored(Path copy) {
        return new Running(copy, database, clock, configuration);
    }

    /** The same beside a database that was restored too. */
    Running restored(Path copy, String restoredDatabase) {
        return new Running(copy, restoredDatabase, clock, configuration);
    }

    /** The URL of {@code --db}. */
    String database() {
        return database;
    }

    /** Another replica on the same database, with the same keys. */
    Running replica() {
        return new Running(data, database, clock, configuration);
    }

    private void start() {
        Settings settings =
                new Settings(data, "127.0.0.1", 0, List.of(NAME), null, null, database, trustedProxies, configuration);
        controlPlane = ControlPlane.start(settings, clock);
    }

    void restart() {
        controlPlane.close();
        start();
    }

    ControlPlane controlPlane() {
        return controlPlane;
    }

    Path data() {
        return data;
    }

    String url() {
        return elsewhere != null ? elsewhere.toString() : "https://localhost:" + controlPlane.port();
    }

    String secret(String file) {
        try {
            return Files.readString(data.resolve(file)).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody in particular. */
    Api anyone() {
        return new Api(url(), data.resolve("ca.pem"), null);
    }

    Api admin() {
        return as(secret("admin-token"));
    }

    Api as(String token) {
        return new Api(url(), data.resolve("ca.pem"), token);
    }

    /** A person with an API token that the administrator made. */
    Api person(String name, List<String> roles, List<String> groups) {
        return as(token(name, roles, groups));
    }

    private String token(String name, List<String> roles, List<String> groups) {
        return admin().post("/api/v1/tokens", Map.of("name", name, "roles", roles, "groups", groups, "ttlMinutes", 60))
                .expect(201)
                .path("token")
                .asText();
    }

    /** An approver who signed in and made a token of their own; with one that an administrator made, where somebody has the name. */
    Api approver(String name, String... groups) {
        return as(own.compute(List.of(name, List.of(groups)), (who, known) -> {
            if (known != null && as(known).get("/api/v1/me").status() == 200) {
                return known;
            }
            Api.Answer user = admin().post(
                            "/api/v1/users",
                            Map.of("name", name, "roles", List.of("approver"), "groups", List.of(groups)));
            return user.status() == 201
                    ? ownToken(name, user.json().path("password").asText())
                    : token(name, List.of("approver"), List.of(groups));
        }));
    }

    /** A new user who has signed in with a password. */
    SignedIn signedIn(String name, List<String> roles, String... groups) {
        JsonNode user = admin().post("/api/v1/users", Map.of("name", name, "roles", roles, "groups", List.of(groups)))
                .expect(201);
        return signIn(name, user.path("password").asText());
    }

    SignedIn signIn(String name, String password) {
        return SignedIn.of(anyone().post("/api/v1/login", Map.of("user", name, "password", password)));
    }

    private String ownToken(String name, String password) {
        return signIn(name, password)
                .at(this)
                .post("/api/v1/me/tokens", Map.of())
                .expect(201)
                .path("token")
                .asText();
    }

    String joinToken(String workload) {
        return admin().post("/api/v1/join-tokens", Map.of("workload", workload, "uses", 10, "ttlMinutes", 60))
                .expect(201)
                .path("token")
                .asText();
    }

    /** Enrols with a key of its own, as agents do. */
    EnrollResponse enroll(String token, String workload, String instance, TestKey key) {
        return read(
                anyone().post(
                                "/agent/v1/enroll",
                                new EnrollRequest(token, workload, instance, Map.of(), key.publicKey()))
                        .expect(200),
                EnrollResponse.class);
    }

    static <T> T read(JsonNode json, Class<T> type) {
        try {
            return Wire.read(json.toString(), type);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    EnrollResponse enroll(String joinToken, String workload, String instance) {
        JsonNode answer = anyone().post(
                        "/agent/v1/enroll",
                        Map.of("token", joinToken, "workload", workload, "instance", instance, "labels", Map.of()))
                .expect(200);
        return new EnrollResponse(
                answer.path("workloadId").asText(),
                answer.path("credential").asText(),
                answer.path("policyKey").asText());
    }

    /** A workload that enrolled under a verified name. */
    TestAgent agent(String workload) {
        return new TestAgent(
                this, enroll(joinToken(workload), workload, UUID.randomUUID().toString()));
    }

    /** A workload with verified labels, connected and greeted. */
    TestAgent connectedAgent(String workload, Map<String, String> labels) {
        String token = admin().post("/api/v1/join-tokens", Map.of("workload", workload, "labels", labels, "uses", 10))
                .expect(201)
                .path("token")
                .asText();
        TestAgent agent =
                new TestAgent(this, enroll(token, workload, UUID.randomUUID().toString()));
        agent.connect();
        agent.hello("spool-1");
        return agent;
    }

    /** The same, connected and greeted. */
    TestAgent connectedAgent(String workload) {
        TestAgent agent = agent(workload);
        agent.connect();
        agent.hello("spool-1");
        return agent;
    }

    @Override
    public void close() {
        controlPlane.close();
    }
}
