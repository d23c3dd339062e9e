package io.sallyport.core.mask.body;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a part say (RFC 2046 section 5.1, RFC 7578 section 4).
 *
 * @param type media type; text where none is named
 * @param name name of the form field, or {@code null}
 * @param isEncoded whether the content stands in a transfer encoding that hides it
 */
record PartHeaders(ContentType type, @Nullable String name, boolean isEncoded) {

    static PartHeaders parse(String text) {
        ContentType type = ContentType.parse("text/plain");
        String name = null;
        boolean encoded = false;
        String unfolded = text.replaceAll("\r?\n[ \t]+", " ");
        for (String line : unfolded.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                continue;
            }
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                case "content-type" -> type = ContentType.parse(value);
                case "content-disposition" -> name = fieldName(ContentType.parse(value));
                case "content-transfer-encoding" -> {
                    String how = value.toLowerCase(Locale.ROOT);
                    encoded = !how.equals("7bit") && !how.equals("8bit") && !how.equals("binary");
                }
                default -> {
                    // Says nothing about how the part is read.
                }
            }
        }
        return new PartHeaders(type, name, encoded);
    }

    private static @Nullable String fieldName(ContentType disposition) {
        String extended = disposition.parameters().get("name*");
        if (extended != null) {
            // RFC 8187: charset'language'percent-encoded.
            try {
                return URLDecoder.decode(
                        extended.substring(extended.lastIndexOf('\'') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException broken) {
                return extended;
            }
        }
        String name = disposition.parameters().get("name");
        return name == null
                ? null
                : name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }
}
