package io.sallyport.core.mask.detect;

import java.util.Set;

/** CREDIT_CARD: an issuer range of ISO/IEC 7812 that is in use, a length that the issuer uses, and the Luhn digit. */
final class Cards {
    private static final Set<String> WORDS = Set.of(
            "card",
            "credit",
            "debit",
            "visa",
            "mastercard",
            "amex",
            "cc",
            "pan",
            "ccnum",
            "ccnumber",
            "cardnumber",
            "cardno",
            "cardnum",
            "creditcard",
            "maestro",
            "kreditkarte",
            "karte");

    private Cards() {}

    /** Whether a word, in lower case, says that a card's number follows. */
    static boolean isLabel(String word) {
        return WORDS.contains(word);
    }

    static boolean isHinted(ContextWords context, int start) {
        return context.near(WORDS, start);
    }

    static boolean matches(CharSequence digits, ContextWords context, int start) {
        int length = digits.length();
        if (length < 12 || length > 19 || !Checksums.luhn(digits) || Checksums.sameDigit(digits)) {
            return false;
        }
        int six = number(digits, 6);
        int four = six / 100;
        int two = four / 100;
        boolean issued;
        if (two / 10 == 4) {
            // Visa. Thirteen digits, long out of use, are an article number or somebody's identity too often.
            issued = length == 16 || length == 19 || (length == 13 && context.near(WORDS, start));
        } else if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) {
            issued = length == 16;
        } else if (two == 34 || two == 37) {
            issued = length == 15;
        } else if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059) || four == 3095) {
            issued = length == 14 || length == 16;
        } else if (four >= 3528 && four <= 3589) {
            issued = length >= 16;
        } else if (four == 6011 || two == 65 || (four >= 6440 && four <= 6499)) {
            issued = length >= 16;
        } else if (two == 62 || (four >= 8100 && four <= 8171)) {
            issued = length >= 16;
        } else if (four >= 2200 && four <= 2204) {
            issued = length >= 16;
        } else if (four == 9792) {
            // Troy.
            issued = length == 16;
        } else {
            boolean maestro = two == 50 || (two >= 56 && two <= 58) || two == 63 || two == 67 || two == 60 || two == 82;
            issued = maestro && (length == 16 || context.near(WORDS, start));
        }
        return issued;
    }

    private static int number(CharSequence digits, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value * 10 + digits.charAt(i) - '0';
        }
        return value;
    }
}
