package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A control plane in a process of its own, as an operator starts it. */
final class Spawned implements AutoCloseable {

    private final Process process;
    private final Running server;

    private Spawned(Process process, Running server) {
        this.process = process;
        this.server = server;
    }

    /** What starts {@code serve} on a data directory and any free port. */
    static ProcessBuilder serve(Path data, List<String> jvm, String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives for seconds.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "serve"));
        command.addAll(List.of("--data", data.toString(), "--host", "127.0.0.1", "--port", "0"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command);
    }

    static Spawned start(Path data, String... more) throws IOException {
        return start(data, serve(data, List.of(), more).redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    /** Comes back when it listens. */
    static Spawned start(Path data, ProcessBuilder builder) throws IOException {
        return start(builder, process -> data);
    }

    /** @param data where this process finds the other's data directory, once that runs */
    static Spawned start(ProcessBuilder builder, Function<Process, Path> data) throws IOException {
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("listening on ")) {
            line = out.readLine();
        }
        assertThat(line).as("the line that says where it listens").isNotNull();
        return new Spawned(
                process, Running.elsewhere(data.apply(process), URI.create(line.substring("listening on ".length()))));
    }

    Process process() {
        return process;
    }

    Running server() {
        return server;
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
