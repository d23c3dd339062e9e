package io.sallyport.core.mask.body;

import java.nio.charset.StandardCharsets;

/** Character data and attribute values of XML 1.0: the five predefined entities and character references. */
final class XmlCodec extends TextCodec {
    static final XmlCodec INSTANCE = new XmlCodec();
    private static final int LONGEST_REFERENCE = 12;

    private XmlCodec() {}

    @Override
    boolean isSpecial(byte b) {
        return b == '&';
    }

    @Override
    long special(byte[] raw, int at, int to) {
        int from = startOfName(raw, at + 1, to);
        int end = from;
        while (end < to && end - from < LONGEST_REFERENCE && raw[end] != ';') {
            end++;
        }
        if (end >= to || raw[end] != ';') {
            return unit('&', 1);
        }
        String name = new String(raw, from, end - from, StandardCharsets.ISO_8859_1);
        if (raw[at + 1] == '#') {
            int number = reference(name, raw[at + 2] == 'x' ? 16 : 10);
            return number < 0 ? unit('&', 1) : unit(number, end + 1 - at);
        }
        int codePoint = switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> -1;
        };
        return codePoint < 0 ? unit('&', 1) : unit(codePoint, end + 1 - at);
    }

    /** Past {@code #} or {@code #x} and any number of zeros, which change nothing. */
    private static int startOfName(byte[] raw, int at, int to) {
        int i = at;
        if (i < to && raw[i] == '#') {
            i++;
            if (i < to && raw[i] == 'x') {
                i++;
            }
            while (i + 1 < to && raw[i] == '0' && raw[i + 1] != ';') {
                i++;
            }
        }
        return i;
    }

    private static int reference(String digits, int radix) {
        try {
            int codePoint = Integer.parseInt(digits, radix);
            return Character.isValidCodePoint(codePoint) ? codePoint : -1;
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    @Override
    byte[] encode(String text) {
        StringBuilder xml = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                case '\'' -> xml.append("&apos;");
                default -> xml.append(c < 0x20 && c != '\t' && c != '\n' && c != '\r' ? '?' : c);
            }
        }
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }
}
