package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.testing.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A name that resolves to a governed address, as an attacker's name may resolve to the cloud's metadata service: what counts is where a
 * client connects to, whatever a name service said when the request was decided. Metadata services speak plain text, so no watched wire is before this one.
 */
class ResolvedAddressIT {

    /** Those that resolve names as the JDK does, so that a file can answer here; the others connect by the same system call. */
    private static final List<String> CLIENTS = List.of(
            "jdk", "urlconnection", "okhttp", "apache 5", "apache 5 async", "apache 4", "jetty", "async http client");

    @TempDir
    Path directory;

    /** Whoever connects to the unspecified address by a channel reaches the loopback. */
    @Test
    void theUnspecifiedAddressDoesNotLeadToAListedAddressOfTheLoopback() throws Exception {
        List<String> served = new CopyOnWriteArrayList<>();
        HttpServer server = serving("127.0.0.1", served);
        int port = server.getAddress().getPort();
        Path policy = Files.writeString(directory.resolve("policy.yaml"), """
                version: 1
                mode: enforce
                targets: [{name: local, http: "http://127.0.0.1:%d/**"}]
                guard: [{name: closed, target: local, when: {path: "/credentials"}, then: deny}]
                """.formatted(port));
        try (ChildJvm jvm = Probe.sql(directory.resolve("spool"))
                .agent("policy=" + policy)
                .run("io.example.probe.HttpClients", "http://0.0.0.0:" + port + "/credentials")
                .start()) {
            assertThat(jvm.exitCode(Duration.ofSeconds(120))).as(jvm.output()).isZero();
            assertThat(jvm.lines())
                    .filteredOn(line -> line.startsWith("jdk /credentials: "))
                    .singleElement()
                    .asString()
                    .contains("failed ", "Refused by Sallyport", "127.0.0.1:" + port);
        } finally {
            server.stop(0);
        }
        assertThat(served).isEmpty();
    }

    @Test
    void aNameThatLeadsToAGovernedAddressDoesNotEvadeItsRules() throws Exception {
        List<String> served = new CopyOnWriteArrayList<>();
        // Not the usual loopback address: it stands for one that only the policy knows.
        HttpServer server = serving("127.0.0.2", served);
        int port = server.getAddress().getPort();
        Path policy = Files.writeString(directory.resolve("policy.yaml"), """
                version: 1
                mode: enforce
                targets: [{name: metadata, http: "http://127.0.0.2:%d/**"}]
                guard: [{name: closed, target: metadata, when: {path: "/credentials"}, then: deny}]
                """.formatted(port));
        Path names = Files.writeString(directory.resolve("hosts"), "127.0.0.2 harmless.example\n");
        try (ChildJvm jvm = Probe.sql(directory.resolve("spool"))
                .jvm("-Djdk.net.hosts.file=" + names)
                .agent("policy=" + policy)
                .run("io.example.probe.HttpClients", "http://harmless.example:" + port + "/credentials")
                .start()) {
            assertThat(jvm.exitCode(Duration.ofSeconds(120))).as(jvm.output()).isZero();
            assertThat(CLIENTS)
                    .allSatisfy(client -> assertThat(jvm.lines())
                            .filteredOn(line -> line.startsWith(client + " /credentials: "))
                            .singleElement()
                            .asString()
                            .contains("failed ", "Refused by Sallyport", "127.0.0.2:" + port));
        } finally {
            server.stop(0);
        }
        assertThat(served).isEmpty();
    }

    /** A server at that address, which tells what it is asked for. */
    private static HttpServer serving(String address, List<String> served) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 10);
        server.createContext("/", exchange -> {
            served.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
