package io.sallyport.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsPostgresTest {

    @BeforeAll
    static void require() {
        Assumptions.assumeTrue(TlsPostgres.missing() == null, TlsPostgres::missing);
    }

    @Test
    void theNextTestFindsTheSameServerEmpty(@TempDir Path directory) throws Exception {
        int port;
        Connection left;
        try (TlsPostgres server = TlsPostgres.start(directory)) {
            port = server.unwatchedPort();
            left = server.ungoverned();
            server.execute(
                    "CREATE TABLE t (a INT)",
                    "CREATE DATABASE other",
                    "CREATE ROLE other",
                    "ALTER ROLE app NOLOGIN",
                    "ALTER SYSTEM SET autovacuum = off");
        }
        try (TlsPostgres server = TlsPostgres.start(directory)) {
            assertThat(server.unwatchedPort()).isEqualTo(port);
            assertThat(left.isValid(5)).isFalse();
            assertThat(server.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .isEqualTo("0");
            assertThat(server.query("SELECT count(*) FROM pg_database WHERE datname = 'other'"))
                    .isEqualTo("0");
            assertThat(server.query("SELECT string_agg(rolname, ',') FROM pg_roles WHERE oid >= 16384 AND rolcanlogin"))
                    .isEqualTo("app");
            assertThat(server.query("SELECT count(*) FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void twoAtOnceAreTwoServers(@TempDir Path directory) throws Exception {
        try (TlsPostgres one = TlsPostgres.start(directory.resolve("one"));
                TlsPostgres other = TlsPostgres.start(directory.resolve("other"))) {
            assertThat(one.unwatchedPort()).isNotEqualTo(other.unwatchedPort());
        }
    }
}
