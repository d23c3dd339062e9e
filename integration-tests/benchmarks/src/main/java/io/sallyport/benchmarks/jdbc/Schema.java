package io.sallyport.benchmarks.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Ten thousand people of six columns, and a table to insert into. */
public final class Schema {

    /** Rows of {@code people}. */
    public static final int ROWS = 10_000;

    private Schema() {}

    public static void create(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(80), email VARCHAR(80), city VARCHAR(80),"
                    + " visits INT, balance BIGINT)");
            s.execute("CREATE TABLE visits (id INT, place VARCHAR(80), minutes INT)");
        }
        try (PreparedStatement s = c.prepareStatement("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                s.setInt(1, i);
                s.setString(2, "Person number " + i);
                s.setString(3, "person" + i + "@example.com");
                s.setString(4, "Springfield " + i % 50);
                s.setInt(5, i % 1000);
                s.setLong(6, i * 17L);
                s.addBatch();
            }
            s.executeBatch();
        }
    }
}
