package io.sallyport.core.record.credential;

/** Where a text in quotes ends: at the same quote, if that is neither escaped nor doubled. */
final class Quoted {

    private Quoted() {}

    /**
     * @param start behind the quote, which is escaped itself where the text stands in another: {@code \"a\\\"b\"}
     * @return the place of the closing quote, or of its escape; the text's end where none closes
     */
    static int end(String text, int start) {
        char quote = text.charAt(start - 1);
        int depth = escapes(text, start - 1, 0);
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) != quote) {
                continue;
            }
            int escapes = escapes(text, i, start);
            boolean closes = escapes < depth || (escapes - depth) % (2 * (depth + 1)) == 0;
            if (closes && i + 1 < text.length() && text.charAt(i + 1) == quote) {
                i++;
            } else if (closes) {
                return i - Math.min(escapes, depth);
            }
        }
        return text.length();
    }

    private static int escapes(String text, int quote, int from) {
        int i = quote;
        while (i > from && text.charAt(i - 1) == '\\') {
            i--;
        }
        return quote - i;
    }
}
