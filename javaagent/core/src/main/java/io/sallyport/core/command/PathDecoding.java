package io.sallyport.core.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Percent-decoding of a path, once (RFC 3986 section 2.1). What is no escape stays as it is. */
final class PathDecoding {

    private PathDecoding() {}

    private static final String STRUCTURE = "/\\;%?#+.";

    /**
     * Decodes what means the same either way (RFC 3986 section 6.2.2.2): characters, in UTF-8, that no server gives a meaning beside
     * themselves. Others stay encoded.
     */
    static String harmless(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int end = i;
            while (escape(text, end) >= 0 && isHarmless(escape(text, end))) {
                end += 3;
            }
            if (end == i) {
                out.append(text.charAt(i++));
            } else {
                String run = text.substring(i, end);
                out.append(decoded(run));
                i = end;
            }
        }
        return out.toString();
    }

    /** @return {@code run} itself where it is no UTF-8 */
    private static String decoded(String run) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(run)))
                    .toString();
        } catch (CharacterCodingException e) {
            return run;
        }
    }

    private static boolean isHarmless(int b) {
        return b >= ' ' && b != 0x7F && STRUCTURE.indexOf(b) < 0;
    }

    /** The byte that is escaped at {@code at}; negative where there is no escape. */
    private static int escape(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** As a lenient server does: overlong UTF-8 is read as what it stands for, other bytes that are no UTF-8 are replaced. */
    static String lenient(String text) {
        byte[] bytes = bytes(text);
        return new String(bytes, 0, shortest(bytes), StandardCharsets.UTF_8);
    }

    /** As servers do it. Where the bytes are UTF-8 they agree; else they replace, leave out, or take another charset. */
    static void all(String text, Consumer<String> readings) {
        byte[] bytes = bytes(text);
        try {
            readings.accept(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            readings.accept(new String(bytes, StandardCharsets.ISO_8859_1));
            String lenient = new String(bytes, 0, shortest(bytes), StandardCharsets.UTF_8);
            readings.accept(lenient);
            readings.accept(lenient.replace("\uFFFD", ""));
        }
    }

    private static byte[] bytes(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        int n = 0;
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                in[n++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                in[n++] = in[i];
            }
        }
        return Arrays.copyOf(in, n);
    }

    /**
     * Writes characters of ASCII in one byte that were written in two or three, which UTF-8 forbids (RFC 3629 section 3) and lenient servers
     * read all the same.
     *
     * @return how many bytes are left
     */
    private static int shortest(byte[] bytes) {
        int n = 0;
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xFF;
            if ((b == 0xC0 || b == 0xC1) && i + 1 < bytes.length && follows(bytes[i + 1])) {
                bytes[n++] = (byte) ((b & 1) << 6 | bytes[i + 1] & 0x3F);
                i += 1;
            } else if (b == 0xE0
                    && i + 2 < bytes.length
                    && (bytes[i + 1] == (byte) 0x80 || bytes[i + 1] == (byte) 0x81)
                    && follows(bytes[i + 2])) {
                bytes[n++] = (byte) ((bytes[i + 1] & 1) << 6 | bytes[i + 2] & 0x3F);
                i += 2;
            } else {
                bytes[n++] = bytes[i];
            }
        }
        return n;
    }

    private static boolean follows(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
