package io.sallyport.core.mask.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a string (RFC 8259 section 7) and checks its escapes and its UTF-8 on the way, across chunks. Plain ASCII goes by in
 * words of eight bytes. Not thread-safe.
 */
final class JsonString {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private final Utf8Check utf8 = new Utf8Check();
    /** 0 outside an escape, 1 after the backslash, 2 to 5 before the hexadecimal digits. */
    private int escape;

    private @Nullable String problem;

    /** What is wrong with the byte at the index that {@link #end} returned; {@code null} if nothing is. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Index of the closing quote or of the byte that is wrong, or {@code to} where neither has come yet. */
    int end(byte[] b, int from, int to) {
        int i = from;
        while (i < to) {
            if (escape == 0 && !utf8.open()) {
                i = skipPlain(b, i, to);
                if (i == to) {
                    return to;
                }
            }
            byte c = b[i];
            if (c == '"' && escape == 0 && !utf8.open()) {
                return i;
            }
            problem = wrong(c);
            if (problem != null) {
                return i;
            }
            i++;
        }
        return to;
    }

    private static int skipPlain(byte[] b, int from, int to) {
        int i = from;
        while (i + 8 <= to) {
            long special = specials((long) WORDS.get(b, i));
            if (special != 0) {
                return i + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            i += 8;
        }
        while (i < to && b[i] >= ' ' && b[i] != '"' && b[i] != '\\') {
            i++;
        }
        return i;
    }

    /** The highest bit of each byte that is a quote, a backslash, a control character or no ASCII; exact up to the lowest such byte. */
    private static long specials(long word) {
        long quote = word ^ '"' * ONES;
        long backslash = word ^ '\\' * ONES;
        return (quote - ONES & ~quote | backslash - ONES & ~backslash | word - ' ' * ONES & ~word | word) & HIGH_BITS;
    }

    private @Nullable String wrong(byte c) {
        if (escape == 1) {
            escape = c == 'u' ? 2 : 0;
            return "\"\\/bfnrtu".indexOf(c) >= 0 ? null : "an unknown escape";
        } else if (escape > 1) {
            escape = escape == 5 ? 0 : escape + 1;
            return c > 0 && Character.digit(c, 16) >= 0 ? null : "a broken escape";
        } else if (!utf8.accept(c)) {
            return "invalid UTF-8";
        } else if (c == '\\') {
            escape = 1;
            return null;
        }
        return c < 0 || c >= ' ' ? null : "a control character in a string";
    }
}
