package io.sallyport.core.record.credential;

/**
 * Rows of CSV, of tab-separated text, and lists, in which a name of a credential is a cell of its own: {@code smtp.password,hunter2}, {@code
 * ["smtp.password", "hunter2"]}, and a header line {@code user,password}, whose values are in the lines below. Which of them it is cannot be told, and so
 * the value goes on to the end of the text.
 */
final class Delimited {

    private static final int MOST_SPACES = 4;
    private static final String BETWEEN = ",;\t|";

    private Delimited() {}

    /**
     * Where the value begins that a cell before the sign names; -1 where none does. Allocates nothing.
     *
     * @param sign one of {@code , ; | tab} or a line's end
     */
    static int begin(String text, int sign) {
        int end = skipBack(text, sign, " \"'\\\r");
        int start = end;
        while (start > 0 && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        if (start == end || sign + 1 >= text.length() || !beginsCell(text, start, text.charAt(sign) == '\n')) {
            return -1;
        }
        if (!CredentialNames.mayName(text, start, end)) {
            return -1;
        }
        int value = sign + 1;
        while (value < text.length() && " \"'\\".indexOf(text.charAt(value)) >= 0) {
            value++;
        }
        return value < text.length() ? value : -1;
    }

    /** @param lastOfLine a name that stands alone in its line is none of a row */
    private static boolean beginsCell(String text, int start, boolean lastOfLine) {
        int before = skipBack(text, start, " \"'\\");
        if (before == 0) {
            return !lastOfLine;
        }
        char c = text.charAt(before - 1);
        return BETWEEN.indexOf(c) >= 0 || !lastOfLine && "\n[({".indexOf(c) >= 0;
    }

    private static int skipBack(String text, int from, String passed) {
        int at = from;
        while (at > 0 && from - at < MOST_SPACES && passed.indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at;
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c == '-' || c == '.' || c == '/' || Character.isLetterOrDigit(c);
    }
}
