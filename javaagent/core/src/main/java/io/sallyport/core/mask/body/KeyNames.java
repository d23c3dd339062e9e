package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import org.jspecify.annotations.Nullable;

/**
 * Rules by key. One name has many spellings, and whoever writes a policy thinks of the name: {@code creditCard}, {@code credit_card},
 * {@code Credit-Card} and {@code CREDIT CARD} are one. Case and single separators between letters and digits do not count. A look-up allocates nothing.
 * Immutable once filled.
 */
final class KeyNames {
    /** A rule's key; several in one slot are a list. */
    private record Entry(String key, Mask mask, @Nullable Entry next) {}

    private @Nullable Entry[] slots = new Entry[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Where two keys are one name the first stays. */
    void add(String key, Mask mask) {
        if (of(key) != null) {
            return;
        }
        if (++size > slots.length / 2) {
            grow();
        }
        int slot = hash(key, 0, key.length()) & (slots.length - 1);
        slots[slot] = new Entry(key, mask, slots[slot]);
    }

    private void grow() {
        @Nullable Entry[] old = slots;
        slots = new Entry[old.length * 2];
        for (Entry entry : old) {
            for (Entry each = entry; each != null; each = each.next) {
                int slot = hash(each.key, 0, each.key.length()) & (slots.length - 1);
                slots[slot] = new Entry(each.key, each.mask, slots[slot]);
            }
        }
    }

    @Nullable
    Mask of(String name) {
        return of(name, 0, name.length());
    }

    /** Rule of the part of a text from {@code from} to {@code to}. */
    @Nullable
    Mask of(String text, int from, int to) {
        for (Entry each = slots[hash(text, from, to) & (slots.length - 1)]; each != null; each = each.next) {
            if (same(each.key, text, from, to)) {
                return each.mask;
            }
        }
        return null;
    }

    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = next(text, from, from, to); i < to; i = next(text, i + 1, from, to)) {
            hash = hash * 31 + fold(text.charAt(i));
        }
        return hash ^ hash >>> 16;
    }

    private static boolean same(String key, String text, int from, int to) {
        int end = key.length();
        int k = next(key, 0, 0, end);
        int i = next(text, from, from, to);
        while (k < end && i < to && fold(key.charAt(k)) == fold(text.charAt(i))) {
            k = next(key, k + 1, 0, end);
            i = next(text, i + 1, from, to);
        }
        return k >= end && i >= to;
    }

    /** Index of the first character from {@code i} on that counts. */
    private static int next(String text, int i, int from, int to) {
        boolean between = i > from
                && i + 1 < to
                && isSeparator(text.charAt(i))
                && Character.isLetterOrDigit(text.charAt(i - 1))
                && Character.isLetterOrDigit(text.charAt(i + 1));
        return between ? i + 1 : i;
    }

    private static boolean isSeparator(char c) {
        return c == '_' || c == '-' || c == ' ';
    }

    private static char fold(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
