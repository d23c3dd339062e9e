package io.sallyport.core.mask.detect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts in an object that was serialised by Java (Object Serialization Stream Protocol, version 5): its strings, and the characters of arrays.
 * Nothing is deserialised, so classes need not be known and no code of theirs runs. Numbers are not looked at.
 */
public final class SerializedObject {

    private static final byte[] HEAD = {(byte) 0xAC, (byte) 0xED, 0, 5};

    private static final int STRING = 0x74;
    private static final int LONG_STRING = 0x7C;
    /** Shorter ones hold nothing that a detector knows. */
    private static final int SHORTEST = 4;

    private SerializedObject() {}

    /** Whether these are the first bytes of one. */
    public static boolean begins(byte[] bytes) {
        for (int i = 0; i < HEAD.length; i++) {
            if (bytes.length <= i || bytes[i] != HEAD[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whatever may be a text: what follows the sign and the length of one, and characters of two bytes each. */
    static List<String> texts(byte[] bytes) {
        List<String> texts = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (int i = HEAD.length; i + 3 < bytes.length; i++) {
            long length = bytes[i] == STRING
                    ? in.getShort(i + 1) & 0xFFFF
                    : bytes[i] == LONG_STRING && i + 9 <= bytes.length ? in.getLong(i + 1) : -1;
            int from = i + (bytes[i] == STRING ? 3 : 9);
            String text = length < SHORTEST || length > bytes.length - from ? null : text(in, from, (int) length);
            if (text != null) {
                texts.add(text);
            }
        }
        for (int start = HEAD.length; start < HEAD.length + 2; start++) {
            addCharacters(bytes, start, texts);
        }
        return texts;
    }

    /** {@code null} where the bytes are none. */
    private static @Nullable String text(ByteBuffer in, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(in.slice(from, length))
                    .toString();
        } catch (CharacterCodingException another) {
            return null;
        }
    }

    private static void addCharacters(byte[] bytes, int start, List<String> texts) {
        StringBuilder run = new StringBuilder();
        for (int i = start; i < bytes.length; i += 2) {
            char c = i + 1 < bytes.length ? (char) ((bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF) : 0;
            if (c >= ' ' && Character.isDefined(c)) {
                run.append(c);
            } else {
                if (run.length() >= SHORTEST) {
                    texts.add(run.toString());
                }
                run.setLength(0);
            }
        }
        if (run.length() >= SHORTEST) {
            texts.add(run.toString());
        }
    }
}
