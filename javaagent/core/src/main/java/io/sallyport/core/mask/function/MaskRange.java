package io.sallyport.core.mask.function;

import org.jspecify.annotations.Nullable;

/** {@code {range: {from, to}}}: the characters of a range become asterisks; a value that the range misses is redacted. */
final class MaskRange implements MaskingFunction {
    private final int from;
    private final int to;

    MaskRange(int from, int to) {
        this.from = from;
        this.to = to;
    }

    private int start(int length) {
        return Math.max(0, from < 0 ? length + from : from);
    }

    private int end(int length) {
        return Math.min(length, to < 0 || (to == 0 && from < 0) ? length + to : to);
    }

    @Override
    public String text(String clear) {
        int start = start(clear.length());
        int end = end(clear.length());
        if (start >= end) {
            return Neutral.text(clear.length());
        }
        char[] masked = clear.toCharArray();
        if (Character.isLowSurrogate(masked[start]) && start > 0) {
            start--;
        }
        if (end < masked.length && Character.isLowSurrogate(masked[end])) {
            end++;
        }
        java.util.Arrays.fill(masked, start, end, '*');
        return new String(masked);
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return Neutral.is(value);
        }
        int start = start(text.length());
        int end = end(text.length());
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '*') {
                return false;
            }
        }
        return start < end || Neutral.isText(text);
    }
}
