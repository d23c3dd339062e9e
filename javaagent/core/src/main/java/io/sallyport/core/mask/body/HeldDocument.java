package io.sallyport.core.mask.body;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text value that may be a document: if it begins like one it is held until it ends, and masked as {@link NestedDocument} says. A
 * value that turns out to be none is given back, to be treated as any other text. Not thread-safe; reusable.
 */
final class HeldDocument {
    private static final int UNTOLD = 0;
    private static final int HELD = 1;
    private static final int OVERLONG = 2;
    private static final int TEXT = 3;

    private final boolean governs;
    private final NestedDocument nested;
    private final TextCodec codec;
    private final Held held = new Held();
    private int state;

    /** @param nesting how many documents the value is in */
    HeldDocument(BodyRules rules, TextCodec codec, int nesting) {
        this.governs = rules.governsJson();
        this.nested = new NestedDocument(rules, nesting);
        this.codec = codec;
    }

    /** @param governed whether a rule already says what becomes of the value */
    void begin(boolean governed) {
        state = governs && !governed ? UNTOLD : TEXT;
        held.clear();
    }

    /**
     * Takes a piece of the value.
     *
     * @return {@code false} if it's text; what was taken of it before is in {@link #held()} then
     */
    boolean take(byte[] bytes, int from, int to) {
        if (state == UNTOLD && from < to) {
            state = mayBegin(bytes[from]) ? HELD : TEXT;
        }
        if (state == HELD && held.length() + to - from > NestedDocument.LONGEST) {
            state = beginsWith(bytes, from, to) ? OVERLONG : TEXT;
            if (state == OVERLONG) {
                held.clear();
            }
        } else if (state == HELD) {
            held.add(bytes, from, to);
        }
        return state != TEXT;
    }

    /** An escape could stand for the first character. */
    private boolean mayBegin(byte first) {
        return NestedDocument.mayBegin(first) || codec.isSpecial(first);
    }

    private boolean beginsWith(byte[] bytes, int from, int to) {
        int longest = NestedDocument.LOOK * 6;
        byte[] first = Arrays.copyOf(held.bytes(), Math.min(held.length(), longest));
        int more = Math.min(to - from, longest - first.length);
        byte[] look = Arrays.copyOf(first, first.length + more);
        System.arraycopy(bytes, from, look, first.length, more);
        return NestedDocument.begins(codec.decode(look, 0, look.length));
    }

    /** Whether the value, of which nothing was taken yet, is certainly text. */
    boolean isText(byte[] bytes, int from, int to) {
        return state == TEXT || (from < to && !mayBegin(bytes[from]));
    }

    /** Of a value that is at hand as a whole; likewise. */
    byte @Nullable [] mask(byte[] bytes, int from, int to) {
        String result = to - from <= NestedDocument.LONGEST
                ? nested.mask(codec.decode(bytes, from, to))
                : beginsWith(bytes, from, to) ? nested.replacement() : null;
        return result == null ? null : codec.encode(result);
    }

    /** The value, which was taken, ended: what stands in its place, or {@code null} where that is {@link #held()}. */
    byte @Nullable [] end() {
        if (state == OVERLONG) {
            return codec.encode(nested.replacement());
        }
        return held.length() == 0 ? null : mask(held.bytes(), 0, held.length());
    }

    /** What was taken and neither masked nor given back. */
    Held held() {
        return held;
    }

    void writeHeld(OutputStream out) throws IOException {
        held.writeTo(out);
        held.clear();
    }

    /** Whether so far the value began as a document does. */
    boolean begun() {
        return state == OVERLONG || (state == HELD && nested.begun(codec.decode(held.bytes(), 0, held.length())));
    }
}
