package io.example.probe;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An application that is in the middle of its work when it is told to go on: connection, statements and a result are open. */
public final class AttachProbe {

    private AttachProbe() {}

    private interface Work {
        Object run() throws SQLException;
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection c = DriverManager.getConnection(arguments[0], arguments[1], arguments[2]);
                Statement s = c.createStatement();
                Statement reading = c.createStatement();
                Statement executed = c.createStatement()) {
            s.execute("DROP TABLE IF EXISTS people");
            s.execute("CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR(50))");
            s.execute("INSERT INTO people VALUES (1, 'ann@example.org'), (2, 'bob@example.org')");
            PreparedStatement p = c.prepareStatement("SELECT email FROM people WHERE id = ?");
            ResultSet open = reading.executeQuery("SELECT email FROM people ORDER BY id");
            open.next();
            print("before", () -> open.getString(1));
            PreparedStatement batch = c.prepareStatement("INSERT INTO people VALUES (?, 'x')");
            batch.setInt(1, 3);
            batch.addBatch();
            executed.execute("SELECT email FROM people ORDER BY id");
            PreparedStatement older = c.prepareStatement("UPDATE people SET email = ? WHERE id = 1");
            System.out.println("ready");
            System.in.read();
            print("open result", () -> open.next() ? open.getString(1) : "none");
            print("executed", () -> first(executed.getResultSet()));
            print(
                    "metadata",
                    () -> c.getMetaData().getTables(null, null, "nobody", null).next());
            print("prepared", () -> {
                p.setInt(1, 1);
                return first(p.executeQuery());
            });
            print("statement", () -> first(s.executeQuery("SELECT email FROM people ORDER BY id")));
            print("drop", () -> s.execute("DROP TABLE people"));
            print("batch", batch::executeBatch);
            print(
                    "new statement",
                    () -> first(c.createStatement().executeQuery("SELECT email FROM people ORDER BY id")));
            print("write back", () -> {
                PreparedStatement write = c.prepareStatement("UPDATE people SET email = ? WHERE id = 1");
                write.setString(1, "***********.org");
                return write.executeUpdate();
            });
            print("older write back", () -> {
                older.setString(1, "***********.org");
                return older.executeUpdate();
            });
            print("count", () -> first(s.executeQuery("SELECT count(*) FROM people")));
            try (Connection other = DriverManager.getConnection(arguments[0], arguments[1], arguments[2])) {
                print(
                        "new connection",
                        () -> first(other.createStatement().executeQuery("SELECT email FROM people ORDER BY id")));
            }
        }
        System.out.println("end");
    }

    private static Object first(ResultSet rows) throws SQLException {
        return rows.next() ? rows.getString(1) : "none";
    }

    private static void print(String what, Work work) {
        try {
            System.out.println(what + ": " + work.run());
        } catch (SQLException e) {
            System.out.println(what + ": " + e.getSQLState() + " " + e.getMessage());
        }
    }
}
