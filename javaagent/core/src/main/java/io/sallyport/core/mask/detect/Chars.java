package io.sallyport.core.mask.detect;

/** Character classes of the detectors. */
final class Chars {
    private static final boolean[] WORD = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            WORD[c] = isAsciiAlnum(c) || c == '_';
        }
    }

    private Chars() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isAsciiAlnum(char c) {
        return isDigit(c) || isAsciiLetter(c);
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean isBase64Url(char c) {
        return isAsciiAlnum(c) || c == '-' || c == '_';
    }

    /**
     * Letters and digits, and the underscore: what a value may not be glued to. Thai, Chinese, Japanese and Korean write no spaces
     * around a number, so that their letters do not count.
     */
    static boolean isWord(char c) {
        return c < 128 ? WORD[c] : (c < 0x0E00 || (c >= 0x1E00 && c < 0x2000)) && Character.isLetterOrDigit(c);
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\u00A0' || c == '\u202F';
    }

    /** The char at an index, or a space outside the text. */
    static char at(String text, int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
    }

    /** End of the run of ASCII letters and digits from {@code from}. */
    static int endOfAlnum(String text, int from) {
        int i = from;
        while (i < text.length() && isAsciiAlnum(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** End of the run of base64url characters from {@code from}. */
    static int endOfBase64Url(String text, int from) {
        int i = from;
        while (i < text.length() && isBase64Url(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
