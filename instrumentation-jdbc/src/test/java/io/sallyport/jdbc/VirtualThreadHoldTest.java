package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement that waits for approval on a virtual thread leaves its carrier to others: proven with a single carrier. */
class VirtualThreadHoldTest {

    @TempDir
    static Path directory;

    @Test
    void aHoldPinsNoCarrier() throws Exception {
        Optional<Path> java = newest();
        assumeTrue(java.isPresent(), "needs a JDK 24 or newer beside the one that runs the tests");
        try (TlsPostgres postgres = TlsPostgres.start(directory)) {
            postgres.execute("CREATE TABLE held (id INT)", "INSERT INTO held VALUES (1), (2)");
            Path out = directory.resolve("out.txt");
            Process child = new ProcessBuilder(
                            java.get().toString(),
                            "-Djdk.attach.allowAttachSelf=true",
                            "-XX:+EnableDynamicAgentLoading",
                            "-XX:TieredStopAtLevel=1",
                            "-Djdk.virtualThreadScheduler.parallelism=1",
                            "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            VirtualHold.class.getName(),
                            postgres.url(),
                            postgres.user(),
                            postgres.password())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                assertThat(child.waitFor(90, TimeUnit.SECONDS)).isTrue();
            } finally {
                child.destroyForcibly();
            }
            assertThat(Files.readString(out))
                    .contains("another virtual thread ran while the statement waited: true", "deleted: 2");
        }
    }

    /** Where {@code synchronized} pins nothing any more (JEP 491). */
    private static Optional<Path> newest() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(home -> version(home) >= 24)
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    private static int version(Path home) {
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"), StandardCharsets.UTF_8)) {
            release.load(in);
        } catch (IOException none) {
            return 0;
        }
        String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Integer.parseInt(version.split("[.+-]", 2)[0]);
    }
}
