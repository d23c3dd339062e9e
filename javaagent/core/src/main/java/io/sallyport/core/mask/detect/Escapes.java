package io.sallyport.core.mask.detect;

import java.util.Map;

/**
 * Characters as other notations write them, inside a text that is not read as that notation: JSON's and Java's {@code \}{@code u0040}, a URL's
 * {@code %40} and its plus for a space, a character reference's {@code &#64;} and {@code &commat;}. Who takes the text out of its notation sees the character.
 */
final class Escapes {
    private static final int LONGEST_REFERENCE = 10;
    private static final int LONGEST_NAME = 20;
    /** How often something may have been escaped again. */
    private static final int DEEPEST = 3;
    /** Marks and spaces that have a name in hypertext (WHATWG HTML section 13.5); letters and digits have none, but for what detectors never look for. */
    private static final Map<String, Integer> NAMED = Map.ofEntries(
            Map.entry("nbsp", 0xA0),
            Map.entry("NonBreakingSpace", 0xA0),
            Map.entry("ensp", 0x2002),
            Map.entry("emsp", 0x2003),
            Map.entry("numsp", 0x2007),
            Map.entry("thinsp", 0x2009),
            Map.entry("ThinSpace", 0x2009),
            Map.entry("hairsp", 0x200A),
            Map.entry("ZeroWidthSpace", 0x200B),
            Map.entry("zwnj", 0x200C),
            Map.entry("zwj", 0x200D),
            Map.entry("shy", 0xAD),
            Map.entry("Tab", (int) '\t'),
            Map.entry("NewLine", (int) '\n'),
            Map.entry("commat", (int) '@'),
            Map.entry("period", (int) '.'),
            Map.entry("colon", (int) ':'),
            Map.entry("sol", (int) '/'),
            Map.entry("plus", (int) '+'),
            Map.entry("lowbar", (int) '_'),
            Map.entry("UnderBar", (int) '_'),
            Map.entry("lpar", (int) '('),
            Map.entry("rpar", (int) ')'),
            Map.entry("equals", (int) '='),
            Map.entry("num", (int) '#'),
            Map.entry("percnt", (int) '%'),
            Map.entry("hyphen", 0x2010),
            Map.entry("dash", 0x2010),
            Map.entry("ndash", 0x2013),
            Map.entry("mdash", 0x2014),
            Map.entry("minus", 0x2212));

    private Escapes() {}

    /** Whether a text may have any; a quick look. */
    static boolean mayBeIn(String text) {
        return text.indexOf('%') >= 0 || text.indexOf('\\') >= 0 || text.indexOf('&') >= 0 || text.indexOf('+') > 0;
    }

    /** The escape at {@code at} as its length in the upper and its code point in the lower half, or 0 for none. */
    static long at(String text, int at) {
        return switch (text.charAt(at)) {
            case '%' -> percent(text, at);
            case '\\' -> backslash(text, at);
            case '&' -> reference(text, at);
            case '+' -> Chars.isWord(Chars.at(text, at - 1)) && Chars.isWord(Chars.at(text, at + 1)) ? unit(' ', 1) : 0;
            default -> 0;
        };
    }

    static int codePoint(long unit) {
        return (int) unit;
    }

    static int length(long unit) {
        return (int) (unit >>> 32);
    }

    private static long unit(int codePoint, int length) {
        return (long) length << 32 | codePoint;
    }

    /** UTF-8 octets of one character. */
    private static long percent(String text, int at) {
        int width = widthOfOctet(text, at);
        int lead = octet(text, at, width);
        if (lead < 0x80) {
            return lead < 0 ? 0 : unit(lead, width);
        }
        int more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
        int codePoint = lead & (0x3F >> more);
        for (int i = 1; i <= more; i++) {
            int next = octet(text, at + width * i, width);
            if ((next & 0xC0) != 0x80 || next < 0) {
                return 0;
            }
            codePoint = codePoint << 6 | (next & 0x3F);
        }
        return more > 0 && Character.isValidCodePoint(codePoint) ? unit(codePoint, width * (1 + more)) : 0;
    }

    /** {@code %40} has three characters; what was encoded again has two more each time, {@code %2540}. */
    private static int widthOfOctet(String text, int at) {
        int width = 3;
        while (width < 3 + 2 * DEEPEST && text.startsWith("25", at + width - 2) && hex(text, at + width, 2) >= 0) {
            width += 2;
        }
        return width;
    }

    private static int octet(String text, int at, int width) {
        return Chars.at(text, at) == '%' ? hex(text, at + width - 2, 2) : -1;
    }

    /** Text in JSON in JSON has a backslash more each time, or as many again. */
    private static long backslash(String text, int at) {
        int kindAt = at + 1;
        while (kindAt - at < 1 << DEEPEST && Chars.at(text, kindAt) == '\\') {
            kindAt++;
        }
        char kind = Chars.at(text, kindAt);
        if (kind == '/') {
            // So that </script> does not stand in JSON.
            return unit(kind, kindAt + 1 - at);
        }
        int digits = kind == 'u' ? 4 : kind == 'x' ? 2 : 0;
        int codePoint = digits == 0 ? -1 : hex(text, kindAt + 1, digits);
        return codePoint < 0 ? 0 : unit(codePoint, kindAt + 1 + digits - at);
    }

    private static int hex(String text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            char c = Chars.at(text, i);
            if (!Chars.isHex(c)) {
                return -1;
            }
            value = value << 4 | Character.digit(c, 16);
        }
        return value;
    }

    private static long reference(String text, int at) {
        int name = at + 1;
        // Hypertext in hypertext: &amp;#64;
        while (name - at < 4 * DEEPEST && text.startsWith("amp;", name)) {
            name += 4;
        }
        return Chars.at(text, name) == '#' ? numbered(text, at, name + 1) : named(text, at, name);
    }

    /** Of a decimal one the semicolon may be missing, as browsers read it. */
    private static long numbered(String text, int at, int from) {
        boolean hex = (Chars.at(text, from) | 32) == 'x';
        int value = 0;
        for (int i = hex ? from + 1 : from; i < from + LONGEST_REFERENCE; i++) {
            char c = Chars.at(text, i);
            int digit = c >= 128 ? -1 : Character.digit(c, hex ? 16 : 10);
            boolean ends = c == ';' || digit < 0 && !hex;
            if (ends) {
                return value > 0 && Character.isValidCodePoint(value) ? unit(value, (c == ';' ? i + 1 : i) - at) : 0;
            } else if (digit < 0) {
                return 0;
            }
            value = value * (hex ? 16 : 10) + digit;
        }
        return 0;
    }

    private static long named(String text, int at, int from) {
        int end = from;
        while (end - from < LONGEST_NAME && Chars.isAsciiLetter(Chars.at(text, end))) {
            end++;
        }
        if (end == from || Chars.at(text, end) != ';') {
            return 0;
        }
        Integer codePoint = NAMED.get(text.substring(from, end));
        return codePoint == null ? 0 : unit(codePoint, end + 1 - at);
    }
}
