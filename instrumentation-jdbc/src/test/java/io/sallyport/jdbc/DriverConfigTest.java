package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.testing.TlsPostgres;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that pgjdbc finds on the class path ({@code org/postgresql/driverconfig.properties}) are side doors like those that it is given. */
class DriverConfigTest {

    @TempDir
    static Path directory;

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    @Test
    void aSideDoorOnTheClassPathIsRefused() throws Exception {
        Path classes = directory.resolve("classes/org/postgresql");
        Files.createDirectories(classes);
        Files.writeString(
                classes.resolve("driverconfig.properties"),
                "xmlFactoryFactory=LEGACY_INSECURE\nApplicationName=found\n");
        URL jar = Driver.class
                .cast(WovenProcess.driver(DriverConfigTest.class.getClassLoader(), "org.postgresql.Driver"))
                .getClass()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (TlsPostgres server = TlsPostgres.start(directory.resolve("server"));
                URLClassLoader application = new URLClassLoader(
                        new URL[] {directory.resolve("classes").toUri().toURL(), jar},
                        ClassLoader.getPlatformClassLoader());
                UnderPolicy none = new UnderPolicy("version: 1\n")) {
            Driver driver = WovenProcess.driver(application, "org.postgresql.Driver");
            assertThatThrownBy(() -> connect(driver, server).close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("postgresql:xmlFactoryFactory");
            none.change("version: 1\nconnect: {allow: ['postgresql:xmlFactoryFactory']}\n");
            connect(driver, server).close();
        }
    }

    private static Connection connect(Driver driver, TlsPostgres server) throws SQLException {
        java.util.Properties info = new java.util.Properties();
        info.setProperty("user", server.user());
        info.setProperty("password", server.password());
        return driver.connect(server.url(), info);
    }
}
