package io.sallyport.core.mask.function;

import io.sallyport.core.mask.ColumnType;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.temporal.Temporal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns a clear value into its masked form, typed: every method yields the type it was given, or {@code null} for SQL NULL
 * (JSON {@code null}, nothing in XML and CSV). Immutable, thread-safe, deterministic.
 *
 * <p>An implementation may throw; who calls it replaces the value as a whole then, and never passes it.
 *
 * <p>The defaults yield the {@link Neutral} value of the type: what a function does not understand it hides.
 */
public interface MaskingFunction {

    /** Masks text of any length, the empty text included. */
    @Nullable
    String text(String clear);

    /** Masks a number; the result has the same class ({@link Numbers} names the classes that are known). */
    default @Nullable Number number(Number clear) {
        return Neutral.number(clear);
    }

    /** Whether a whole number certainly passes as it is; may say no too often. */
    default boolean leaves(long whole) {
        return false;
    }

    /** Masks a truth value. */
    default @Nullable Boolean bool(boolean clear) {
        return Boolean.FALSE;
    }

    /** Masks a date, a time or a point in time; the result has the same class. */
    default @Nullable Temporal temporal(Temporal clear) {
        return Neutral.temporal(clear);
    }

    /** Masks a UUID. */
    default @Nullable UUID uuid(UUID clear) {
        return Neutral.UUID;
    }

    /** Masks bytes. Bytes that are UTF-8 text are masked as that text: a driver gives a text column as bytes on demand. */
    default byte @Nullable [] bytes(byte[] clear) {
        String text = Utf8.textOrNull(clear);
        String masked = text == null ? Neutral.text(clear.length) : text(text);
        return masked == null ? null : masked.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Masks a character stream. A short one ({@link WholeStreams#LONGEST}) is masked as the text it holds, a longer or unreadable one
     * as a whole. Takes over {@code clear}.
     */
    default @Nullable Reader reader(Reader clear) {
        return WholeStreams.mask(this, clear);
    }

    /** Masks a byte stream, likewise. */
    default @Nullable InputStream stream(InputStream clear) {
        return WholeStreams.mask(this, clear);
    }

    /** This function for the values of a column of the given type, where it can keep inside it better than by being cut. */
    default MaskingFunction within(ColumnType type) {
        return this;
    }

    /** Whether numbers and truth values become texts like any other value: for what people read, and no program. */
    default boolean isUntyped() {
        return false;
    }

    /** Whether every text becomes the same, so that nothing of it, not even its shape, stays. */
    default boolean hidesWhole() {
        return false;
    }

    /**
     * What stands for a value that cannot be looked at (too long, unreadable, of an unknown class), or {@code null} where the
     * function puts NULL in place of values.
     */
    default @Nullable String replacement() {
        return Neutral.TEXT;
    }

    /**
     * Whether {@code value} is one of this function's own results, so that writing it back would destroy the clear value.
     * Says something only where {@link #recognisable} holds. Stateless.
     */
    boolean recognises(@Nullable Object value);

    /** Whether results of this function can be told from clear values, for values of this type. */
    default boolean recognisable(@Nullable Object value) {
        return true;
    }
}
