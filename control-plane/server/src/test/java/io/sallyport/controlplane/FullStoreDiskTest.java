package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.protocol.ServerMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the embedded store is full, and then has room again: the same process goes on, and nothing that it acknowledged is lost. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class FullStoreDiskTest {

    @TempDir
    private Path mount;

    @TempDir
    private Path logs;

    private Spawned controlPlane;

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
    }

    private static List<String> onItsOwnMounts(String script) {
        return List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script);
    }

    /** On a small file system that is mounted for its process alone. */
    @BeforeEach
    void start() throws Exception {
        String mounted = "mount -t tmpfs -o size=32m,mode=700 none '" + mount + "'";
        assumeTrue(canRun(onItsOwnMounts(mounted)), "a file system cannot be mounted here");
        Path begun = Store.EMBEDDED.newDirectory();
        List<String> command =
                new ArrayList<>(onItsOwnMounts(mounted + " && cp -p '" + begun + "'/* '" + mount + "' && exec \"$@\""));
        command.add("sh");
        command.addAll(Spawned.serve(mount, List.of()).command());
        ProcessBuilder serve =
                new ProcessBuilder(command).redirectError(logs.resolve("log").toFile());
        controlPlane =
                Spawned.start(serve, process -> Path.of("/proc/" + process.pid() + "/root" + mount.toAbsolutePath()));
    }

    private static boolean canRun(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchTool) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        if (controlPlane != null) {
            controlPlane.close();
        }
    }

    private static void fill(Path filler) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    private static Api.Answer joinToken(Running server, String workload) {
        return server.admin().post("/api/v1/join-tokens", Map.of("workload", workload, "uses", 1));
    }

    /** What it still acknowledged on a disk that is full. */
    private static List<String> untilRefused(Running server) {
        List<String> acknowledged = new ArrayList<>();
        for (Api.Answer answer = null; answer == null || answer.status() == 201; ) {
            String name = "squeezed-in-" + acknowledged.size();
            answer = joinToken(server, name);
            if (answer.status() == 201) {
                acknowledged.add(name);
            } else {
                answer.expect(503);
            }
        }
        return acknowledged;
    }

    @Test
    void itSaysSoAndGoesOnByItselfWhenThereIsRoom() throws Exception {
        Running server = controlPlane.server();
        List<String> acknowledged = new ArrayList<>(List.of("before"));
        joinToken(server, "before").expect(201);
        TestAgent agent = server.connectedAgent("orders");
        agent.events("spool-1", 1, 5);
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(5);

        Path filler = server.data().resolve("filler");
        fill(filler);
        acknowledged.addAll(untilRefused(server));
        patiently()
                .untilAsserted(() -> assertThat(server.anyone()
                                .get("/healthz")
                                .expect(503)
                                .path("error")
                                .asText())
                        .contains("data directory", "room"));
        assertThat(joinToken(server, "refused").expect(503).path("error").asText())
                .contains("room");
        agent.events("spool-1", 6, 5);
        assertThat(agent.closeCode()).as("agents keep what is not stored").isEqualTo(1013);

        Files.delete(filler);
        patiently().untilAsserted(() -> server.anyone().get("/healthz").expect(200));
        joinToken(server, "afterwards").expect(201);
        String tokens = server.admin().get("/api/v1/join-tokens").expect(200).toString();
        assertThat(tokens).contains(acknowledged).contains("afterwards").doesNotContain("refused");
        agent.connect();
        agent.hello("spool-1");
        agent.events("spool-1", 6, 5);
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(10);
    }
}
