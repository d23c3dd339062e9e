package io.sallyport.core.mask.function;

import java.nio.charset.StandardCharsets;

/**
 * A pseudonym for columns that are too narrow for forty hexadecimal digits: letters and digits of RFC 4648's base 32, in lower
 * case, so that each character carries five bits and a collation without case makes no two of them equal. The last four are computed from
 * the others with a second key, by which a pseudonym is recognised when it comes back.
 */
final class NarrowPseudonym {
    /** Below this width too little is left to tell values apart. */
    static final int SHORTEST = 8;

    private static final int TAG = RecognitionTag.LENGTH;
    private static final byte[] LETTERS = "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);

    private final HmacSha256 mac;
    private final RecognitionTag tag;

    NarrowPseudonym(HmacSha256 mac, RecognitionTag tag) {
        this.mac = mac;
        this.tag = tag;
    }

    /** @param width characters of the result, 8 to 39 */
    String of(byte[] clear, int width) {
        byte[] text = new byte[width];
        write(mac.of(clear), text, 0, width - TAG);
        write(tag.of(text, width - TAG), text, width - TAG, width);
        return new String(text, StandardCharsets.US_ASCII);
    }

    boolean recognises(String text) {
        int width = text.length();
        if (width < SHORTEST) {
            return false;
        }
        for (int i = 0; i < width; i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '2' && c <= '7')) {
                return false;
            }
        }
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] expected = new byte[TAG];
        write(tag.of(ascii, width - TAG), expected, 0, TAG);
        return java.util.Arrays.equals(expected, 0, TAG, ascii, width - TAG, width);
    }

    /** Five bits of each of 32 bytes and, from the thirty-third character on, five others: 39 characters are the most. */
    private static void write(byte[] random, byte[] into, int from, int to) {
        for (int i = from; i < to; i++) {
            int at = i - from;
            int bits = at < random.length ? random[at] & 31 : (random[at - random.length] >> 3) & 31;
            into[i] = LETTERS[bits];
        }
    }
}
