package io.sallyport.core.mask.detect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text as the detectors read it: digits of every script, dashes, spaces and full-width forms become their ASCII twins, and characters
 * that nobody sees (soft hyphen, zero-width and direction marks) vanish, and so do zeros: text that is read in the wrong charset has them. Knows where each character came from.
 */
final class Folding {
    private final String folded;
    /** Index in the original of each char, and of the end. */
    private final int[] origin;

    private Folding(String folded, int[] origin) {
        this.folded = folded;
        this.origin = origin;
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
            return fold(text);
        } else if (seen < 0x80) {
            return null;
        }
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= 0x80 && twin(text.codePointAt(i)) != text.codePointAt(i)) {
                return fold(text);
            }
        }
        return null;
    }

    private static Folding fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        int[] origin = new int[text.length() + 1];
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            int twin = codePoint == 0 ? -1 : codePoint < 0x80 ? codePoint : twin(codePoint);
            int width = Character.charCount(codePoint);
            if (twin >= 0) {
                int from = folded.length();
                folded.appendCodePoint(twin);
                for (int j = from; j < folded.length(); j++) {
                    origin[j] = i;
                }
            }
            i += width;
        }
        origin[folded.length()] = text.length();
        return new Folding(folded.toString(), origin);
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

    /** Findings in the folded text as places of the original. */
    List<Finding> unfold(List<Finding> findings) {
        List<Finding> unfolded = new ArrayList<>(findings.size());
        for (Finding finding : findings) {
            // What vanished after the last character belongs to what follows.
            int last = origin[finding.end() - 1];
            int end = Math.min(origin[finding.end()], endOfChar(last, finding.end()));
            unfolded.add(new Finding(finding.entity(), origin[finding.start()], end));
        }
        return unfolded;
    }

    private int endOfChar(int start, int next) {
        return origin[next] - start <= 2 ? origin[next] : start + 1;
    }
}
