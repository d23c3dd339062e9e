package io.sallyport.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.testing.Jars;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of {@code sallyport-agent.jar explain} over many lines. */
public final class ExplainRun {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ExplainRun() {}

    /**
     * @param directory for what goes in and comes out
     * @return an answer a line, in the same order
     * @throws IOException when the run ends with an error, or a line does
     */
    public static List<JsonNode> over(List<? extends JsonNode> lines, Path directory)
            throws IOException, InterruptedException {
        Path in = directory.resolve("statements.jsonl");
        Path out = directory.resolve("answers.jsonl");
        try (BufferedWriter writer = Files.newBufferedWriter(in)) {
            for (JsonNode line : lines) {
                writer.write(JSON.writeValueAsString(line));
                writer.newLine();
            }
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Jars.agent().toString(),
                        "explain",
                        "--jsonl",
                        "-")
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("explain ended with " + process.exitValue());
        }
        List<JsonNode> answers = new ArrayList<>();
        for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
            JsonNode answer = JSON.readTree(line);
            if (answer.has("error")) {
                throw new IOException(line);
            }
            answers.add(answer);
        }
        if (answers.size() != lines.size()) {
            throw new IOException(answers.size() + " answers for " + lines.size() + " statements");
        }
        return answers;
    }
}
