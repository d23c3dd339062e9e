package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.http.contract.LargeAnswer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Masked answers are streams: a heap that is smaller than the answer is enough. */
class LargeAnswerTest {

    private static final boolean SOAK = Boolean.getBoolean("sallyport.soak");
    private static final List<String> ALL = List.of(
            "jdk",
            "url",
            "okhttp",
            "apache",
            "apache4",
            "reactor",
            "apache-async",
            "jetty",
            "async-http-client",
            "vertx");

    @Test
    @Timeout(900)
    void anAnswerThatIsLargerThanTheHeapIsMaskedAsItStreams() throws Exception {
        long megabytes = SOAK ? 1024 : 80;
        List<String> clients = SOAK ? ALL : List.of("jdk", "reactor");
        long expected = (megabytes << 20) + 1;
        assertThat(run(megabytes, clients))
                .containsExactlyElementsOf(
                        clients.stream().map(client -> client + " " + expected).toList());
    }

    private static List<String> run(long megabytes, List<String> clients) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx64m"));
        // The gate is on the boot path of these tests, and so it has to be there.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> Stream.of("-Xbootclasspath/a", "-Djdk.attach", "-Xshare")
                        .anyMatch(argument::startsWith))
                .forEach(command::add);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Dio.netty.maxDirectMemory=33554432",
                "-cp",
                System.getProperty("java.class.path"),
                LargeAnswer.class.getName(),
                Long.toString(megabytes)));
        command.addAll(clients);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(10, TimeUnit.SECONDS);
            return out.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
