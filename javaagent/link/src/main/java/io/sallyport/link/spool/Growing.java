package io.sallyport.link.spool;

import java.util.Arrays;

/** Bytes that are written one after the other, in a buffer that is kept. Not thread-safe. */
final class Growing {

    byte[] bytes = new byte[1024];
    int length;

    /** Empty but for {@code head} bytes that somebody else fills. */
    void reset(int head) {
        length = head;
    }

    void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    void unsigned(long value) {
        ensure(10);
        if (value >>> 7 == 0) {
            bytes[length++] = (byte) value;
            return;
        }
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    void int64(long value) {
        ensure(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    void append(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** A text in UTF-8 behind its length and kind; a lone surrogate becomes a question mark. */
    void text(String text, int kind) {
        int n = text.length();
        ensure(5 + 3 * n);
        int ascii = 0;
        while (ascii < n && text.charAt(ascii) < 0x80) {
            ascii++;
        }
        unsigned((long) (ascii + utf8Length(text, ascii)) << 2 | kind);
        for (int i = 0; i < ascii; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        for (int i = ascii; i < n; i++) {
            i += utf8(text, i);
        }
    }

    private static int utf8Length(String text, int from) {
        int count = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                count++;
            } else if (c < 0x800) {
                count += 2;
            } else if (!Character.isSurrogate(c)) {
                count += 3;
            } else if (isPair(text, i)) {
                count += 4;
                i++;
            } else {
                count++;
            }
        }
        return count;
    }

    /** @return how many characters more than one were taken */
    private int utf8(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | c >> 6);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        } else if (!Character.isSurrogate(c)) {
            bytes[length++] = (byte) (0xe0 | c >> 12);
            bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        } else if (isPair(text, i)) {
            int point = Character.toCodePoint(c, text.charAt(i + 1));
            bytes[length++] = (byte) (0xf0 | point >> 18);
            bytes[length++] = (byte) (0x80 | point >> 12 & 0x3f);
            bytes[length++] = (byte) (0x80 | point >> 6 & 0x3f);
            bytes[length++] = (byte) (0x80 | point & 0x3f);
            return 1;
        } else {
            bytes[length++] = '?';
        }
        return 0;
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }
}
