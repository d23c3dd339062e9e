package io.sallyport.core.mask.detect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text as the detectors read it: digits of every script, dashes, spaces and full-width forms become their ASCII twins, and characters
 * that nobody sees (soft hyphen, zero-width and direction marks) vanish, and so do zeros: text that is read in the wrong charset has them. In
 * a second reading {@link Escapes} are the characters that they stand for. Knows where each character came from.
 */
final class Folding {
    private final String folded;
    /** Where each char of the folded text starts and ends in the original. */
    private final int[] starts;

    private final int[] ends;

    private Folding(String folded, int[] starts, int[] ends) {
        this.folded = folded;
        this.starts = starts;
        this.ends = ends;
    }

    /** @return {@code null} where the text reads the same without it */
    static @Nullable Folding of(String text, char[] chars) {
        int seen = 0;
        int zero = 0;
        for (char c : chars) {
            seen |= c;
            zero |= c - 1;
        }
        if (zero < 0) {
            return fold(text, false);
        } else if (seen < 0x80) {
            return null;
        }
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= 0x80 && twin(text.codePointAt(i)) != text.codePointAt(i)) {
                return fold(text, false);
            }
        }
        return null;
    }

    /** The second reading, or {@code null} where the text has no escapes. */
    static @Nullable Folding unescaped(String text) {
        if (Escapes.mayBeIn(text)) {
            for (int i = 0; i < text.length(); i++) {
                if (Escapes.at(text, i) != 0) {
                    return fold(text, true);
                }
            }
        }
        return null;
    }

    private static Folding fold(String text, boolean unescape) {
        StringBuilder folded = new StringBuilder(text.length());
        int[] starts = new int[text.length()];
        int[] ends = new int[text.length()];
        for (int i = 0; i < text.length(); ) {
            long escape = unescape ? Escapes.at(text, i) : 0;
            int codePoint = escape == 0 ? text.codePointAt(i) : Escapes.codePoint(escape);
            int width = escape == 0 ? Character.charCount(codePoint) : Escapes.length(escape);
            int twin = codePoint == 0 ? -1 : codePoint < 0x80 ? codePoint : twin(codePoint);
            if (twin >= 0) {
                int from = folded.length();
                folded.appendCodePoint(twin);
                for (int j = from; j < folded.length(); j++) {
                    starts[j] = i;
                    ends[j] = i + width;
                }
            }
            i += width;
        }
        return new Folding(folded.toString(), starts, ends);
    }

    /** The ASCII character that is read for this one, the character itself, or -1 for one that is not seen. */
    private static int twin(int c) {
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return c - 0xFEE0;
        } else if (c == 0xFF61 || c == 0x3002) {
            return '.';
        }
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER -> '0' + Character.digit(c, 10);
            case Character.DASH_PUNCTUATION -> '-';
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.FORMAT -> -1;
            case Character.MATH_SYMBOL -> c == 0x2212 ? '-' : c;
            default -> c;
        };
    }

    String text() {
        return folded;
    }

    /** Findings in the folded text as places of the original. What vanished after the last character belongs to what follows. */
    List<Finding> unfold(List<Finding> findings) {
        List<Finding> unfolded = new ArrayList<>(findings.size());
        for (Finding finding : findings) {
            unfolded.add(finding.at(starts[finding.start()], ends[finding.end() - 1]));
        }
        return unfolded;
    }
}
