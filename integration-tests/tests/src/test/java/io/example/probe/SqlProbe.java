package io.example.probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs each argument after the URL as one statement and prints what an application would notice. */
public final class SqlProbe {

    private SqlProbe() {}

    public static void main(String[] arguments) {
        try (Connection c = DriverManager.getConnection(arguments[0]);
                Statement s = c.createStatement()) {
            System.out.println("connected");
            for (int i = 1; i < arguments.length; i++) {
                run(s, i, arguments[i]);
            }
        } catch (SQLException e) {
            System.out.println("connect failed " + e.getSQLState() + " " + e.getMessage());
        }
        System.out.println("end");
    }

    private static void run(Statement s, int number, String sql) {
        try {
            if (s.execute(sql)) {
                print(number, s.getResultSet());
            } else {
                System.out.println(number + " count " + s.getUpdateCount());
            }
        } catch (SQLException e) {
            System.out.println(
                    number + " failed " + e.getClass().getName() + " " + e.getSQLState() + " " + e.getMessage());
        }
    }

    private static void print(int number, ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        while (rows.next()) {
            StringBuilder line = new StringBuilder(number + " row");
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                line.append(" | ").append(rows.getString(i));
            }
            System.out.println(line);
        }
    }
}
