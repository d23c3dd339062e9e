package io.sallyport.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A JVM of its own with its output collected line by line. Close kills it. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private ChildJvm(Process process, Consumer<String> listener) {
        this.process = process;
        this.reader = new Thread(() -> collect(listener), "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    public static Builder builder() {
        return new Builder();
    }

    private void collect(Consumer<String> listener) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
                listener.accept(line);
            }
        } catch (IOException e) {
            // The pipe is closed under us when the child is killed: the same as its end.
        } finally {
            synchronized (lines) {
                lines.notifyAll();
            }
        }
    }

    /** The first line, of those already there or still to come, that contains {@code text}. */
    public String awaitLine(String text, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (lines) {
            for (int next = 0; ; ) {
                for (; next < lines.size(); next++) {
                    if (lines.get(next).contains(text)) {
                        return lines.get(next);
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0 || (!reader.isAlive() && next == lines.size())) {
                    throw new AssertionError("no line with '" + text + "' in:\n" + String.join("\n", lines));
                }
                lines.wait(Math.min(left, 200));
            }
        }
    }

    /** Writes one line to the program's standard input. */
    public void send(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Waits for the end and returns the exit code. */
    public int exitCode(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + limit + ":\n" + output());
        }
        reader.join(5000);
        return process.exitValue();
    }

    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    public String output() {
        return String.join("\n", lines());
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks politely (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** What to run. Without {@link #asInProduction} the JVM is set up for a life of seconds: it optimises little and collects on one thread. */
    public static final class Builder {
        private static final List<String> BRIEF = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

        private Path javaHome = Path.of(System.getProperty("sallyport.test.javaHome", System.getProperty("java.home")));
        private final List<String> jvm = new ArrayList<>();
        private final List<String> program = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private Consumer<String> listener = line -> {};
        private Path directory = Path.of("").toAbsolutePath();
        private List<String> life = BRIEF;

        public Builder javaHome(Path home) {
            javaHome = home;
            return this;
        }

        public Builder jvm(String... options) {
            jvm.addAll(List.of(options));
            return this;
        }

        /** With the compilers and the collector that a JVM chooses itself. */
        public Builder asInProduction() {
            life = List.of();
            return this;
        }

        /** Runs under the built agent; {@code options} may be empty. */
        public Builder agent(String options) {
            return jvm("-javaagent:" + Jars.agent() + (options.isEmpty() ? "" : "=" + options));
        }

        public Builder classPath(String classPath) {
            return jvm("-cp", classPath);
        }

        public Builder run(String... mainAndArguments) {
            program.addAll(List.of(mainAndArguments));
            return this;
        }

        public Builder env(String name, String value) {
            environment.put(name, value);
            return this;
        }

        public Builder directory(Path working) {
            directory = working;
            return this;
        }

        public Builder onLine(Consumer<String> each) {
            listener = each;
            return this;
        }

        public ChildJvm start() throws IOException {
            List<String> command = new ArrayList<>();
            command.add(javaHome.resolve("bin/java").toString());
            command.addAll(life);
            command.addAll(jvm);
            command.addAll(program);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.directory(directory.toFile());
            builder.environment().keySet().removeIf(k -> k.startsWith("SALLYPORT_") || k.equals("JAVA_TOOL_OPTIONS"));
            builder.environment().putAll(environment);
            return new ChildJvm(builder.start(), listener);
        }
    }
}
