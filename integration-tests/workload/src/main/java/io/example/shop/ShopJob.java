package io.example.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Runs the steps named on its command line, in order: {@code read}, {@code drop}, {@code purge}, {@code plaintext}, {@code http},
 * {@code loop} (reads once a second until it is stopped). Configured by the environment: {@code SHOP_DB_URL},
 * {@code SHOP_DB_USER}, {@code SHOP_DB_PASSWORD}, {@code SHOP_USERS_API}.
 */
public final class ShopJob {

    private final String url = System.getenv("SHOP_DB_URL");
    private final String user = System.getenv("SHOP_DB_USER");
    private final String password = System.getenv("SHOP_DB_PASSWORD");
    private final HikariDataSource pool;

    private ShopJob() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(1);
        pool = new HikariDataSource(config);
    }

    public static void main(String[] steps) throws Exception {
        ShopJob job = new ShopJob();
        try {
            for (String step : steps) {
                job.run(step);
            }
        } finally {
            job.pool.close();
        }
        System.out.println("done");
    }

    private void run(String step) throws Exception {
        switch (step) {
            case "read" -> read();
            case "drop" -> drop();
            case "purge" -> purge();
            case "plaintext" -> plaintext();
            case "http" -> http();
            case "loop" -> loop();
            default -> throw new IllegalArgumentException("unknown step " + step);
        }
    }

    private void read() throws SQLException {
        try (Connection c = pool.getConnection();
                PreparedStatement s = c.prepareStatement(
                        "SELECT id, name, email, card_number FROM customers WHERE id <= ? ORDER BY id")) {
            s.setInt(1, 3);
            try (ResultSet rows = s.executeQuery()) {
                while (rows.next()) {
                    System.out.println("row " + rows.getInt("id") + " | " + rows.getString("name") + " | "
                            + rows.getString("email") + " | " + rows.getString("card_number"));
                }
            }
        }
    }

    private void drop() throws SQLException {
        try (Connection c = pool.getConnection();
                Statement s = c.createStatement()) {
            s.execute("DROP TABLE orders");
            System.out.println("dropped orders");
        } catch (SQLException e) {
            System.out.println("drop failed: " + e.getSQLState() + " " + e.getMessage());
        }
    }

    private void purge() throws SQLException {
        System.out.println("purging expired carts");
        try (Connection c = pool.getConnection();
                Statement s = c.createStatement()) {
            System.out.println("purged " + s.executeUpdate("DELETE FROM carts") + " carts");
        } catch (SQLException e) {
            System.out.println("purge failed: " + e.getSQLState() + " " + e.getMessage());
        }
    }

    private void plaintext() {
        String plain = url + (url.contains("?") ? "&" : "?") + "sslmode=disable";
        try (Connection c = DriverManager.getConnection(plain, user, password)) {
            System.out.println("connected without TLS: " + c.isValid(5));
        } catch (SQLException e) {
            System.out.println("plaintext failed: " + e.getSQLState() + " " + e.getMessage());
        }
    }

    private void http() throws InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("SHOP_USERS_API")))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            System.out.println("users api: " + response.statusCode() + " " + response.body());
        } catch (IOException e) {
            System.out.println("users api failed: " + e.getMessage());
        }
    }

    private void loop() throws SQLException, InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            try (Connection c = pool.getConnection();
                    Statement s = c.createStatement();
                    ResultSet rows = s.executeQuery("SELECT count(*) FROM orders")) {
                rows.next();
                System.out.println("orders: " + rows.getLong(1));
            }
            Thread.sleep(1000);
        }
    }
}
