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
        int end = at + 1;
        while (end < to && end - at < LONGEST_REFERENCE && raw[end] != ';') {
            end++;
        }
        if (end >= to || raw[end] != ';') {
            return unit('&', 1);
        }
        String name = new String(raw, at + 1, end - at - 1, StandardCharsets.ISO_8859_1);
        int codePoint = switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> name.startsWith("#") ? reference(name) : -1;
        };
        return codePoint < 0 ? unit('&', 1) : unit(codePoint, end + 1 - at);
    }

    private static int reference(String name) {
        try {
            int codePoint = name.startsWith("#x")
                    ? Integer.parseInt(name.substring(2), 16)
                    : Integer.parseInt(name.substring(1));
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
