package io.sallyport.core.mask.body;

import java.nio.charset.StandardCharsets;

/** String content of RFC 8259 section 7. */
final class JsonCodec extends TextCodec {
    static final JsonCodec INSTANCE = new JsonCodec();

    private JsonCodec() {}

    @Override
    boolean isSpecial(byte b) {
        return b == '\\';
    }

    @Override
    long special(byte[] raw, int at, int to) {
        if (at + 1 >= to) {
            return unit('\\', 1);
        }
        return switch (raw[at + 1]) {
            case 'b' -> unit('\b', 2);
            case 'f' -> unit('\f', 2);
            case 'n' -> unit('\n', 2);
            case 'r' -> unit('\r', 2);
            case 't' -> unit('\t', 2);
            case 'u' -> hex(raw, at + 2, to);
            default -> unit(raw[at + 1], 2);
        };
    }

    private static long hex(byte[] raw, int from, int to) {
        if (from + 4 > to) {
            return unit(0xFFFD, to - from + 2);
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            value = value << 4 | Character.digit(raw[i], 16);
        }
        return unit(value, 6);
    }

    @Override
    byte[] encode(String text) {
        return isPlain(text)
                ? text.getBytes(StandardCharsets.UTF_8)
                : escaped(text).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it is written as it is; of what masks put in place of values nearly all is. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7E || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || (Character.isSurrogate(c) && !inPair(text, i))) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    private static boolean inPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
