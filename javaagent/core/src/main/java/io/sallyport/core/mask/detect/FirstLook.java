package io.sallyport.core.mask.detect;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Whether a value can hold a finding of given detectors at all: by its length, its digits, and marks that a finding cannot be
 * without. May say yes too often, never no too often; {@code FirstLookTest} holds it against the detectors themselves. Most values of
 * a result are names, numbers and dates, for which this is all that is done. Immutable and thread-safe.
 */
public final class FirstLook {

    private static final int ALWAYS = Integer.MIN_VALUE;
    private static final int NEVER = Integer.MAX_VALUE;

    /** What a finding cannot be without, a bit each; the digit's is the lowest, so that the bits of digits add up to their number. */
    private static final int DIGIT = 1;

    private static final int DASH = 2;
    private static final int DOT = 4;
    private static final int CAPITAL_A = 8;
    private static final int AT = 16;
    private static final int NOT_ASCII = 32;
    /** What some encodings leave between characters, which detectors read past, and what begins an escape, which may be any mark. */
    private static final int ANY = 64;

    private static final int SHORTEST_IBAN = 15;
    private static final int SHORTEST_AWS_KEY = 20;
    /** A header that names an algorithm, and nothing behind its two dots: base64 of <code>{"alg"}</code>. */
    private static final int SHORTEST_JWT = 12;
    /** The first line of a block. */
    private static final int SHORTEST_PRIVATE_KEY = 25;

    private static final byte[] MARKS = marks();

    /** The marks' numbers side by side, ten bits each, so that one sum counts all of them in a text that is no longer than that. */
    private static final int[] COUNTED = {DIGIT, DASH, DOT, CAPITAL_A, AT, ANY};

    private static final int COUNT_BITS = 10;
    private static final int MOST_COUNTED = (1 << COUNT_BITS) - 1;
    private static final long[] COUNTS = counts();

    /** Least number of digits that is suspicious by itself. */
    private final int digits;

    /** The length below which nothing but digits can tell. */
    private final int shortestOther;

    /** The least whole number with so many digits. */
    private final long suspicious;

    private final boolean iban;
    private final boolean aws;
    private final boolean jwt;
    private final boolean privateKey;
    private final boolean email;

    /** @param entities built-in ones */
    public FirstLook(Set<String> entities) {
        int least = NEVER;
        int shortest = NEVER;
        for (String entity : entities) {
            shortest = Math.min(
                    shortest,
                    switch (entity) {
                        case "CREDIT_CARD", "US_SSN", "US_ITIN" -> NEVER;
                        case "IBAN" -> SHORTEST_IBAN;
                        case "AWS_KEY" -> SHORTEST_AWS_KEY;
                        case "JWT" -> SHORTEST_JWT;
                        case "PRIVATE_KEY" -> SHORTEST_PRIVATE_KEY;
                        default -> 0;
                    });
            least = Math.min(
                    least,
                    switch (entity) {
                        case "CREDIT_CARD" -> 12;
                        case "US_SSN", "US_ITIN" -> 9;
                        case "IBAN", "AWS_KEY", "JWT", "PRIVATE_KEY", "EMAIL" -> NEVER;
                        default -> ALWAYS;
                    });
        }
        digits = least;
        shortestOther = shortest;
        suspicious = least == ALWAYS ? 0 : least == NEVER ? Long.MAX_VALUE : (long) Math.pow(10, least - 1);
        iban = entities.contains("IBAN");
        aws = entities.contains("AWS_KEY");
        jwt = entities.contains("JWT");
        privateKey = entities.contains("PRIVATE_KEY");
        email = entities.contains("EMAIL");
    }

    private static byte[] marks() {
        byte[] marks = new byte[128];
        for (char c = '0'; c <= '9'; c++) {
            marks[c] = DIGIT;
        }
        marks['-'] = DASH;
        marks['.'] = DOT;
        marks['A'] = CAPITAL_A;
        marks['@'] = AT;
        for (char c : "\0%\\&".toCharArray()) {
            marks[c] = ANY;
        }
        return marks;
    }

