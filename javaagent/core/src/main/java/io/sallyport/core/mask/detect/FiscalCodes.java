package io.sallyport.core.mask.detect;

/** IT_FISCAL_CODE: decree of 23 December 1976, with the letters that replace digits for namesakes. */
final class FiscalCodes {
    static final int LENGTH = 16;
    private static final String OMOCODE = "LMNPQRSTUV";
    private static final String MONTHS = "ABCDEHLMPRST";
    private static final int[] ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private FiscalCodes() {}

    /** Whether one stands at {@code start} (the caller has seen the word begin there). */
    static boolean at(String text, int start) {
        if (start + LENGTH > text.length() || Chars.isWord(Chars.at(text, start + LENGTH))) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            char c = Character.toUpperCase(text.charAt(start + i));
            boolean letter = i < 6 || i == 8 || i == 11 || i == 15;
            boolean fits = letter ? c >= 'A' && c <= 'Z' : Chars.isDigit(c) || OMOCODE.indexOf(c) >= 0;
            if (!fits || (i == 8 && MONTHS.indexOf(c) < 0)) {
                return false;
            }
            if (i < 15) {
                int rank = Chars.isDigit(c) ? c - '0' : c - 'A';
                sum += i % 2 == 0 ? ODD[rank] : rank;
            }
        }
        int day = digit(text, start + 9) * 10 + digit(text, start + 10);
        boolean born = (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
        return born && Character.toUpperCase(text.charAt(start + 15)) == 'A' + sum % 26;
    }

    private static int digit(String text, int index) {
        char c = Character.toUpperCase(text.charAt(index));
        return Chars.isDigit(c) ? c - '0' : OMOCODE.indexOf(c);
    }
}
