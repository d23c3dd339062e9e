package io.sallyport.controlplane;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What breaks a line, hides, or turns the direction of what follows, in text that comes from workloads and is read by people: control characters,
 * neither ASCII's nor those of ISO 6429's C1 set (U+009B begins an escape sequence as ESC [ does), format characters (Unicode category Cf) and
 * line separators; and what Unicode counts among letters and marks and nobody sees either: fillers, the grapheme joiner, variation selectors.
 */
public final class UnseenCharacters {

    private static final Pattern ANY = Pattern.compile(
            "[\\p{Cc}\\p{Cf}\\u2028\\u2029\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180D\\u2800\\u3164"
                    + "\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]");

    private UnseenCharacters() {}

    /** The text with a space in place of each. */
    public static String blanked(String text) {
        return ANY.matcher(text).replaceAll(" ");
    }

    /** The text without any. */
    public static String removed(String text) {
        return ANY.matcher(text).replaceAll("");
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
