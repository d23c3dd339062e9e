package io.sallyport.core.sql.lex;

/** Decodes string literals. */
final class StringContent {

    private StringContent() {}

    /** The characters that the literal {@code sql[start, end)} stands for; doubled quotes are undone, backslashes kept. */
    static String of(String sql, int start, int end) {
        int from = start;
        char first = sql.charAt(from);
        if (first == '$') {
            int tagEnd = sql.indexOf('$', from + 1) + 1;
            int tag = tagEnd - from;
            return end - tag >= tagEnd ? sql.substring(tagEnd, end - tag) : sql.substring(tagEnd, end);
        }
        boolean quoteOperator = false;
        while (from < end && first != '\'' && first != '"') {
            quoteOperator |= first == 'q' || first == 'Q';
            from++;
            if (from == end) {
                return "";
            }
            first = sql.charAt(from);
        }
        int to = end;
        if (to - 1 > from && sql.charAt(to - 1) == first) {
            to--;
        }
        if (quoteOperator) {
            return from + 2 <= to - 1 ? sql.substring(from + 2, to - 1) : "";
        }
        String body = sql.substring(from + 1, Math.max(from + 1, to));
        String quote = String.valueOf(first);
        return body.indexOf(first) < 0 ? body : body.replace(quote + quote, quote);
    }
}
