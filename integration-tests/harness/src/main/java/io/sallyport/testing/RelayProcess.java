package io.sallyport.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The control plane's jar as a relay, in a process of its own. */
public final class RelayProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final String READY = "listens on port ";

    private final ChildJvm process;
    private final int port;

    private RelayProcess(ChildJvm process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Enrolled at a control plane under the name {@code localhost}.
     *
     * @param directory for token, key and certificate, of this relay alone; created where it is missing
     */
    public static RelayProcess start(ControlPlane plane, Path directory, int targetPort)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path token = Files.writeString(
                directory.resolve("join-token"), plane.admin().relayToken("relay-" + targetPort, "localhost"));
        return start(
                targetPort,
                List.of(
                        "--control-plane",
                        plane.url(),
                        "--ca",
                        plane.ca().toString(),
                        "--token-file",
                        token.toString(),
                        "--data",
                        directory.resolve("data").toString()));
    }

    /** A relay with certificates of somebody else's, which asks no control plane. */
    public static RelayProcess start(Path certificate, Path key, Path ca, int targetPort)
            throws IOException, InterruptedException {
        return start(
                targetPort,
                List.of("--certificate", certificate.toString(), "--key", key.toString(), "--ca", ca.toString()));
    }

    private static RelayProcess start(int targetPort, List<String> trust) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "-jar",
                Jars.controlPlane().toString(),
                "relay",
                "--listen",
                "127.0.0.1:0",
                "--target",
                "127.0.0.1:" + targetPort,
                "--drain",
                "1"));
        command.addAll(trust);
        ChildJvm process = ChildJvm.builder()
                // It is measured, too.
                .asInProduction()
                .jvm("-Xmx128m")
                .run(command.toArray(String[]::new))
                .start();
        try {
            String line = process.awaitLine(READY, START);
            return new RelayProcess(
                    process,
                    Integer.parseInt(
                            line.substring(line.indexOf(READY) + READY.length()).strip()));
        } catch (AssertionError | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public ChildJvm process() {
        return process;
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
