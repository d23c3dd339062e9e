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

/**
 * Masked answers are streams: a heap that is smaller than the answer is enough. In plain text: it is about memory, and encrypting all of it twice
 * would take longer than the rest. That TLS hides an answer is shown by the clients' own tests.
 */
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
        long megabytes = SOAK ? 1024 : 72;
        List<String> read = run("-Xmx64m", megabytes, ALL);
        assertThat(read).hasSize(ALL.size());
        for (int i = 0; i < ALL.size(); i++) {
            String[] line = read.get(i).split(" ");
            assertThat(line[0]).isEqualTo(ALL.get(i));
            // A mask is shorter than what it masks.
            assertThat(Long.parseLong(line[1])).isBetween((megabytes << 20) * 9 / 10, (megabytes + 1) << 20);
        }
    }

    private static List<String> run(String heap, long megabytes, List<String> clients)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", heap));
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
