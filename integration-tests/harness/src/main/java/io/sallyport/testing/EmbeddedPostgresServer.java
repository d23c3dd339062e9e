package io.sallyport.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** PostgreSQL's own binaries as child processes. */
record EmbeddedPostgresServer(EmbeddedPostgres server) implements PostgresServer {

    static EmbeddedPostgresServer start(TestCertificates certificates) throws IOException {
        Path access = Files.writeString(certificates.ca().resolveSibling("pg_hba.conf"), ACCESS);
        return new EmbeddedPostgresServer(EmbeddedPostgres.builder()
                .setPort(FreePort.find())
                .setServerConfig("hba_file", access.toString())
                .setServerConfig("ssl", BehindRelay.isWanted() ? "off" : "on")
                .setServerConfig("ssl_cert_file", certificates.certificate().toString())
                .setServerConfig("ssl_key_file", certificates.key().toString())
                .setServerConfig("ssl_ca_file", certificates.ca().toString())
                .setServerConfig("max_prepared_transactions", "8")
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start());
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
