package io.sallyport.core.mask.detect;

/**
 * Text in which no built-in detector can find anything: ASCII letters in words shorter than any token, and punctuation that no
 * detector starts at. Prose mostly is of that kind.
 */
final class Plain {
    /** The shortest thing without a digit and without any of the marks is a fiscal code whose digits are all replaced by letters. */
    private static final int SHORTEST_WORD = FiscalCodes.LENGTH;

    private static final byte WORD = 1;
    private static final byte OTHER = 2;
    private static final byte[] KINDS = kinds();

    private Plain() {}

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (char c = 0; c < 128; c++) {
            kinds[c] = Chars.isAsciiLetter(c) || c == '_' ? WORD : OTHER;
        }
        for (char c : "0123456789@:+(\\&%=<\0".toCharArray()) {
            kinds[c] = 0;
        }
        return kinds;
    }

    static boolean isPlain(String text) {
        int wordStart = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            byte kind = c < 128 ? KINDS[c] : 0;
            if (kind == WORD) {
                continue;
            }
            boolean mark = kind == 0 || (c == '-' && i + 1 < length && text.charAt(i + 1) == '-');
            if (mark || i - wordStart >= SHORTEST_WORD) {
                return false;
            }
            wordStart = i + 1;
        }
        return length - wordStart < SHORTEST_WORD;
    }

    /** The same for text in bytes of an encoding that leaves ASCII as it is. */
    static boolean isPlain(byte[] raw, int from, int to) {
        int wordStart = from;
        for (int i = from; i < to; i++) {
            byte b = raw[i];
            byte kind = KINDS[b & 0xFF];
            if (kind == WORD) {
                continue;
            }
            boolean mark = kind == 0 || (b == '-' && i + 1 < to && raw[i + 1] == '-');
            if (mark || i - wordStart >= SHORTEST_WORD) {
                return false;
            }
            wordStart = i + 1;
        }
        return to - wordStart < SHORTEST_WORD;
    }
}
