package io.sallyport.core.mask.function;

import org.jspecify.annotations.Nullable;

/** {@code email}: the part before the last {@code @} is hidden, the domain stays; what is no address is redacted. */
final class EmailMask implements MaskingFunction {

    @Override
    public String text(String clear) {
        int at = clear.lastIndexOf('@');
        if (at < 1 || !isDomain(clear, at + 1)) {
            return Neutral.text(clear.length());
        }
        return Neutral.text(at).concat(clear.substring(at));
    }

    private static boolean isDomain(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > 253) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return Neutral.is(value);
        }
        int at = text.indexOf('@');
        return Neutral.isText(at < 0 ? text : text.substring(0, at));
    }
}
