package io.sallyport.core.mask.detect;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups of digits with single separators between them, and what they are. Looks at no more than {@link #GROUPS} groups, so that
 * the cost per character is bounded. Not thread-safe.
 */
final class DigitRun {
    private static final int GROUPS = 8;
    private static final int DIGITS = 20;
    /** What separates columns rather than the groups of a number; of all numbers only a card's is told without its spaces. */
    private static final char COLUMN = '\t';
    /** No octet has four digits. */
    private static final String CARD_WITH_DOTS = "4.4.4.4";

    /** {@code ip-203.0.113.7} is no version of anything. */
    private static final Set<String> ADDRESS = Set.of("ip", "ipv", "ipaddr", "ipaddress");

    private final String text;
    private final ContextWords context;
    private final int[] groupStart = new int[GROUPS];
    private final int[] groupEnd = new int[GROUPS];

    DigitRun(String text, ContextWords context) {
        this.text = text;
        this.context = context;
    }

    /**
     * What starts with the digit at {@code start} (no word character before it), longest first.
     *
     * @return {@code null} for nothing
     */
    @Nullable
    Finding at(int start) {
        int groups = read(start);
        for (int count = groups; count > 0; count--) {
            int end = groupEnd[count - 1];
            // The shortest candidate is a telephone number or an IPv4 address of seven characters.
            if (end - start < 7 || !(endsWell(end, count) || startsRange(count, groups))) {
                continue;
            }
            String entity = classify(start, end, count);
            if (entity != null) {
                return new Finding(entity, start, end);
            }
        }
        return null;
    }

    /** Index after the first group of the last run: where to go on when it was nothing. */
    int endOfFirstGroup() {
        return groupEnd[0];
    }

    private int read(int start) {
        int groups = 0;
        int i = start;
        while (groups < GROUPS) {
            int from = i;
            while (i < text.length() && Chars.isDigit(text.charAt(i))) {
                i++;
            }
            groupStart[groups] = from;
            groupEnd[groups] = i;
            groups++;
            int next = i + separator(i);
            if (i - from > DIGITS || next == i || !Chars.isDigit(Chars.at(text, next))) {
                break;
            }
            i = next;
        }
        return groups;
    }

    /** Length of what separates groups at {@code i}: one character, a hyphen in spaces, two spaces, or a tab. */
    private int separator(int i) {
        boolean space = Chars.isSpace(Chars.at(text, i));
        boolean wide = space && Chars.at(text, i + 1) == '-' && Chars.isSpace(Chars.at(text, i + 2));
        return wide
                ? 3
                : space && Chars.isSpace(Chars.at(text, i + 1))
                        ? 2
                        : isSeparator(Chars.at(text, i)) || Chars.at(text, i) == COLUMN ? 1 : 0;
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '.' || c == '/' || Chars.isSpace(c);
    }

    /** A number is not glued to letters, and not cut out of a longer code with the same separators. */
    private boolean endsWell(int end, int count) {
        char next = Chars.at(text, end);
        if (Chars.isWord(next) || next == '@' || next == '%') {
            return false;
        }
        // "1,234,567" and "12345,67" are amounts; a number as long as a card's is one of a list.
        boolean amount = next == ',' && count == 1 && end - groupStart[0] < 12;
        boolean glue = next == '-' || next == '.' || amount;
        return !(glue && Chars.isDigit(Chars.at(text, end + 1)))
                && !(next == '-' && Chars.isWord(Chars.at(text, end + 1)));
    }

    /** {@code 10.0.0.1-10.0.0.9}: two addresses. */
    private boolean startsRange(int count, int groups) {
        return count == 4
                && groups == GROUPS
                && text.charAt(groupEnd[0]) == '.'
                && text.charAt(groupEnd[1]) == '.'
                && text.charAt(groupEnd[2]) == '.'
                && text.charAt(groupEnd[3]) == '-'
                && text.charAt(groupEnd[4]) == '.';
    }

    private @Nullable String classify(int start, int end, int count) {
        StringBuilder digits = new StringBuilder(DIGITS);
        StringBuilder shape = new StringBuilder();
        for (int g = 0; g < count; g++) {
            if (groupEnd[g] - groupStart[g] + digits.length() > DIGITS) {
                return null;
            }
            digits.append(text, groupStart[g], groupEnd[g]);
            if (g > 0) {
                char separator = text.charAt(groupEnd[g - 1]);
                boolean two = groupStart[g] - groupEnd[g - 1] == 2;
                shape.append(two ? COLUMN : Chars.isSpace(separator) ? ' ' : separator);
            }
            shape.append(groupEnd[g] - groupStart[g]);
        }
        return classify(digits, count == 1 ? "" : shape.toString(), start, end);
    }

    private @Nullable String classify(CharSequence digits, String shape, int start, int end) {
        char before = Chars.at(text, start - 1);
        boolean glued = (before == '-' || before == '.' || before == '/' || before == '#' || before == ',')
                && Chars.isWord(Chars.at(text, start - 2));
        if (IpAddresses.isShapeOfV4(shape) && !shape.equals(CARD_WITH_DOTS)) {
            boolean range = before == '-' && Chars.isDigit(Chars.at(text, start - 2));
            boolean address = !glued
                    || before == '/'
                    || before == ','
                    || range
                    || before == '-' && context.rightBefore(ADDRESS, start);
            return address && IpAddresses.isV4(text, start, end, context)
                    ? "IP"
                    : glued ? null : NationalIds.match(digits, shape, context, start);
        }
        boolean dashed = shape.equals("3-2-4");
        if (glued && (Chars.isDigit(Chars.at(text, start - 2)) && before != ',' && before != '/')) {
            return null;
        }
        boolean cardShape =
                cardShape(shape) || isTyped(shape) && digits.length() >= 12 && Cards.isHinted(context, start);
        boolean cut = before == '.' && shape.indexOf('.') >= 0;
        if (cardShape && !cut && (!glued || shape.indexOf('-') < 0) && Cards.matches(digits, context, start)) {
            return "CREDIT_CARD";
        }
        if (shape.indexOf(COLUMN) >= 0) {
            return null;
        }
        if (dashed || shape.isEmpty() || shape.equals("3 2 4") || shape.equals("3.2.4") || shape.equals("3/2/4")) {
            boolean alone = start == 0 && end == text.length();
            boolean path = dashed && before == '/';
            boolean code =
                    ((glued && before != ',' && !path) || (alone && context.named(PartNumbers.WORDS)) || isCode(start))
                            && !UsTaxNumbers.hinted(context, start);
            String tax = code ? null : UsTaxNumbers.match(digits, dashed, context, start, end);
            if (tax != null) {
                return tax;
            }
        }
        if (glued && before != ',' && before != '#') {
            return null;
        }
        String national = NationalIds.match(digits, shape, context, start);
        if (national != null || glued && before != ',') {
            return national;
        }
        boolean named = start == 0 && end == text.length() && context.named(PartNumbers.WORDS);
        boolean code = named && !PhoneWords.isNamed(context) || isCode(start);
        boolean followsDigits = Chars.isSpace(before) && Chars.isDigit(Chars.at(text, start - 2));
        // The prefix and three groups of four are a table of codes where a fourth group follows.
        boolean goesOn = Chars.isSpace(Chars.at(text, end)) && Chars.isDigit(Chars.at(text, end + 1));
        if (!code && !followsDigits && !goesOn && Phones.isDialled(digits, shape)) {
            return "PHONE";
        }
        return !code && Phones.matches(digits, shape, context, start, end) ? "PHONE" : null;
    }

    /** {@code part no. 212-555-0100}. */
    private boolean isCode(int start) {
        return context.rightBefore(PartNumbers.WORDS, start);
    }

    /** A few groups of any size, as people type them, but none of thousands. */
    private static boolean isTyped(String shape) {
        int separators = 0;
        for (int i = 0; i < shape.length(); i++) {
            separators += Chars.isDigit(shape.charAt(i)) ? 0 : 1;
        }
        return separators <= 3 && !Amounts.isShapeOfOne(shape) && !Amounts.isThousands(shape, ' ');
    }

    /** Groups as cards are printed; who types them mixes hyphens, dots and blanks. */
    private static boolean cardShape(String shape) {
        return switch (shape) {
            case "", "6 13", "8 8" -> true;
            default ->
                switch (shape.replace('-', ' ').replace('.', ' ').replace(COLUMN, ' ')) {
                    case "4 4 4 4", "4 6 5", "4 6 4", "4 4 4 4 3", "4 4 4 1", "4 4 4 3", "4 4 4 2" -> true;
                    default -> false;
                };
        };
    }
}
