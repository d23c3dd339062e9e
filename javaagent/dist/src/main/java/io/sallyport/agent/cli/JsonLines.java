package io.sallyport.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One JSON object a line in, one out, in the same order; a line that is none gets an error line, and the run goes on. */
final class JsonLines {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(256 << 20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonLines() {}

    /** @param source a file, or {@code -} or {@code null} for standard input */
    static int run(@Nullable String source, UnaryOperator<JsonNode> line) throws IOException {
        boolean stdin = source == null || source.equals("-");
        try (InputStream in = stdin ? System.in : Files.newInputStream(Path.of(source));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                if (!text.isBlank()) {
                    out.println(answer(text, line));
                    if (!reader.ready()) {
                        out.flush();
                    }
                }
            }
            out.flush();
        }
        return 0;
    }

    private static JsonNode answer(String text, UnaryOperator<JsonNode> line) {
        JsonNode in;
        try {
            in = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Jackson's own message quotes the line, which may hold what a rule would mask.
            return error(
                    null,
                    "not JSON"
                            + (e.getLocation() == null
                                    ? ""
                                    : " at column " + e.getLocation().getColumnNr()));
        }
        if (!in.isObject()) {
            return error(null, "not a JSON object");
        }
        try {
            return line.apply(in);
        } catch (RuntimeException | StackOverflowError e) {
            return error(
                    in.get("id"),
                    "this line could not be judged: " + e.getClass().getSimpleName());
        }
    }

    private static JsonNode error(@Nullable JsonNode id, String message) {
        var out = JSON.createObjectNode();
        out.set("id", id);
        return out.put("error", message);
    }
}
