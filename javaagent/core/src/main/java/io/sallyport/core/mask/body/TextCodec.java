package io.sallyport.core.mask.body;

import java.nio.charset.StandardCharsets;

/**
 * How a text format writes characters as UTF-8 bytes: escapes, references, doubled quotes. Decoding is lenient (the maskers
 * check validity themselves) and can tell where each char came from, so that bytes outside a finding stay as they are. Stateless.
 */
abstract class TextCodec {

    /** UTF-8 and nothing else. */
    static final TextCodec PLAIN = new TextCodec() {
        @Override
        boolean isSpecial(byte b) {
            return false;
        }

        @Override
        long special(byte[] raw, int at, int to) {
            throw new AssertionError("nothing is special in plain text");
        }

        @Override
        byte[] encode(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    };

    /** Whether a byte starts an escape. */
    abstract boolean isSpecial(byte b);

    /** The escape at {@code at}: code point and consumed bytes, made by {@link #unit}. */
    abstract long special(byte[] raw, int at, int to);

    /** Text as the format writes it, without enclosing quotes. */
    abstract byte[] encode(String text);

    /** Result of {@link #special}. */
    static long unit(int codePoint, int consumed) {
        return (long) consumed << 32 | codePoint;
    }

    final String decode(byte[] raw, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isSpecial(raw[i])) {
                return decode(raw, from, to, new int[0]);
            }
        }
        String text = new String(raw, from, to - from, StandardCharsets.UTF_8);
        // Where a sequence is broken the JDK counts its replacements otherwise than below, and places would shift.
        return text.indexOf(0xFFFD) < 0 ? text : decode(raw, from, to, new int[0]);
    }

    /**
     * Decodes and fills {@code offsets[i]} with the index in {@code raw} where char {@code i} starts; one more entry holds {@code to}.
     *
     * @param offsets empty when nobody asks
     */
    final String decode(byte[] raw, int from, int to, int[] offsets) {
        StringBuilder text = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            byte b = raw[i];
            long unit = isSpecial(b) ? special(raw, i, to) : b >= 0 ? unit(b, 1) : utf8(raw, i, to);
            int before = text.length();
            text.appendCodePoint((int) unit);
            if (offsets.length > 0) {
                for (int c = before; c < text.length(); c++) {
                    offsets[c] = i;
                }
            }
            i += (int) (unit >>> 32);
        }
        if (offsets.length > 0) {
            offsets[text.length()] = to;
        }
        return text.toString();
    }

    static long utf8(byte[] raw, int at, int to) {
        int lead = raw[at] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + length > to) {
            return unit(0xFFFD, 1);
        }
        int codePoint = lead & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            int next = raw[at + i] & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return unit(0xFFFD, 1);
            }
            codePoint = codePoint << 6 | (next & 0x3F);
        }
        return Character.isValidCodePoint(codePoint) ? unit(codePoint, length) : unit(0xFFFD, 1);
    }
}
