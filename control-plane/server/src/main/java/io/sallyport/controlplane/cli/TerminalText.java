package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.Wire;
import java.util.regex.Pattern;

/**
 * Text that comes from workloads, on its way to a terminal: no control characters, neither the ASCII ones nor those of ISO 6429's C1 set (U+009B begins
 * an escape sequence as ESC [ does), and nothing that turns the direction of a line.
 */
final class TerminalText {

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    /** On one line. */
    static String plain(String text) {
        return UNSEEN.matcher(text).replaceAll(" ");
    }

    /** JSON on one line, with such characters as escapes. */
    static String line(JsonNode json) {
        return escaped(json.toString());
    }

    /** The same over several lines. */
    static String lines(JsonNode json) {
        try {
            String text = Wire.json().writerWithDefaultPrettyPrinter().writeValueAsString(json);
            return text.lines()
                    .map(TerminalText::escaped)
                    .reduce((a, b) -> a + System.lineSeparator() + b)
                    .orElse("");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String escaped(String json) {
        return UNSEEN.matcher(json)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    private TerminalText() {}
}
