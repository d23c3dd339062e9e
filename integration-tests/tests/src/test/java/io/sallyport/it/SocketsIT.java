package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.TlsPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections to a governed database past the drivers that are mediated, R2DBC's among them. Raw sockets speak no TLS, so they go to the server itself
 * and not over the watched wire.
 */
@ExtendWith(Postgres.class)
class SocketsIT {

    @TempDir
    Path directory;

    private ChildJvm probe(TlsPostgres postgres, String policy) throws Exception {
        Path file = Files.writeString(directory.resolve("policy.yaml"), "version: 1\nmode: enforce\n" + policy);
        ChildJvm jvm = Probe.sql(directory.resolve("spool"))
                .agent("policy=" + file)
                .run(
                        "io.example.probe.SocketProbe",
                        "localhost",
                        String.valueOf(postgres.unwatchedPort()),
                        postgres.user(),
                        postgres.password())
                .start();
        assertThat(jvm.exitCode(Duration.ofSeconds(90))).as(jvm.output()).isZero();
        return jvm;
    }

    private static String answer(ChildJvm jvm, String way) {
        return jvm.lines().stream()
                .filter(l -> l.startsWith(way + ": "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(way + " in\n" + jvm.output()));
    }

    @Test
    void onlyTheMediatedDriverReachesADeclaredTarget(TlsPostgres postgres) throws Exception {
        try (ChildJvm jvm = probe(
                postgres,
                "targets: [{name: orders, jdbc: 'jdbc:postgresql://localhost:" + postgres.unwatchedPort()
                        + "/postgres'}]\n")) {
            for (String way : List.of("jdbc", "jdbc on a thread of its own")) {
                assertThat(answer(jvm, way)).isEqualTo(way + ": connected");
            }
            for (String way : List.of("early socket", "socket", "channel", "asynchronous channel", "r2dbc")) {
                assertThat(answer(jvm, way))
                        .contains("java.net.SocketException: Refused by Sallyport")
                        .contains("connect.allow");
            }
            assertThat(jvm.output())
                    .contains("localhost:" + postgres.unwatchedPort()
                            + ": 2 connections mediated, 5 refused, 0 unmediated");
        }
    }

    @Test
    void whatThePolicyNamesConnects(TlsPostgres postgres) throws Exception {
        try (ChildJvm jvm = probe(
                postgres,
                "targets: [{name: orders, jdbc: 'jdbc:postgresql://localhost:" + postgres.unwatchedPort()
                        + "/postgres'}]\n" + "connect: {allow: ['socket:io.netty.*@localhost:"
                        + postgres.unwatchedPort() + "']}\n")) {
            assertThat(answer(jvm, "r2dbc")).isEqualTo("r2dbc: connected");
            assertThat(answer(jvm, "socket")).contains("Refused by Sallyport");
            assertThat(jvm.output())
                    .contains("localhost:" + postgres.unwatchedPort()
                            + ": 2 connections mediated, 4 refused, 1 unmediated");
        }
    }

    @Test
    void withoutADeclarationADatabaseIsGovernedOnceADriverConnectedToIt(TlsPostgres postgres) throws Exception {
        try (ChildJvm jvm = probe(postgres, "default: {jdbc: allow}\n")) {
            assertThat(answer(jvm, "early socket")).isEqualTo("early socket: connected");
            assertThat(answer(jvm, "jdbc")).isEqualTo("jdbc: connected");
            assertThat(answer(jvm, "socket")).contains("Refused by Sallyport");
            assertThat(answer(jvm, "r2dbc")).contains("Refused by Sallyport");
        }
    }

    /** On Linux by epoll, in system calls of its own. */
    @Test
    void grpcReachesNoDeclaredTarget() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            server.setSoTimeout(1);
            String port = String.valueOf(server.getLocalPort());
            Path file = Files.writeString(directory.resolve("policy.yaml"), """
                    version: 1
                    mode: enforce
                    targets: [{name: people, http: "http://127.0.0.1:%s/**"}]
                    """.formatted(port));
            try (ChildJvm jvm = Probe.sql(directory.resolve("spool"))
                    .agent("policy=" + file)
                    .run("io.example.probe.GrpcProbe", "127.0.0.1", port)
                    .start()) {
                assertThat(jvm.exitCode(Duration.ofSeconds(90)))
                        .as(jvm.output())
                        .isZero();
                assertThat(jvm.output())
                        .contains(": UNAVAILABLE ")
                        .contains("Refused by Sallyport: a connection to 127.0.0.1:" + port);
            }
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
