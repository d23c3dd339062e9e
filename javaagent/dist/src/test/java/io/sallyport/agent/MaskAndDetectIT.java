package io.sallyport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar sallyport-agent.jar mask} and {@code detect}: a line in, a line out, whatever the line is. */
class MaskAndDetectIT {

    private static final Path JAR = Path.of("target/sallyport-agent.jar");

    @TempDir
    Path dir;

    private List<String> run(String command, String... lines) throws IOException, InterruptedException {
        Path in = dir.resolve("in.jsonl");
        Path out = dir.resolve("out.jsonl");
        Files.writeString(in, String.join("\n", lines) + "\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        command,
                        "--jsonl",
                        "-")
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readString(out, StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void eachLineIsMaskedOrToldWhatIsWrongAndTheOrderStays() throws Exception {
        String longValue = "x".repeat(3_000_000);
        List<String> out = run(
                "mask",
                "{\"id\":1,\"contentType\":\"application/json\",\"body\":\"{\\\"a\\\":\\\"s3cret\\\",\\\"b\\\":\\\"é😀\\\"}\",\"rules\":[{\"key\":\"a\"}]}",
                "{\"id\":2,\"contentType\":\"application/json\",\"body\":\"{\\\"a\\\":\\\"s3cret\",\"rules\":[{\"key\":\"a\"}]}",
                "{\"id\":3,\"contentType\":\"application/json\"",
                "s3cret",
                "[1,2]",
                "{\"id\":6} {\"id\":7}",
                "{\"id\":{\"x\":[7]},\"contentType\":\"application/json\",\"rules\":[]}",
                "{\"id\":8,\"contentType\":\"application/x-nobody-knows\",\"body\":\"plain\",\"rules\":[{\"key\":\"a\"}]}",
                "{\"id\":9,\"body\":\"{\\\"a\\\":1}\",\"rules\":[{\"path\":\"$.a\"}]}",
                "{\"id\":10,\"contentType\":\"application/json\",\"body\":\"{}\",\"rules\":[{\"path\":\"no path\"}]}",
                "{\"id\":11,\"contentType\":\"application/json\",\"body\":\"{\\\"a\\\":\\\"" + longValue
                        + "\\\"}\",\"rules\":[{\"key\":\"a\"}]}",
                "{\"contentType\":\"text/csv\",\"body\":\"a,b\\ns3cret,1\\n\",\"rules\":[{\"key\":\"a\"},{\"detect\":\"EMAIL\"}]}",
                "[".repeat(100_000),
                "{\"id\":14,\"contentType\":\"application/xml\",\"body\":\"<a>x</a>\",\"rules\":[{\"detect\":\"EMAIL\"}]}");
        assertThat(out).hasSize(14);
        assertThat(String.join("", out)).doesNotContain("s3cret");
        assertThat(out.get(0))
                .isEqualTo(
                        "{\"id\":1,\"body\":\"{\\\"a\\\":\\\"***\\\",\\\"b\\\":\\\"é😀\\\"}\",\"masked\":1,\"outcome\":\"masked\"}");
        assertThat(out.get(1)).startsWith("{\"id\":2,\"body\":null,\"masked\":0,\"outcome\":\"refused\",\"reason\":\"");
        assertThat(out.subList(2, 6)).allMatch(line -> line.startsWith("{\"id\":null,\"error\":\""));
        assertThat(out.get(6)).startsWith("{\"id\":{\"x\":[7]},\"error\":\"");
        assertThat(out.get(7)).isEqualTo("{\"id\":8,\"body\":\"plain\",\"masked\":0,\"outcome\":\"clear\"}");
        assertThat(out.get(8)).isEqualTo("{\"id\":9,\"body\":\"{\\\"a\\\":0}\",\"masked\":1,\"outcome\":\"masked\"}");
        assertThat(out.get(9)).startsWith("{\"id\":10,\"error\":\"");
        assertThat(out.get(10))
                .isEqualTo("{\"id\":11,\"body\":\"{\\\"a\\\":\\\"***\\\"}\",\"masked\":1,\"outcome\":\"masked\"}");
        assertThat(out.get(11)).isEqualTo("{\"body\":\"a,b\\n***,1\\n\",\"masked\":1,\"outcome\":\"masked\"}");
        assertThat(out.get(12)).startsWith("{\"id\":null,\"error\":\"");
        assertThat(out.get(13)).isEqualTo("{\"id\":14,\"body\":\"<a>x</a>\",\"masked\":0,\"outcome\":\"clear\"}");
    }

    @Test
    void valuesAreNamedAndOddLinesToldApart() throws Exception {
        List<String> out = run(
                "detect",
                "{\"id\":\"a\",\"value\":\"４１１１ １１１１ １１１１ １１１１\",\"context\":\"note\"}",
                "{\"id\":\"b\"}",
                "{\"id\":\"c\",\"value\":[1]}",
                "{\"id\":\"d\",\"value\":\"536904399\",\"context\":\"ssn\"}",
                "{\"id\":\"e\",\"value\":\"536904399\"}",
                "not json",
                "{\"id\":\"g\",\"value\":\"" + "1 ".repeat(2_000_000) + "\"}");
        assertThat(out.subList(0, 1)).containsExactly("{\"id\":\"a\",\"entities\":[\"CREDIT_CARD\"]}");
        assertThat(out.get(1)).startsWith("{\"id\":\"b\",\"error\":\"");
        assertThat(out.get(2)).startsWith("{\"id\":\"c\",\"error\":\"");
        assertThat(out.get(3)).isEqualTo("{\"id\":\"d\",\"entities\":[\"US_SSN\"]}");
        assertThat(out.get(4)).isEqualTo("{\"id\":\"e\",\"entities\":[]}");
        assertThat(out.get(5)).startsWith("{\"id\":null,\"error\":\"");
        assertThat(out.get(6)).isEqualTo("{\"id\":\"g\",\"entities\":[]}");
        assertThat(out).hasSize(7);
    }
}
