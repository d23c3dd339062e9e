package io.sallyport.core.mask.detect;

/** IBAN: ISO 13616, with each country's length from the SWIFT registry. */
final class Ibans {
    private static final String LENGTHS =
            "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23"
                    + "GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30"
                    + "NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";
    private static final byte[] LENGTH_OF = new byte[26 * 26];

    static {
        for (int i = 0; i < LENGTHS.length(); i += 4) {
            LENGTH_OF[(LENGTHS.charAt(i) - 'A') * 26 + LENGTHS.charAt(i + 1) - 'A'] =
                    Byte.parseByte(LENGTHS.substring(i + 2, i + 4));
        }
    }

    private Ibans() {}

    /** Whether a space and two digits follow the country's letters, which end at {@code end}. */
    static boolean mayGoOn(String text, int end) {
        return isSeparator(Chars.at(text, end))
                && Chars.isDigit(Chars.at(text, end + 1))
                && Chars.isDigit(Chars.at(text, end + 2));
    }

    private static boolean isSeparator(char c) {
        return Chars.isSpace(c) || c == '-' || c == '.';
    }

    /** Two spaces are taken for one where they stand after every fourth character. */
    private static boolean isWide(String text, int i, int missing) {
        return missing <= 4 || Chars.isSpace(Chars.at(text, i + 6)) && Chars.isSpace(Chars.at(text, i + 7));
    }

    /** Two spaces separate as one does. */
    private static int afterSeparator(String text, int i) {
        return Chars.isSpace(text.charAt(i)) && Chars.isSpace(Chars.at(text, i + 1)) ? i + 2 : i + 1;
    }

    /** End of the IBAN that starts at {@code start}, or -1. Groups may be separated by one or two spaces, hyphens or dots. */
    static int endOf(String text, int start) {
        int first = Character.toUpperCase(text.charAt(start)) - 'A';
        int second = Character.toUpperCase(text.charAt(start + 1)) - 'A';
        if (first < 0 || first > 25 || second < 0 || second > 25) {
            return -1;
        }
        int length = LENGTH_OF[first * 26 + second];
        if (length == 0) {
            return -1;
        }
        StringBuilder compact = new StringBuilder(length);
        int i = start;
        char separator = 0;
        while (i < text.length() && compact.length() < length) {
            char c = text.charAt(i);
            if (Chars.isAsciiAlnum(c)) {
                compact.append(c);
                i++;
            } else if (isSeparator(c)
                    && (afterSeparator(text, i) == i + 1 || isWide(text, i, length - compact.length()))
                    && (separator == 0 ? compact.length() == 4 || compact.length() == 2 : c == separator)
                    && Chars.isAsciiAlnum(Chars.at(text, afterSeparator(text, i)))) {
                separator = c;
                i = afterSeparator(text, i);
            } else {
                return -1;
            }
        }
        boolean whole = compact.length() == length && !Chars.isWord(Chars.at(text, i));
        return whole && Checksums.iban(compact) ? i : -1;
    }
}
