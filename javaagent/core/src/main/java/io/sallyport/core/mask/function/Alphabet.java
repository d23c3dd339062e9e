package io.sallyport.core.mask.function;

import org.jspecify.annotations.Nullable;

/** The sets of characters within which format-preserving encryption stays. */
enum Alphabet {
    DIGITS("0123456789"),
    LOWER("abcdefghijklmnopqrstuvwxyz"),
    UPPER("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    DIGITS_LOWER(DIGITS.characters + LOWER.characters),
    DIGITS_UPPER(DIGITS.characters + UPPER.characters),
    ALL(DIGITS.characters + UPPER.characters + LOWER.characters);

    private final String characters;
    private final byte[] ranks = new byte[128];

    Alphabet(String characters) {
        this.characters = characters;
        for (int i = 0; i < characters.length(); i++) {
            ranks[characters.charAt(i)] = (byte) i;
        }
    }

    int radix() {
        return characters.length();
    }

    byte rank(char c) {
        return ranks[c];
    }

    char at(int rank) {
        return characters.charAt(rank);
    }

    /** Shortest input whose domain has the million values that NIST SP 800-38G rev. 1 demands. */
    int shortest() {
        return radix() == 10 ? 6 : radix() == 26 ? 5 : 4;
    }

    /** The smallest alphabet that holds every letter and digit of the text; {@code null} with letters outside ASCII or none. */
    static @Nullable Alphabet of(String text) {
        boolean digits = false;
        boolean lower = false;
        boolean upper = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits |= c >= '0' && c <= '9';
            lower |= c >= 'a' && c <= 'z';
            upper |= c >= 'A' && c <= 'Z';
            if (c >= 128) {
                return null;
            }
        }
        if (lower && upper) {
            return ALL;
        } else if (lower) {
            return digits ? DIGITS_LOWER : LOWER;
        } else if (upper) {
            return digits ? DIGITS_UPPER : UPPER;
        }
        return digits ? DIGITS : null;
    }

    static boolean isMember(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
