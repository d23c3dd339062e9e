package io.sallyport.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(systemOut);
        System.setErr(systemErr);
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "mask", "detect", "validate", "verify", "attach"})
    void everyCommandTellsItsUsage(String command) {
        assertThat(CommandLine.run(command, "--help")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("usage: java -jar sallyport-agent.jar " + command + " ");
        assertThat(err.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "mask", "detect", "validate", "verify", "attach"})
    void anUnknownOptionIsAnErrorThatTellsTheUsage(String command) {
        assertThat(CommandLine.run(command, "--polcy", "x")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("unknown option --polcy")
                .contains("usage: java -jar sallyport-agent.jar " + command + " ");
        assertThat(out.size()).isZero();
    }
}
