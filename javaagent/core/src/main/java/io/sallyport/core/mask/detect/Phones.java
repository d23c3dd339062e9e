package io.sallyport.core.mask.detect;

import java.util.Set;

/**
 * PHONE: international numbers with a country code in use (ITU-T E.164), North American numbers in their usual forms (NANP:
 * area and exchange begin with 2 to 9), and other numbers only where a word says that they are telephone numbers.
 */
final class Phones {
    /** Country codes of one, two and three digits. */
    private static final Set<String> CODES = Set.of(
            "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
            "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
            "86", "90", "91", "92", "93", "94", "95", "98");

    private static final String THREE_DIGIT_STARTS =
            "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99";

    private Phones() {}

    /** End of the number that starts with a plus sign at {@code start}, or -1. */
    static int endOfInternational(String text, int start) {
        StringBuilder digits = new StringBuilder(16);
        int end = -1;
        int i = start + 1;
        int separators = 0;
        boolean open = false;
        for (; i < text.length() && digits.length() < 17; i++) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                digits.append(c);
                end = i + 1;
                separators = 0;
            } else if (c == '(' && !open) {
                open = true;
            } else if (c == ')' && open) {
                open = false;
            } else if ((Chars.isSpace(c) || c == '-' || c == '.' || c == '/')
                    && separators < (spacedSlash(text, i - separators) ? 3 : 2)
                    && digits.length() > 0) {
                separators++;
                if (digits.length() >= 11 && separators == 1 && Chars.isSpace(c) && isPlausible(digits)) {
                    break;
                }
            } else {
                break;
            }
        }
        return end > 0
                        && !Chars.isWord(Chars.at(text, end))
                        && Chars.at(text, end) != '@'
                        && isPlausible(digits)
                        && !isDecimal(text, start + 1)
                        && !endsRound(digits)
                ? end
                : -1;
    }

    /** {@code +49 30 / 90 18 20} */
    private static boolean spacedSlash(String text, int at) {
        return Chars.isSpace(Chars.at(text, at))
                && Chars.at(text, at + 1) == '/'
                && Chars.isSpace(Chars.at(text, at + 2));
    }

    /** {@code +40.7128} is a coordinate; {@code +44.2079460958} (RFC 5733) is a number. */
    private static boolean isDecimal(String text, int from) {
        int dot = from;
        while (Chars.isDigit(Chars.at(text, dot))) {
            dot++;
        }
        int end = dot + 1;
        while (Chars.isDigit(Chars.at(text, end))) {
            end++;
        }
        return Chars.at(text, dot) == '.' && end - dot > 4 && end - dot <= 9;
    }

    /** {@code +250000000} is an amount. */
    private static boolean endsRound(CharSequence digits) {
        for (int i = digits.length() - 5; i < digits.length(); i++) {
            if (digits.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlausible(CharSequence digits) {
        int length = digits.length();
        if (length < 8 || length > 15 || digits.charAt(0) == '0' || Checksums.sameDigit(digits)) {
            return false;
        }
        if (digits.charAt(0) == '1') {
            return length == 11 && isNanp(digits.subSequence(1, 11));
        }
        String two = digits.subSequence(0, 2).toString();
        if (digits.charAt(0) == '7') {
            return length == 11;
        }
        return (CODES.contains(two) && length >= 9) || THREE_DIGIT_STARTS.contains(two);
    }

    /** @param digits ten digits */
    static boolean isNanp(CharSequence digits) {
        return digits.charAt(0) >= '2'
                && digits.charAt(3) >= '2'
                && !(digits.charAt(1) == '1' && digits.charAt(2) == '1')
                && !(digits.charAt(4) == '1' && digits.charAt(5) == '1')
                && digits.charAt(1) != '9'
                && !Checksums.sameDigit(digits);
    }

    /** End of {@code (415) 555-2671} at {@code start}, or of {@code (020) 7946 0958} where a word hints at it; or -1. */
    static int endOfBracketed(String text, int start, ContextWords context) {
        StringBuilder digits = new StringBuilder(16);
        int i = start + 1;
        while (i < text.length() && digits.length() < 6 && Chars.isDigit(text.charAt(i))) {
            digits.append(text.charAt(i++));
        }
        if (digits.length() < 2 || Chars.at(text, i) != ')') {
            return -1;
        }
        int area = digits.length();
        i++;
        int end = -1;
        int separators = 0;
        for (; i < text.length() && digits.length() < 16; i++) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                digits.append(c);
                end = i + 1;
                separators = 0;
            } else if ((Chars.isSpace(c) || c == '-' || c == '.' || c == '/') && separators == 0) {
                separators++;
                if (digits.length() == 10 && area == 3) {
                    break;
                }
            } else {
                break;
            }
        }
        if (end < 0 || Chars.isWord(Chars.at(text, end))) {
            return -1;
        }
        boolean american = area == 3 && digits.length() == 10 && isNanp(digits);
        boolean hinted = digits.length() >= 8 && digits.length() <= 13 && PhoneWords.around(context, start, end, false);
        return american || hinted ? end : -1;
    }

    /**
     * Whether digits in groups are a telephone number.
     *
     * @param shape lengths of the groups and the separators between them; empty for one group
     */
    static boolean matches(CharSequence digits, String shape, ContextWords context, int start, int end) {
        int length = digits.length();
        boolean american =
                shape.equals("3-3-4") || shape.equals("3.3.4") || shape.equals("1-3-3-4") || shape.equals("1.3.3.4");
        if (american
                || shape.equals("3 3 4")
                || shape.equals("1 3 3 4")
                || shape.equals("3 3-4")
                || shape.equals("1 3-3-4")) {
            CharSequence national = length == 11 ? digits.subSequence(1, 11) : digits;
            boolean code = length == 10 || digits.charAt(0) == '1';
            if (code && isNanp(national) && (american || PhoneWords.around(context, start, end, false))) {
                return true;
            }
        }
        boolean plain = shape.isEmpty() && digits.charAt(0) != '0';
        return length >= 7
                && length <= 15
                && !isDate(shape)
                && !Amounts.isShapeOfOne(shape)
                && !Checksums.sameDigit(digits)
                && PhoneWords.around(context, start, end, plain);
    }

    /**
     * {@code 0044 20 7946 0958}: the prefix for calls abroad (ITU-T E.164 recommends 00), a country code, groups with spaces. Only in Italy a zero
     * may follow.
     */
    static boolean isDialled(CharSequence digits, String shape) {
        boolean abroad = shape.startsWith("4 ") || shape.startsWith("5 ");
        boolean spaced = abroad && shape.length() >= 5 && shape.indexOf('-') < 0 && shape.indexOf('.') < 0;
        return spaced
                && digits.charAt(0) == '0'
                && digits.charAt(1) == '0'
                && digits.length() >= 11
                && (digits.charAt(4) != '0' || digits.charAt(2) == '3' && digits.charAt(3) == '9')
                && isPlausible(digits.subSequence(2, digits.length()));
    }

    private static boolean isDate(String shape) {
        return shape.equals("4-2-2")
                || shape.equals("2-2-4")
                || shape.equals("4/2/2")
                || shape.equals("2/2/4")
                || shape.equals("2.2.4")
                || shape.equals("4.2.2");
    }
}
