package io.sallyport.core.record.credential;

/** Characters that JSON writes as escapes: {@code pass\\u0077ord}, {@code \"}. */
final class JsonEscapes {

    private JsonEscapes() {}

    /** What a receiver reads; a backslash that begins no escape stays away. */
    static String read(String text) {
        int backslash = text.indexOf('\\');
        if (backslash < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int kept = 0;
        while (backslash >= 0 && backslash + 1 < text.length()) {
            out.append(text, kept, backslash);
            char c = text.charAt(backslash + 1);
            int point = c == 'u' ? hex(text, backslash + 2) : -1;
            out.append(point >= 0 ? (char) point : "nrtbf".indexOf(c) >= 0 ? ' ' : c);
            kept = backslash + (point >= 0 ? 6 : 2);
            backslash = text.indexOf('\\', kept);
        }
        return out.append(text, Math.min(kept, text.length()), text.length()).toString();
    }

    private static int hex(String text, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
