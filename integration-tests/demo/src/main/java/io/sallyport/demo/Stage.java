package io.sallyport.demo;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.testing.ControlPlane;
import io.sallyport.testing.Jars;
import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;

/**
 * Everything that the scenario needs, running: a PostgreSQL with data, a users API, a control plane with the demo's policy, and a
 * join token in a file. Closing stops all of it.
 */
final class Stage implements AutoCloseable {

    private static final String USERS =
            "[{\"id\":1,\"name\":\"Ada\",\"email\":\"ada@example.com\"},{\"id\":2,\"name\":\"Grace\",\"email\":\"grace@example.com\"}]";

    final Path directory;
    final TlsPostgres database;
    final ControlPlane controlPlane;
    final Path tokenFile;
    private final HttpServer usersApi;

    private Stage(
            Path directory, TlsPostgres database, ControlPlane controlPlane, HttpServer usersApi, Path tokenFile) {
        this.directory = directory;
        this.database = database;
        this.controlPlane = controlPlane;
        this.usersApi = usersApi;
        this.tokenFile = tokenFile;
    }

    static Stage open(Path directory) throws IOException, InterruptedException, SQLException {
        Files.createDirectories(directory);
        TlsPostgres database = TlsPostgres.startUnwatched(directory.resolve("postgres"));
        ControlPlane controlPlane = null;
        HttpServer usersApi = null;
        try {
            seed(database);
            usersApi = usersApi();
            Path policy = directory.resolve("policy.yaml");
            Files.writeString(
                    policy,
                    resource("policy.yaml").replace("@CA@", database.ca().toString()));
            controlPlane = ControlPlane.start(directory.resolve("control-plane"), "--policy", policy.toString());
            Path token = directory.resolve("join-token");
            Files.deleteIfExists(token);
            Files.createFile(token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(token, controlPlane.admin().joinToken("shop-job", 10));
            return new Stage(directory, database, controlPlane, usersApi, token);
        } catch (IOException | InterruptedException | SQLException | RuntimeException | Error e) {
            closeAll(controlPlane, usersApi, database);
            throw e;
        }
    }

    private static void seed(TlsPostgres database) throws SQLException {
        database.execute(
                "CREATE TABLE customers (id int PRIMARY KEY, name text, email text, phone text, card_number text)",
                "INSERT INTO customers VALUES (1, 'Ada Lovelace', 'ada@example.com', '+44 20 7946 0001', '4111111111111111'),"
                        + " (2, 'Grace Hopper', 'grace@example.com', '+1 202 555 0114', '5500005555555559'),"
                        + " (3, 'Karen Jones', 'karen@example.com', '+44 20 7946 0003', '340000000000009')",
                "CREATE TABLE orders (id serial PRIMARY KEY, customer int, total numeric)",
                "INSERT INTO orders (customer, total) SELECT 1 + i % 3, i FROM generate_series(1, 42) i",
                "CREATE TABLE carts (id serial PRIMARY KEY, customer int)",
                "INSERT INTO carts (customer) SELECT 1 + i % 3 FROM generate_series(1, 17) i");
    }

    private static HttpServer usersApi() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
        server.createContext("/users", exchange -> {
            byte[] body = USERS.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    String usersUrl() {
        return "http://127.0.0.1:" + usersApi.getAddress().getPort() + "/users";
    }

    Path agent() {
        return Jars.agent();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Stage.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new IOException("missing resource demo/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closeAll(controlPlane, usersApi, database);
    }

    private static void closeAll(
            @org.jspecify.annotations.Nullable ControlPlane controlPlane,
            @org.jspecify.annotations.Nullable HttpServer usersApi,
            TlsPostgres database)
            throws IOException, InterruptedException {
        if (controlPlane != null) {
            controlPlane.close();
        }
        if (usersApi != null) {
            usersApi.stop(0);
        }
        database.close();
    }
}
