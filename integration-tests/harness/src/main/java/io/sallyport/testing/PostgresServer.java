package io.sallyport.testing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a {@link TlsPostgres} runs. Listens on {@code localhost} and asks everyone but {@code postgres} for a password in plain, and {@code certified} for a certificate. */
interface PostgresServer extends AutoCloseable {

    /** {@code -Dsallyport.postgres=embedded} (default) or {@code container}. */
    String SWITCH = "sallyport.postgres";

    /** Who is asked for what ({@code pg_hba.conf}). */
    String ACCESS = """
            local all all trust
            host all postgres all trust
            hostssl all certified all cert
            host all certified all reject
            host all all all password
            """;

    int port();

    @Override
    void close() throws IOException;

    /** The one place that knows which implementation is used. */
    static PostgresServer start(TestCertificates certificates) throws IOException {
        String kind = kind();
        return switch (kind) {
            case "embedded" -> EmbeddedPostgresServer.start(certificates);
            case "container" -> ContainerPostgresServer.start(certificates);
            default ->
                throw new IllegalArgumentException("-D" + SWITCH + " must be embedded or container, not " + kind);
        };
    }

    /** Why no server can be had on this machine; {@code null} when one can. */
    static @Nullable String missing() {
        return kind().equals("container") && !ContainerPostgresServer.available()
                ? "-D" + SWITCH + "=container is set and no Docker daemon answers"
                : null;
    }

    private static String kind() {
        return System.getProperty(SWITCH, "embedded");
    }
}
