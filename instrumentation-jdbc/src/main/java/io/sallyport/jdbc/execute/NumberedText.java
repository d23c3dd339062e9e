package io.sallyport.jdbc.execute;

/** A text for JDBC against the same as it is sent: with numbers in the place of question marks. Allocates nothing. */
final class NumberedText {

    private NumberedText() {}

    /**
     * @param rows whether the last list in brackets may be repeated, as drivers join the rows of a batch
     * @return whether {@code sent} is {@code given} with {@code $1}, {@code $2}, … for its parameters; {@code false} where that cannot be told
     */
    static boolean is(String given, String sent, boolean rows) {
        int i = 0;
        int depth = 0;
        int list = -1;
        int parameter = 0;
        for (int j = 0; j < sent.length(); ) {
            char c = sent.charAt(j);
            char g = i < given.length() ? given.charAt(i) : 0;
            if (g == '?' && c == '$') {
                int end = numberEnd(sent, j + 1, ++parameter);
                if (end < 0) {
                    return false;
                }
                i++;
                j = end;
            } else if (i < given.length() && g == c) {
                if (c == '(') {
                    list = depth++ == 0 ? i : list;
                } else if (c == ')') {
                    depth--;
                }
                i++;
                j++;
            } else if (rows && depth == 0 && list >= 0 && given.charAt(i - 1) == ')' && sent.startsWith(",(", j)) {
                i = list;
                j++;
            } else {
                return false;
            }
        }
        return isEnd(given, i);
    }

    /** Where {@code number} ends that must stand there; -1 where another does. */
    private static int numberEnd(String sent, int from, int number) {
        int read = 0;
        int j = from;
        while (j < sent.length() && sent.charAt(j) >= '0' && sent.charAt(j) <= '9' && read < number) {
            read = read * 10 + sent.charAt(j++) - '0';
        }
        return read == number ? j : -1;
    }

    private static boolean isEnd(String given, int from) {
        for (int i = from; i < given.length(); i++) {
            if (given.charAt(i) != ';' && !Character.isWhitespace(given.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
