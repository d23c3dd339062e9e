package io.sallyport.core.mask.body;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The grammar of numbers, RFC 8259 section 6, as a table. */
final class JsonNumber {
    static final int START = 0;
    private static final int MINUS = 1;
    private static final int ZERO = 2;
    private static final int WHOLE = 3;
    private static final int POINT = 4;
    private static final int FRACTION = 5;
    private static final int E = 6;
    private static final int SIGN = 7;
    private static final int EXPONENT = 8;
    /** The byte is no part of this number. */
    static final int END = -1;

    /** More moves the point past all digits of a number that detectors look at. */
    private static final int LONGEST_EXPONENT = 4;

    private static final int MOST_DIGITS = 40;
    private static final int STATES = 9;
    /** Next state by state and byte. */
    private static final byte[] NEXT = table();

    private JsonNumber() {}

    private static byte[] table() {
        byte[] next = new byte[STATES * 256];
        for (int state = 0; state < STATES; state++) {
            for (int b = 0; b < 256; b++) {
                next[state << 8 | b] = (byte) after(state, (char) b);
            }
        }
        return next;
    }

    private static int after(int state, char c) {
        if (c >= '0' && c <= '9') {
            return switch (state) {
                case START, MINUS -> c == '0' ? ZERO : WHOLE;
                case WHOLE -> WHOLE;
                case POINT, FRACTION -> FRACTION;
                case E, SIGN, EXPONENT -> EXPONENT;
                default -> END;
            };
        }
        return switch (c) {
            case '-' -> state == START ? MINUS : state == E ? SIGN : END;
            case '+' -> state == E ? SIGN : END;
            case '.' -> state == ZERO || state == WHOLE ? POINT : END;
            case 'e', 'E' -> state == ZERO || state == WHOLE || state == FRACTION ? E : END;
            default -> END;
        };
    }

    /** State after a byte, or {@link #END}. */
    static int next(int state, byte b) {
        return NEXT[state << 8 | b & 0xFF];
    }

    /** Whether a number may end in this state. */
    static boolean complete(int state) {
        return state == ZERO || state == WHOLE || state == FRACTION || state == EXPONENT;
    }

    /** The digits of a whole number that is written with a fraction or an exponent; {@code null} for any other, and for one that is longer than any value. */
    static @Nullable String whole(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e < 0 && text.indexOf('.') < 0 || e >= 0 && exponentDigits(text, e + 1) > LONGEST_EXPONENT) {
            return null;
        }
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        return value.scale() <= 0 && value.precision() - value.scale() <= MOST_DIGITS ? value.toPlainString() : null;
    }

    /** Without leading zeros. */
    private static int exponentDigits(String text, int from) {
        int i = from;
        while (i < text.length() && "+-0".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return text.length() - i;
    }
}
