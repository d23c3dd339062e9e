package io.sallyport.controlplane;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What breaks a line, hides, or turns the direction of what follows, in text that comes from workloads and is read by people: control characters,
 * neither ASCII's nor those of ISO 6429's C1 set (U+009B begins an escape sequence as ESC [ does), format characters (Unicode category Cf) and
 * line separators.
 */
public final class UnseenCharacters {

    private static final Pattern ANY = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private UnseenCharacters() {}

    /** The text with a space in place of each. */
    public static String blanked(String text) {
        return ANY.matcher(text).replaceAll(" ");
    }

    /** JSON with each as an escape (RFC 8259, section 7). */
    public static String escaped(String json) {
        return ANY.matcher(json)
                .replaceAll(found -> found.group()
                        .chars()
                        .mapToObj(unit -> String.format("\\\\u%04x", unit))
                        .collect(Collectors.joining()));
    }
}
