package io.sallyport.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The control plane's jar in a process of its own, on a free port. */
public final class ControlPlane implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final String READY = "listening on ";

    private final Path data;
    private final ChildJvm process;
    private final String url;

    private ControlPlane(Path data, ChildJvm process, String url) {
        this.data = data;
        this.process = process;
        this.url = url;
    }

    public static ControlPlane start(Path data, String... more) throws IOException, InterruptedException {
        return start(data, 0, more);
    }

    /** @param port 0 for any free one */
    public static ControlPlane start(Path data, int port, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "-jar",
                Jars.controlPlane().toString(),
                "serve",
                "--data",
                data.toString(),
                "--port",
                String.valueOf(port)));
        command.addAll(List.of(more));
        ChildJvm process = ChildJvm.builder()
                .jvm("-Xmx384m")
                .run(command.toArray(String[]::new))
                .start();
        try {
            String line = process.awaitLine(READY, START);
            String url = line.substring(line.indexOf(READY) + READY.length()).strip();
            return new ControlPlane(data, process, url);
        } catch (AssertionError | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    public String url() {
        return url;
    }

    public int port() {
        return java.net.URI.create(url).getPort();
    }

    public Path ca() {
        return data.resolve("ca.pem");
    }

    public Path data() {
        return data;
    }

    public String adminToken() throws IOException {
        return Files.readString(data.resolve("admin-token")).strip();
    }

    public String adminPassword() throws IOException {
        return Files.readString(data.resolve("admin-password")).strip();
    }

    /** A client with the first start's administrator rights. */
    public ControlPlaneClient admin() throws IOException {
        return new ControlPlaneClient(url, ca(), adminToken());
    }

    public ChildJvm process() {
        return process;
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
