package io.sallyport.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A program that uses JDBC once and ends. Says what it took from the machine, where the machine tells. */
public final class SmallProgram {

    private SmallProgram() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection c = DriverManager.getConnection("jdbc:h2:mem:start", "sa", "")) {
            try (Statement s = c.createStatement()) {
                s.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(40))");
                s.execute("INSERT INTO t VALUES (1, 'Ada'), (2, 'Grace')");
            }
            try (PreparedStatement s = c.prepareStatement("SELECT name FROM t WHERE id = ?")) {
                s.setInt(1, 2);
                try (ResultSet row = s.executeQuery()) {
                    row.next();
                    System.out.println("read " + row.getString(1));
                }
            }
        }
        report();
    }

    static void report() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    System.out.println("resident-kb " + line.replaceAll("\\D", ""));
                }
            }
            // Fields 14 and 15, in hundredths of a second; the name in field 2 may hold spaces.
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            System.out.println("cpu-ms " + 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
        }
    }
}
