package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.ColumnMasks;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrappers with a log of their own: what they write of results came through the driver's getters. */
class WrapperLogsTest {

    private static final String LOG = "p6spy.config.logfile";
    private static final String CATEGORIES = "p6spy.config.excludecategories";
    private static final String APPENDER = "p6spy.config.appender";

    @TempDir
    Path directory;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void reset() {
        Thread.currentThread().setContextClassLoader(before);
        WovenProcess.GATE.reset();
        System.clearProperty(LOG);
        System.clearProperty(CATEGORIES);
        System.clearProperty(APPENDER);
    }

    @Test
    void p6spyWritesResultsAsTheyAreMasked() throws Exception {
        Path log = directory.resolve("spy.log");
        System.setProperty(LOG, log.toString());
        System.setProperty(CATEGORIES, "info");
        System.setProperty(APPENDER, "com.p6spy.engine.spy.appender.FileLogger");
        ClassLoader loader = WovenProcess.applicationWith("h2-", "p6spy", "slf4j-api");
        Thread.currentThread().setContextClassLoader(loader);
        Driver h2 = driver(loader, "org.h2.Driver");
        Driver spy = driver(loader, "com.p6spy.engine.spy.P6SpyDriver");
        try (Connection direct = h2.connect("jdbc:h2:mem:spied", new Properties());
                Statement made = direct.createStatement()) {
            made.execute("CREATE TABLE people (id INT, email VARCHAR)");
            made.execute("INSERT INTO people VALUES (1, 'ann@example.org')");
            WovenProcess.GATE.masksByLabel = Map.of("email", ColumnMasks.of("r", MaskingFunctions.redact()));
            try (Connection spied = spy.connect("jdbc:p6spy:h2:mem:spied", new Properties());
                    Statement s = spied.createStatement();
                    ResultSet rows = s.executeQuery("SELECT id, email FROM people")) {
                while (rows.next()) {
                    assertThat(rows.getString(2)).isEqualTo("***");
                }
            }
        }
        assertThat(Files.readString(log))
                .contains("SELECT id, email FROM people", "***")
                .doesNotContain("ann@");
    }

    private static Driver driver(ClassLoader loader, String name) throws Exception {
        return (Driver) Class.forName(name, true, loader).getConstructor().newInstance();
    }
}
