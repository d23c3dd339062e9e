package io.sallyport.controlplane.store;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from agents fit a column. A bound column must not turn one odd event into a spool that can never be stored, and
 * PostgreSQL refuses the character U+0000.
 */
public final class Clip {

    /** At most {@code max} characters, without U+0000; empty for {@code null}. */
    public static String text(@Nullable String text, int max) {
        if (text == null) {
            return "";
        }
        String clean = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
        if (clean.length() <= max) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(max - 1)) ? max - 1 : max;
        return clean.substring(0, end);
    }

    /** As {@link #text}, but {@code null} stays {@code null}. */
    public static @Nullable String orNull(@Nullable String text, int max) {
        return text == null ? null : text(text, max);
    }

    private Clip() {}
}
