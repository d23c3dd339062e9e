package io.sallyport.core.policy.decide;

import io.sallyport.core.command.ParameterHead;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.SQLXML;
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
            } else if (bound instanceof Clob clob) {
                return clob.getSubString(1, (int) Math.min(clob.length(), MOST));
            } else if (bound instanceof Blob blob) {
                return blob.getBytes(1, (int) Math.min(blob.length(), MOST));
            } else if (bound instanceof SQLXML xml && isReadAgain(xml)) {
                return xml.getString();
            } else if (bound instanceof CharSequence text) {
                return text.subSequence(0, Math.min(text.length(), MOST)).toString();
            }
        } catch (SQLException | RuntimeException freed) {
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

    /** By JDBC 4.3 section 16.10 one may be read once; these drivers have read it when it was set, or give it again. */
    private static boolean isReadAgain(SQLXML xml) {
        String name = xml.getClass().getName();
        return name.startsWith("org.postgresql.") || name.startsWith("org.h2.") || name.startsWith("com.mysql.");
    }
}
