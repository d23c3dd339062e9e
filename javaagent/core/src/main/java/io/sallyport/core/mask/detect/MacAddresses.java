package io.sallyport.core.mask.detect;

import java.util.Set;

/** MAC_ADDRESS: six octets of IEEE 802 with colons or hyphens, or three quads with dots. */
final class MacAddresses {
    private static final Set<String> WORDS =
            Set.of("mac", "ethernet", "bssid", "hwaddr", "macaddress", "hardware", "wifi", "bluetooth", "ether");

    private static final int OCTETS = 6;

    private MacAddresses() {}

    /** Twelve hexadecimal digits and nothing between them. */
    private static boolean isBare(String text, int start) {
        for (int i = start; i < start + OCTETS * 2; i++) {
            if (!Chars.isHex(Chars.at(text, i))) {
                return false;
            }
        }
        return !Chars.isWord(Chars.at(text, start + OCTETS * 2));
    }

    /** Whether a word of {@code size} hexadecimal digits ends at {@code end}: one octet more, and no label ({@code bssid:}). */
    private static boolean isGroup(String text, int end, int size) {
        for (int i = end - size; i < end; i++) {
            if (!Chars.isHex(Chars.at(text, i))) {
                return false;
            }
        }
        return !Chars.isWord(Chars.at(text, end - size - 1));
    }

    /** End of the address that starts at {@code start}, or -1. */
    static int endOf(String text, int start, ContextWords context) {
        if (isBare(text, start)) {
            return context.near(WORDS, start) ? start + OCTETS * 2 : -1;
        }
        int padded = endOfPadded(text, start, context);
        boolean colon = Chars.at(text, start + 1) == ':' || Chars.at(text, start + 2) == ':';
        return padded < 0 && colon && Chars.at(text, start - 1) != ':' ? endOfShort(text, start) : padded;
    }

    /** {@code 0:1b:44:11:3a:b7}: without leading zeros, as BSD's tools write it; decimal digits alone are more often a time. */
    private static int endOfShort(String text, int start) {
        boolean letter = false;
        // The last octet alone may have been cut off.
        boolean shortened = false;
        int i = start;
        for (int group = 0; group < OCTETS; group++) {
            if (group > 0 && Chars.at(text, i++) != ':') {
                return -1;
            }
            int from = i;
            while (i - from < 2 && Chars.isHex(Chars.at(text, i))) {
                letter |= !Chars.isDigit(text.charAt(i));
                i++;
            }
            if (i == from) {
                return -1;
            }
            shortened |= i - from == 1 && group < OCTETS - 1;
        }
        boolean cut =
                Chars.isWord(Chars.at(text, i)) || Chars.at(text, i) == ':' && Chars.isWord(Chars.at(text, i + 1));
        return letter && shortened && !cut ? i : -1;
    }

    private static int endOfPadded(String text, int start, ContextWords context) {
        char separator = Chars.at(text, start + 2);
        int size = 2;
        if (separator != ':' && separator != '-') {
            separator = Chars.at(text, start + 4);
            size = 4;
            if (separator != '.') {
                return -1;
            }
        }
        int groups = 12 / size;
        int end = start + 12 + groups - 1;
        if (end > text.length()) {
            return -1;
        }
        boolean letter = false;
        boolean zero = true;
        boolean broadcast = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if ((i - start) % (size + 1) == size) {
                if (c != separator) {
                    return -1;
                }
            } else {
                if (!Chars.isHex(c)) {
                    return -1;
                }
                letter |= !Chars.isDigit(c);
                zero &= c == '0';
                broadcast &= c == 'f' || c == 'F';
            }
        }
        char next = Chars.at(text, end);
        char before = Chars.at(text, start - 1);
        boolean cut = Chars.isWord(next)
                || (next == separator && Chars.isWord(Chars.at(text, end + 1)))
                || (before == separator && (separator == '.' || isGroup(text, start - 1, size)));
        // Six pairs of decimal digits with hyphens are more often a time stamp; quads of them a price list.
        boolean certain = letter || separator == ':' || context.near(WORDS, start);
        return !cut && !zero && !broadcast && certain ? end : -1;
    }
}
