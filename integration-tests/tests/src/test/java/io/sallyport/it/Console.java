package io.sallyport.it;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A child JVM that runs one of the consoles of {@code io.example.probe}, command by command. */
final class Console implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ChildJvm jvm;
    private final AtomicInteger commands = new AtomicInteger();

    private Console(ChildJvm jvm) {
        this.jvm = jvm;
    }

    static ChildJvm.Builder sql(TlsPostgres postgres) {
        return sql(postgres.url(), postgres.user(), postgres.password());
    }

    static ChildJvm.Builder sql(String url, String user, String password) {
        return ChildJvm.builder()
                .classPath(Probe.classPath())
                .env("DB_URL", url)
                .env("DB_USER", user)
                .env("DB_PASSWORD", password)
                .run("io.example.probe.SqlConsole");
    }

    static ChildJvm.Builder http() {
        return ChildJvm.builder().classPath(Probe.classPath()).run("io.example.probe.HttpConsole");
    }

    static Console start(ChildJvm.Builder workload) throws IOException, InterruptedException {
        ChildJvm jvm = workload.start();
        try {
            jvm.awaitLine("ready", LIMIT);
            return new Console(jvm);
        } catch (AssertionError | InterruptedException e) {
            jvm.close();
            throw e;
        }
    }

    /** Sends a command and returns what it printed, once it has ended. */
    List<String> ask(String verb, String rest) throws IOException, InterruptedException {
        return answer(begin(verb, rest));
    }

    /** Sends a command and returns its id at once. */
    String begin(String verb, String rest) throws IOException {
        String id = "c" + commands.incrementAndGet();
        jvm.send(id + " " + verb + " " + rest);
        return id;
    }

    /** What the command printed, without its id, once it has ended. */
    List<String> answer(String id) throws InterruptedException {
        jvm.awaitLine(id + " end", LIMIT);
        return said(id).stream().filter(l -> !l.equals("end")).toList();
    }

    /** What the command has printed so far. */
    List<String> said(String id) {
        return jvm.lines().stream()
                .filter(l -> l.startsWith(id + " "))
                .map(l -> l.substring(id.length() + 1))
                .toList();
    }

    ChildJvm jvm() {
        return jvm;
    }

    @Override
    public void close() throws InterruptedException {
        jvm.close();
    }
}