    private static long[] counts() {
        long[] counts = new long[128];
        for (int c = 0; c < counts.length; c++) {
            for (int i = 0; i < COUNTED.length; i++) {
                if (MARKS[c] == COUNTED[i]) {
                    counts[c] = 1L << COUNT_BITS * i;
                }
            }
        }
        return counts;
    }

    boolean mayHold(String text) {
        if (digits == ALWAYS) {
            return !Plain.isPlain(text);
        }
        return text.length() < shortestOther ? mayHoldDigits(text) : mayHoldAny(text);
    }

    /** The same for text in bytes of an encoding that leaves ASCII as it is, be it escaped or in quotes. */
    public boolean mayHold(byte[] raw, int from, int to) {
        if (digits == ALWAYS) {
            return !Plain.isPlain(raw, from, to);
        }
        int seen = 0;
        int digitsSeen = 0;
        for (int i = from; i < to; i++) {
            byte b = raw[i];
            int mark = b >= 0 ? MARKS[b] : NOT_ASCII;
            seen |= mark;
            digitsSeen += mark & DIGIT;
        }
        if ((seen & (NOT_ASCII | ANY)) != 0 || digitsSeen >= digits) {
            return true;
        }
        boolean marked = (email && (seen & AT) != 0)
                || (jwt && (seen & DOT) != 0)
                || (privateKey && ((seen & DASH) != 0 || mayBeEncoded(to - from, digitsSeen)))
                || (aws && to - from >= 20)
                || (iban && digitsSeen >= 2);
        return marked && mayHoldRead(new String(raw, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /**
     * For a text in which nothing but digits can tell. The look ends where what is left is too short to make up for what is missing: a
     * character is never read as more than one digit.
     */
    private boolean mayHoldDigits(String text) {
        int seen = 0;
        int digitsSeen = 0;
        int length = text.length();
        int slack = length - digits;
        for (int i = 0; i < length; i++) {
            if (i - digitsSeen > slack) {
                return false;
            }
            char c = text.charAt(i);
            int mark;
            if (c < 128) {
                mark = MARKS[c];
            } else {
                mark = NOT_ASCII;
                // Perhaps a digit.
                slack++;
            }
            seen |= mark;
            digitsSeen += mark & DIGIT;
        }
        return (seen & NOT_ASCII) != 0
                ? mayHoldRead(folded(text))
                : (digitsSeen >= digits && areInOneRun(text)) || (seen & ANY) != 0;
    }

    /** Whether so many digits stand without a letter between them, which no number has: identifiers (UUID) have as many in all. */
    private boolean areInOneRun(String text) {
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                run++;
                if (run >= digits) {
                    return true;
                }
            } else if (Chars.isAsciiLetter(c)) {
                run = 0;
            }
        }
        return false;
    }

    /** For every other text. Nothing is asked of a character, so that several are looked at at once; of a wide one it is asked later. */
    private boolean mayHoldAny(String text) {
        int length = text.length();
        if (length > MOST_COUNTED) {
            return mayHoldLong(text);
        }
        int all = 0;
        long counts = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            all |= c;
            counts += COUNTS[c & 127];
        }
        if (all >= 128) {
            return mayHoldRead(folded(text));
        }
        int seen = 0;
        for (int i = 0; i < COUNTED.length; i++) {
            seen |= (counts >>> COUNT_BITS * i & MOST_COUNTED) == 0 ? 0 : COUNTED[i];
        }
        return tells(text, seen, (int) counts & MOST_COUNTED);
    }

