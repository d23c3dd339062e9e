package io.sallyport.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Test cases in files of one JSON object a line; lines that start with {@code #} are comments. */
public final class JsonCases {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonCases() {}

    /** The cases of {@code resource}, named from the root of the class path. */
    public static List<JsonNode> read(String resource) {
        try (InputStream in = JsonCases.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(JsonCases::parsed)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }
}
