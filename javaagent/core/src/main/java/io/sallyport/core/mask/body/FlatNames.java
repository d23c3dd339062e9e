package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import org.jspecify.annotations.Nullable;

/** Names that flatten a structure into one level: {@code user.email}, {@code user[email]}, {@code user.email[0]}. Stateless. */
final class FlatNames {
    private FlatNames() {}

    /** The rule of the last part that is a name; {@code null} where the name has one part only. */
    static @Nullable Mask ofLastPart(KeyNames keys, String name) {
        int end = name.length();
        int start = startOfPart(name, end);
        while (end > 0 && isNumber(name, start, end)) {
            end = start - 1;
            start = startOfPart(name, end);
        }
        return start >= end || start == 0 && end == name.length() ? null : keys.of(name, start, end);
    }

    private static int startOfPart(String name, int end) {
        int start = Math.max(end, 0);
        while (start > 0 && !isMark(name.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** An index, or nothing. */
    private static boolean isNumber(String name, int start, int end) {
        int i = start;
        while (i < end && Character.isDigit(name.charAt(i))) {
            i++;
        }
        return i >= end;
    }

    private static boolean isMark(char c) {
        return c == '.' || c == '[' || c == ']';
    }
}
