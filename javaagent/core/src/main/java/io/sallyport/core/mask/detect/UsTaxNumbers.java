package io.sallyport.core.mask.detect;

import java.util.Set;

/** US_SSN and US_ITIN: nine digits whose ranges the Social Security Administration and IRS publication 4757 name. */
final class UsTaxNumbers {
    private static final Set<String> SSN_WORDS =
            Set.of("ssn", "ss", "social", "socialsecurity", "socialsecuritynumber", "socsec", "ssno", "taxpayer");
    private static final Set<String> ITIN_WORDS = Set.of("itin", "taxpayer", "tin", "ssn", "individualtaxpayer");
    /** Numbers that were printed in advertisements and are void; 987-65-4320 to 4329 are kept for such use. */
    private static final Set<String> VOID = Set.of("078051120", "219099999");

    private UsTaxNumbers() {}

    /** Whether a word, in lower case, says that such a number follows. */
    static boolean isLabel(String word) {
        return SSN_WORDS.contains(word) || ITIN_WORDS.contains(word);
    }

    /** @return the entity or {@code null} */
    static @org.jspecify.annotations.Nullable String match(
            CharSequence digits, boolean dashed, ContextWords context, int start, int end) {
        if (digits.length() != 9) {
            return null;
        }
        int area = (digits.charAt(0) - '0') * 100 + (digits.charAt(1) - '0') * 10 + digits.charAt(2) - '0';
        int group = (digits.charAt(3) - '0') * 10 + digits.charAt(4) - '0';
        boolean noSerial = digits.charAt(5) == '0'
                && digits.charAt(6) == '0'
                && digits.charAt(7) == '0'
                && digits.charAt(8) == '0';
        if (area >= 900) {
            boolean issued = (group >= 50 && group <= 65)
                    || (group >= 70 && group <= 88)
                    || (group >= 90 && group <= 92)
                    || group >= 94;
            boolean advertised = digits.toString().startsWith("98765432");
            return issued && !advertised && (dashed || context.near(ITIN_WORDS, start, end)) ? "US_ITIN" : null;
        }
        if (area == 0
                || area == 666
                || group == 0
                || noSerial
                || VOID.contains(digits.toString())
                || Checksums.sameDigit(digits)) {
            return null;
        }
        return dashed || context.near(SSN_WORDS, start, end) ? "US_SSN" : null;
    }

    static boolean hinted(ContextWords context, int start) {
        return context.near(SSN_WORDS, start) || context.near(ITIN_WORDS, start);
    }
}
