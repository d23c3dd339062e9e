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
    private static final int CAPITAL_J = 4;
    private static final int CAPITAL_A = 8;
    private static final int AT = 16;
    private static final int NOT_ASCII = 32;
    /** What some encodings leave between characters, which detectors read past, and what begins an escape, which may be any mark. */
    private static final int ANY = 64;

    private static final int SHORTEST_IBAN = 15;
    private static final int SHORTEST_AWS_KEY = 20;

    private static final byte[] MARKS = marks();

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
        marks['J'] = CAPITAL_J;
        marks['A'] = CAPITAL_A;
        marks['@'] = AT;
        for (char c : "\0%\\&".toCharArray()) {
            marks[c] = ANY;
        }
        return marks;
    }

    boolean mayHold(String text) {
        return digits == ALWAYS ? !Plain.isPlain(text) : mayHold(text, false);
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
                || (jwt && (seen & CAPITAL_J) != 0)
                || (privateKey && (seen & DASH) != 0)
                || (aws && to - from >= 20)
                || (iban && digitsSeen >= 2);
        return marked && mayHold(new String(raw, from, to - from, StandardCharsets.ISO_8859_1), true);
    }

    /** @param folded whether {@code text} is written as the detectors read it */
    private boolean mayHold(String text, boolean folded) {
        int seen = 0;
        int digitsSeen = 0;
        int length = text.length();
        // Where only digits tell, the look ends where what is left is too short to make up for what is missing: a
        // character is never
        // read as more than one digit.
        int slack = length < shortestOther ? length - digits : length;
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
        if ((seen & NOT_ASCII) != 0 && !folded) {
            // Digits of other scripts count, and dashes and spaces of other kinds.
            Folding folding = Folding.of(text, text.toCharArray());
            return mayHold(folding == null ? text : folding.text(), true);
        }
        return digitsSeen >= digits
                || (seen & ANY) != 0
                || (email && (seen & AT) != 0)
                || (jwt && (seen & CAPITAL_J) != 0 && text.contains("eyJ"))
                || (privateKey && (seen & DASH) != 0 && text.contains("-----"))
                || (aws && mayHoldAws(text, (seen & CAPITAL_A) != 0))
                || (iban && digitsSeen >= 2 && mayHoldIban(text));
    }

    /** The same for a whole number's text, which has nothing but digits. */
    boolean mayHold(long number) {
        return number >= suspicious || number <= -suspicious;
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
        for (int i = 2; i < length; i++) {
            if (Chars.isDigit(text.charAt(i)) && startsIban(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Two letters before this digit and another digit behind it. */
    private static boolean startsIban(String text, int digit) {
        return digit >= 2
                && Chars.isDigit(Chars.at(text, digit + 1))
                && Chars.isAsciiLetter(text.charAt(digit - 1))
                && Chars.isAsciiLetter(text.charAt(digit - 2))
                && !Chars.isWord(Chars.at(text, digit - 3));
    }
}
