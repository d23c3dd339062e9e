package io.sallyport.core.mask.detect;

import java.util.Set;

/**
 * Whether a value can hold a finding of given detectors at all: by its length, its digits, and marks that a finding cannot be
 * without. May say yes too often, never no too often; {@code FirstLookTest} holds it against the detectors themselves. Most values of
 * a result are names, numbers and dates, for which this is all that is done. Immutable and thread-safe.
 */
final class FirstLook {

    private static final int ALWAYS = Integer.MIN_VALUE;
    private static final int NEVER = Integer.MAX_VALUE;

    /** Least number of digits that is suspicious by itself. */
    private final int digits;

    /** The least whole number with so many digits. */
    private final long suspicious;

    private final boolean iban;
    private final boolean aws;
    private final boolean jwt;
    private final boolean privateKey;
    private final boolean email;

    FirstLook(Set<String> entities) {
        int least = NEVER;
        for (String entity : entities) {
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
        suspicious = least == ALWAYS ? 0 : least == NEVER ? Long.MAX_VALUE : (long) Math.pow(10, least - 1);
        iban = entities.contains("IBAN");
        aws = entities.contains("AWS_KEY");
        jwt = entities.contains("JWT");
        privateKey = entities.contains("PRIVATE_KEY");
        email = entities.contains("EMAIL");
    }

    boolean mayHold(String text) {
        return digits == ALWAYS
                || (email && text.indexOf('@') >= 0)
                || (jwt && text.contains("eyJ"))
                || (privateKey && text.contains("-----"))
                || (aws && mayHoldAws(text))
                || byDigits(text)
                || text.indexOf(0) >= 0;
    }

    /** The same for a whole number's text, which has nothing but digits. */
    boolean mayHold(long number) {
        return number >= suspicious || number <= -suspicious;
    }

    /** Identifiers begin with AKIA, ASIA, ABIA or ACCA and have twenty characters; secrets have forty. */
    private static boolean mayHoldAws(String text) {
        int length = text.length();
        return length >= 40 || (length >= 20 && (text.contains("IA") || text.contains("ACCA")));
    }

    private boolean byDigits(String text) {
        int length = text.length();
        boolean ibans = iban && length >= 15;
        if (length < digits && !ibans) {
            return false;
        }
        int seen = 0;
        for (int i = 0; i < length; i++) {
            if (Chars.isDigit(text.charAt(i))) {
                seen++;
                if (seen >= digits || (ibans && startsIban(text, i))) {
                    return true;
                }
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
