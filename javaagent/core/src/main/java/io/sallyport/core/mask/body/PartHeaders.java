package io.sallyport.core.mask.body;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the headers of a part or message say (RFC 2046 section 5.1, RFC 7578 section 4, RFC 9112).
 *
 * @param type media type; that of a part or message that names none where there is no header
 * @param names every name of the form field: readers differ in which of several they take
 * @param isEncoded whether the content stands in an encoding that hides it
 * @param isAmbiguous whether it names two types
 * @param isRange whether it is a piece of a document (RFC 9110 section 14.6)
 * @param length {@code Content-Length}; -1 without one
 */
record PartHeaders(
        ContentType type, List<String> names, boolean isEncoded, boolean isAmbiguous, boolean isRange, long length) {

    /** @param unnamed type of what names none */
    static PartHeaders parse(String text, ContentType unnamed) {
        ContentType type = null;
        List<String> names = new ArrayList<>();
        boolean encoded = false;
        boolean ambiguous = false;
        boolean range = false;
        long length = -1;
        String unfolded = text.replaceAll("\r?\n[ \t]+", " ");
        for (String line : unfolded.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                continue;
            }
            String value = line.substring(colon + 1).strip();
            String lower = value.toLowerCase(Locale.ROOT);
            switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                case "content-type" -> {
                    ContentType named = ContentType.parse(value);
                    ambiguous |= type != null && !type.equals(named);
                    type = named;
                }
                case "content-disposition" -> fieldNames(value, names);
                case "content-transfer-encoding" ->
                    encoded |= !lower.equals("7bit") && !lower.equals("8bit") && !lower.equals("binary");
                case "content-encoding", "transfer-encoding" -> encoded |= !lower.equals("identity");
                case "content-range" -> range = true;
                case "content-length" -> {
                    long said = length(value);
                    ambiguous |= said < 0 || length >= 0 && length != said;
                    length = said;
                }
                default -> {
                    // Says nothing about how the part is read.
                }
            }
        }
        return new PartHeaders(type == null ? unnamed : type, List.copyOf(names), encoded, ambiguous, range, length);
    }

    private static long length(String value) {
        return value.matches("[0-9]{1,15}") ? Long.parseLong(value) : -1;
    }

    private static void fieldNames(String disposition, List<String> names) {
        for (Map.Entry<String, String> parameter : ContentType.parameters(disposition)) {
            String value = parameter.getValue();
            if (parameter.getKey().equals("name*")) {
                names.add(decoded(value));
            } else if (parameter.getKey().equals("name")) {
                String name = value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
                names.add(name);
                String word = EncodedWords.decoded(name);
                if (!word.equals(name)) {
                    names.add(word);
                }
            }
        }
    }

    /** RFC 8187: charset'language'percent-encoded. */
    private static String decoded(String extended) {
        try {
            return URLDecoder.decode(
                    extended.substring(extended.lastIndexOf('\'') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return extended;
        }
    }
}
