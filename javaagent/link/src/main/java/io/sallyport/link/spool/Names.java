package io.sallyport.link.spool;

import org.jspecify.annotations.Nullable;

/**
 * Texts that a chunk holds already, and their indices. Not thread-safe: belongs to who has claimed the lane.
 *
 * <p>A small cache and no map: it answers for the same {@code String} object without looking at its characters. A text that was driven out
 * is simply written once more under a new index.
 */
final class Names {

    /** More would make indices of three bytes; further texts are written out. */
    private static final int MOST = 4096;

    private static final int SLOTS = 256;
    private static final int PROBES = 4;

    private final @Nullable String[] texts = new @Nullable String[SLOTS];
    private final int[] indices = new int[SLOTS];
    private int count;

    /** Forgets everything: another chunk begins. */
    void clear() {
        if (count != 0) {
            java.util.Arrays.fill(texts, null);
            count = 0;
        }
    }

    /** The text's index in this chunk; -1 when it is not known. */
    int index(String text) {
        int slot = slot(text);
        for (int i = 0; i < PROBES; i++) {
            String there = texts[slot ^ i];
            if (there == text) {
                return indices[slot ^ i];
            }
        }
        for (int i = 0; i < PROBES; i++) {
            if (text.equals(texts[slot ^ i])) {
                // The next look finds the very object.
                texts[slot ^ i] = text;
                return indices[slot ^ i];
            }
        }
        return -1;
    }

    /** Takes a text that is about to be written out; returns its index, -1 when there are too many. */
    int define(String text) {
        if (count == MOST) {
            return -1;
        }
        int slot = slot(text);
        int place = slot ^ (count & (PROBES - 1));
        for (int i = 0; i < PROBES; i++) {
            if (texts[slot ^ i] == null) {
                place = slot ^ i;
                break;
            }
        }
        texts[place] = text;
        indices[place] = count;
        return count++;
    }

    private static int slot(String text) {
        int hash = text.hashCode();
        return (hash ^ (hash >>> 15)) & (SLOTS - 1);
    }
}