    private boolean mayHoldLong(String text) {
        int all = 0;
        int seen = 0;
        int digitsSeen = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int mark = MARKS[c & 127];
            all |= c;
            seen |= mark;
            digitsSeen += mark & DIGIT;
        }
        return all < 128 ? tells(text, seen, digitsSeen) : mayHoldRead(folded(text));
    }

    /** Digits of other scripts count, and dashes and spaces of other kinds. */
    private static String folded(String text) {
        Folding folding = Folding.of(text, text.toCharArray());
        return folding == null ? text : folding.text();
    }

    /** For text as the detectors read it. */
    private boolean mayHoldRead(String text) {
        int seen = 0;
        int digitsSeen = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int mark = c < 128 ? MARKS[c] : NOT_ASCII;
            seen |= mark;
            digitsSeen += mark & DIGIT;
        }
        return tells(text, seen, digitsSeen);
    }

    private boolean tells(String text, int seen, int digitsSeen) {
        return (digitsSeen >= digits && areInOneRun(text))
                || (seen & ANY) != 0
                || (email && (seen & AT) != 0)
                || (jwt && (seen & DOT) != 0 && mayHoldJwt(text))
                || (privateKey && (seen & DASH) != 0 && mayHoldKey(text))
                || (privateKey && mayBeEncoded(text.length(), digitsSeen) && text.contains(PrivateKeys.ENCODED))
                || (aws && mayHoldAws(text, (seen & CAPITAL_A) != 0))
                || (iban && digitsSeen >= 2 && mayHoldIban(text));
    }

    /** The same for a whole number's text, which has nothing but digits. */
    boolean mayHold(long number) {
        return number >= suspicious || number <= -suspicious;
    }

    /** Its three parts stand between two dots; an address or a number has one. */
    private static boolean mayHoldJwt(String text) {
        if (text.indexOf('.', text.indexOf('.') + 1) < 0) {
            return false;
        }
        for (int e = text.indexOf('e'); e >= 0; e = text.indexOf('e', e + 1)) {
            if (Jwts.mayStart(text, e) && !Chars.isWord(Chars.at(text, e - 1))) {
                return true;
            }
        }
        return false;
    }

    /** A key in base64 is long, and its first line alone has two digits. */
    private static boolean mayBeEncoded(int length, int digitsSeen) {
        return length >= 64 && digitsSeen >= 2;
    }

    private static boolean mayHoldKey(String text) {
        return text.contains("----") || text.contains("Private-Lines");
    }

    /** Identifiers begin with AKIA, ASIA, ABIA or ACCA and have twenty characters; secrets have forty. */
    private static boolean mayHoldAws(String text, boolean capitalA) {
        int length = text.length();
        return length >= 40
                || (capitalA && length >= SHORTEST_AWS_KEY && (text.contains("IA") || text.contains("ACCA")));
    }

    private static boolean mayHoldIban(String text) {
        int length = text.length();
        if (length < SHORTEST_IBAN) {
            return false;
        }
        // The first of its two digits is the third of at least fifteen characters; of two side by side one is at every
        // other place.
        for (int i = 3; i <= length - SHORTEST_IBAN + 3; i += 2) {
            if (Chars.isDigit(text.charAt(i)) && startsIban(text, Chars.isDigit(text.charAt(i - 1)) ? i - 1 : i)) {
                return true;
            }
        }
        return false;
    }

    /** Two letters before this digit and another digit behind it. */
    private static boolean startsIban(String text, int digit) {
        int letter = Chars.isAsciiLetter(text.charAt(digit - 1)) ? digit - 1 : digit - 2;
        return Chars.isAsciiLetter(Chars.at(text, letter))
                && Chars.isAsciiLetter(Chars.at(text, letter - 1))
                && Chars.isDigit(Chars.at(text, digit + 1))
                && mayStandBefore(text, letter - 2);
    }

    /** What an IBAN may have before it, of which this is the last character: no word but its own name. */
    private static boolean mayStandBefore(String text, int last) {
        char c = Chars.at(text, last);
        return switch (c) {
            case 'n', 'N' -> text.regionMatches(true, last - 3, "iban", 0, 4);
            case '_' -> text.regionMatches(true, last - 4, "iban_", 0, 5);
            default -> !Chars.isWord(c);
        };
    }
}
