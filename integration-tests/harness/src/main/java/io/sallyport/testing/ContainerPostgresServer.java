package io.sallyport.testing;

import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** The official image on a local Docker daemon. */
record ContainerPostgresServer(PostgreSQLContainer container) implements PostgresServer {

    private static final int PORT = 5432;

    /** The image starts as root, and the server demands that its key belongs to the user it runs as. */
    private static final String START = "chown postgres /tls/server.key && exec docker-entrypoint.sh postgres"
            + " -c ssl=on -c ssl_cert_file=/tls/server.crt -c ssl_key_file=/tls/server.key"
            + " -c ssl_ca_file=/tls/ca.pem -c hba_file=/tls/pg_hba.conf -c fsync=off";

    static boolean available() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static ContainerPostgresServer start(TestCertificates certificates) {
        PostgreSQLContainer container = new PostgreSQLContainer(DockerImageName.parse("postgres:18"));
        container
                .withUsername(TlsPostgres.SUPERUSER)
                .withPassword(TlsPostgres.PASSWORD)
                .withDatabaseName("postgres")
                .withCopyFileToContainer(MountableFile.forHostPath(certificates.certificate(), 0644), "/tls/server.crt")
                .withCopyFileToContainer(MountableFile.forHostPath(certificates.key(), 0600), "/tls/server.key")
                .withCopyFileToContainer(MountableFile.forHostPath(certificates.ca(), 0644), "/tls/ca.pem")
                .withCopyToContainer(Transferable.of(ACCESS), "/tls/pg_hba.conf")
                .withCommand("sh", "-c", START)
                .withStartupTimeout(Duration.ofMinutes(3));
        container.start();
        return new ContainerPostgresServer(container);
    }

    @Override
    public int port() {
        return container.getMappedPort(PORT);
    }

    @Override
    public void close() {
        container.stop();
    }
}
