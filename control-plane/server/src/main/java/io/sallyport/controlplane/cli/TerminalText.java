package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.UnseenCharacters;
import io.sallyport.protocol.Wire;

/** Text that comes from workloads, on its way to a terminal: without {@link UnseenCharacters}. */
final class TerminalText {

    /** On one line. */
    static String plain(String text) {
        return UnseenCharacters.blanked(text);
    }

    /** JSON on one line, with such characters as escapes. */
    static String line(JsonNode json) {
        return UnseenCharacters.escaped(json.toString());
    }

    /** The same over several lines. */
    static String lines(JsonNode json) {
        try {
            String text = Wire.json().writerWithDefaultPrettyPrinter().writeValueAsString(json);
            return text.lines()
                    .map(UnseenCharacters::escaped)
                    .reduce((a, b) -> a + System.lineSeparator() + b)
                    .orElse("");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private TerminalText() {}
}
