package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import io.sallyport.core.mask.detect.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the member names of one body, so that a name that comes a thousand times is decoded once. Bounded. */
final class NameCache {
    private static final int SLOTS = 256;
    private static final int LONGEST = 64;

    /**
     * @param wraps whether a value so named is that of its container
     * @param masked the name's bytes with findings masked; {@code null} for a name without findings
     */
    record Name(
            byte[] raw,
            String text,
            boolean wraps,
            @Nullable Mask key,
            byte @Nullable [] masked) {}

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable Name[] slots = new Name[SLOTS];
    private final BodyRules rules;
    private final DetectWindow window;
    private final TextCodec codec;

    NameCache(BodyRules rules, TextCodec codec) {
        this.rules = rules;
        this.window = new DetectWindow(rules, codec);
        this.codec = codec;
    }

    Name of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return read(bytes, from, to);
        }
        int slot = slot(bytes, from, to);
        Name known = slots[slot];
        if (known != null && Arrays.equals(known.raw, 0, known.raw.length, bytes, from, to)) {
            return known;
        }
        Name name = read(bytes, from, to);
        slots[slot] = name;
        return name;
    }

    /** By length and both ends: names of one kind of document rarely agree in all of them. */
    private static int slot(byte[] bytes, int from, int to) {
        int length = to - from;
        long mixed = length;
        if (length >= 8) {
            mixed += (long) WORDS.get(bytes, from) * 31 + (long) WORDS.get(bytes, to - 8);
        } else {
            for (int i = from; i < to; i++) {
                mixed = mixed * 31 + bytes[i];
            }
        }
        return (int) (mixed * 0x9E37_79B9_7F4A_7C15L >>> 56);
    }

    private Name read(byte[] bytes, int from, int to) {
        String text = codec.decode(bytes, from, to);
        byte[] masked = null;
        if (rules.detects()) {
            List<Finding> findings = window.find(bytes, from, to, "");
            if (!findings.isEmpty()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    window.writeMasked(bytes, from, to, findings, out);
                } catch (IOException never) {
                    throw new UncheckedIOException(never);
                }
                masked = out.toByteArray();
            }
        }
        return new Name(
                Arrays.copyOfRange(bytes, from, to), text, WrapperNames.isOne(text), rules.memberKey(text), masked);
    }
}
