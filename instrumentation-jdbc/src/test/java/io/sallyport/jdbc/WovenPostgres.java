package io.sallyport.jdbc;

import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL for the tests of one class, to which the woven process connects; each test begins and ends under a gate that allows everything. */
final class WovenPostgres implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final String[] tables;
    private TlsPostgres server;

    private WovenPostgres(String[] tables) {
        this.tables = tables;
    }

    /** @param sql makes what is in it; nobody governs that */
    static WovenPostgres with(String... sql) {
        return new WovenPostgres(sql);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        server = TlsPostgres.start(Path.of("target", "postgres"));
        server.execute(tables);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        WovenProcess.GATE.reset();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        WovenProcess.GATE.reset();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (server != null) {
            server.close();
        }
    }

    /** As somebody else, whom no agent governs. */
    TlsPostgres server() {
        return server;
    }

    /** As the application does. */
    Connection connect(String... properties) throws SQLException {
        String[] all = Arrays.copyOf(properties, properties.length + 4);
        all[properties.length] = "user";
        all[properties.length + 1] = server.user();
        all[properties.length + 2] = "password";
        all[properties.length + 3] = server.password();
        return WovenProcess.connect(server.url(), all);
    }
}
