package io.sallyport.core.policy.decide;

import io.sallyport.core.command.ParameterHead;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a bound parameter will be in the table, as far as that can be told without using it up: text of any class is a text. */
final class WrittenValue {

    /** Longer than any mask: of what is longer, the beginning. */
    private static final int MOST = ParameterHead.MOST;

    private WrittenValue() {}

    /** Text as a {@code String} and binary content as a {@code byte[]}, both cut; everything else as it is. */
    static @Nullable Object of(@Nullable Object bound) {
        if (bound == null || bound instanceof String || bound instanceof Number) {
            return bound;
        }
        try {
            if (bound instanceof ParameterHead known) {
                return known.head();
            } else if (bound instanceof StringBuilder || bound instanceof StringBuffer) {
                CharSequence text = (CharSequence) bound;
                return text.subSequence(0, Math.min(text.length(), MOST)).toString();
            } else if (bound instanceof char[] characters) {
                return new String(characters, 0, Math.min(characters.length, MOST));
            } else if (bound instanceof Character) {
                return bound.toString();
            } else if (bound instanceof CharSequence text) {
                return text.subSequence(0, Math.min(text.length(), MOST)).toString();
            }
        } catch (RuntimeException broken) {
            // Of a value that cannot be looked at, only its class is known.
            return bound;
        }
        return bound;
    }

    /** The text that {@link #of} found, also of bytes that a server takes for text; else {@code null}. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (!(value instanceof byte[] bytes) || bytes.length > MOST) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }
}
