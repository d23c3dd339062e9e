package io.example.probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application that writes row after row over some connections at once, each committed by itself, until it is killed. Arguments: a name for its rows,
 * number of connections. Configured by {@code DB_URL}, {@code DB_USER}, {@code DB_PASSWORD}; says {@code writing} once each connection has written.
 */
public final class WriteLoop {

    private static final AtomicInteger WRITING = new AtomicInteger();

    private WriteLoop() {}

    public static void main(String[] arguments) throws SQLException {
        int connections = Integer.parseInt(arguments[1]);
        for (int i = 0; i < connections; i++) {
            Connection connection = DriverManager.getConnection(
                    System.getenv("DB_URL"), System.getenv("DB_USER"), System.getenv("DB_PASSWORD"));
            String name = arguments[0] + "-" + i;
            new Thread(() -> write(connection, name, connections), name).start();
        }
    }

    private static void write(Connection connection, String name, int connections) {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO written (name) VALUES (?)")) {
            for (int n = 1; ; n++) {
                insert.setString(1, name + "-" + n);
                insert.executeUpdate();
                if (n == 1 && WRITING.incrementAndGet() == connections) {
                    System.out.println("writing");
                }
            }
        } catch (SQLException e) {
            System.out.println("failed " + e);
        }
    }
}
